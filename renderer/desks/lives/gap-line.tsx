import { IconWaveSawTool } from '@tabler/icons-react';
import type { Gap } from '#shared/model/live.ts';
import { timecode, useWords } from '../../i18n/index.ts';
import css from './gap-line.module.css';

/** Missing time, in its place, with its cause: nothing is left out in silence. */
export function GapLine({ gap }: { gap: Gap }) {
  const { t, format } = useWords();
  return (
    <p className={css.gap} role="note">
      <IconWaveSawTool aria-hidden="true" size={15} />
      {t('live.gap', {
        duration: format.duration(gap.endMs - gap.startMs),
        from: timecode(gap.startMs),
        to: timecode(gap.endMs),
        cause: t(`gapCause.${gap.cause}`),
      })}
    </p>
  );
}

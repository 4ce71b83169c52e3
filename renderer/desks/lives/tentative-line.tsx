import { useQuery } from '@tanstack/react-query';
import type { Live } from '#shared/model/live.ts';
import { timecode, useWords } from '../../i18n/index.ts';
import { settingsQuery } from '../../stores/queries.ts';
import { useTentative } from '../../stores/tentative.ts';
import { useLiveFigures } from './live-figures.ts';
import css from './tentative-line.module.css';

/**
 * Words while somebody still speaks: grey, called provisional, and gone as soon as their segment is written. It keeps its place while a live
 * is heard, so that nothing above it moves; it is silent for screen readers, who get the segment.
 */
export function TentativeLine({ live }: { live: Live }) {
  const { t } = useWords();
  const { capturing, writtenMs } = useLiveFigures(live);
  const { data: settings } = useQuery(settingsQuery());
  const wanted = capturing && settings?.tentativeText === true && !settings.transcriptionPaused;
  const now = useTentative(live.id, wanted);
  if (!wanted) return null;
  const shown = now !== null && now.endMs > writtenMs && now.startMs >= writtenMs ? now : null;
  return (
    <p className={css.line} aria-live="off" data-tentative={shown !== null}>
      <span className="figure faint">{timecode(shown?.startMs ?? writtenMs)}</span>
      <span className={css.mark}>{t('tentative.mark')}</span>
      <span className={css.text} lang={live.language === 'auto' ? undefined : live.language} dir="auto">
        {shown && (
          <span>
            {shown.stable} <span className={css.unstable}>{shown.unstable}</span>
          </span>
        )}
      </span>
    </p>
  );
}

import type { Live } from '#shared/model/live.ts';
import { useWords } from '../../i18n/index.ts';
import { failureText } from '../../link/problem.ts';
import css from './live-state.module.css';

/** What the live is, and what our capture of it is doing; both in words, with a shape. */
export function LiveState({ live }: { live: Live }) {
  const { t } = useWords();
  const capturing = live.state === 'en_cours' && live.captureState !== 'ended';
  const writing = live.state === 'en_cours' && !capturing;
  const kind = capturing
    ? live.captureState === 'capturing' || live.captureState === 'starting'
      ? 'on'
      : 'trouble'
    : live.state;
  return (
    <span className={css.state} data-kind={kind} title={live.endError ? failureText(live.endError, t) : undefined}>
      <span className={css.mark} aria-hidden="true" />
      {t(`liveState.${live.state}`)}
      {capturing && <span className="soft"> · {t(`captureState.${live.captureState}`)}</span>}
      {writing && <span className="soft"> · {t('live.writing')}</span>}
      {live.endReason && live.endReason !== 'source-ended' && live.state !== 'en_cours' && (
        <span className="soft"> · {endWords(live.endReason, t)}</span>
      )}
    </span>
  );
}

/** The reason is a short code of the engine; one that the catalogue does not know is shown as it is. */
function endWords(reason: string, t: ReturnType<typeof useWords>['t']): string {
  const key = `endReason.${reason}`;
  const words = t(key);
  return words === key ? reason : words;
}

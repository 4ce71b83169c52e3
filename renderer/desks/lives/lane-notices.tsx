import { IconPlayerPlay, IconPlayerSkipForward } from '@tabler/icons-react';
import { useWords } from '../../i18n/index.ts';
import { Button } from '../../parts/button.tsx';
import { Caution } from '../../parts/notice.tsx';
import type { Lanes } from './use-lanes.ts';
import css from './lane-notices.module.css';

/** Late words are never a secret: since when, by how much, what waits, and the one key that brings now back. */
export function LaneNotices({
  lanes: { lanes, pausedAll, paused, backfill, catchUp, undo, pause, restore },
}: {
  lanes: Lanes;
}) {
  const { t, format } = useWords();
  if (!lanes) return null;
  return (
    <>
      {(paused || pausedAll) && (
        <Caution>
          <div className={css.line}>
            <p role="status">{t(pausedAll ? 'lanes.pausedAll' : 'lanes.paused')}</p>
            {paused && (
              <Button
                icon={<IconPlayerPlay />}
                keyId="pauseWords"
                busy={pause.isPending}
                onClick={() => pause.mutate(false)}
              >
                {t('lanes.resume')}
              </Button>
            )}
          </div>
        </Caution>
      )}
      {lanes.behindSince !== null && (
        <Caution>
          <div className={css.line}>
            <p role="alert">
              {t('lanes.behind', {
                since: format.timeOfDay(lanes.behindSince),
                p95: format.duration(lanes.lag.p95Ms),
              })}
            </p>
            <Button
              icon={<IconPlayerSkipForward />}
              keyId="catchUp"
              busy={catchUp.isPending}
              title={t('lanes.catchUpHint')}
              onClick={() => catchUp.mutate()}
            >
              {t('lanes.catchUp')}
            </Button>
          </div>
        </Caution>
      )}
      {backfill.segments > 0 && (
        <div className={css.backfill}>
          <p role="status">
            {t('lanes.backfill', { count: backfill.segments, sound: format.duration(backfill.soundMs) })}
          </p>
          <Button look="quiet" keyId="catchUpUndo" busy={undo.isPending} onClick={() => undo.mutate()}>
            {t('lanes.undo')}
          </Button>
        </div>
      )}
      {lanes.lighterModel !== null && (
        <Caution>
          <div className={css.line}>
            <p role="alert">{t('lanes.lighter', { model: lanes.lighterModel })}</p>
            <Button busy={restore.isPending} onClick={() => restore.mutate()}>
              {t('lanes.restore')}
            </Button>
          </div>
        </Caution>
      )}
    </>
  );
}

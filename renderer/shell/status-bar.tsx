import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { SystemStatus } from '#shared/model/system.ts';
import { useConnection } from '../link/connection.ts';
import { usePulses } from '../stores/pulses.ts';
import { statusQuery } from '../stores/queries.ts';
import { useWords } from '../i18n/index.ts';
import { ConnectionLine } from './connection-line.tsx';
import css from './status-bar.module.css';

/** Under this, the next captures are in danger. */
const littleRoomBytes = 2_000_000_000;
const lateMs = 30_000;

/** What is true right now: who answers, what is heard, how late the words are, what writes them, what leaves this laptop. */
export function StatusBar() {
  const { t, format } = useWords();
  const up = useConnection((connection) => connection.state === 'up');
  const { data: status } = useQuery(statusQuery());
  const pulses = usePulses((state) => state.byLive);
  const lagMs = Math.max(status?.backlog.oldestMs ?? 0, ...Object.values(pulses).map((pulse) => pulse.lagMs));
  const graphics = status?.speech?.graphics;
  const cardIdle = graphics?.unused && graphics.unused !== 'switched-off' ? graphics : null;
  const backlog = status ? status.backlog.transcribe + status.backlog.analyse : 0;
  return (
    <footer className={css.bar} aria-label={t('status.title')}>
      <ConnectionLine />
      {up && status && (
        <>
          <Item
            label={t('status.captures')}
            value={
              status.capacity
                ? t('status.ofCapacity', { count: status.captures, capacity: Math.min(99, status.capacity.lives) })
                : format.integer(status.captures)
            }
            title={
              status.capacity
                ? t('status.capacityHint', {
                    lives: format.integer(status.capacity.lives),
                    factor: format.percent(Math.round(status.capacity.realTimeFactor * 10_000)),
                    voice: format.percent(Math.round(status.capacity.voiceShare * 10_000)),
                  })
                : t('status.capacityUnknown')
            }
            bad={status.capacity !== null && status.captures > Math.max(1, status.capacity.lives)}
          />
          <Item
            label={t('status.lag')}
            value={format.duration(lagMs)}
            bad={lagMs > lateMs}
            title={`${t('status.lagHint')}. ${t('lanes.percentiles', {
              p50: format.duration(status.lag.p50Ms),
              p95: format.duration(status.lag.p95Ms),
            })}`}
          />
          <Item
            label={t('status.backlog')}
            value={format.integer(backlog)}
            title={t('status.backlogHint', { transcribe: status.backlog.transcribe, analyse: status.backlog.analyse })}
          />
          {status.transcriptionPaused ? (
            <Item label={t('status.speech')} value={t('lanes.stopped')} title={t('lanes.pausedAll')} bad />
          ) : status.speechTrouble ? (
            <Item
              label={t('status.speech')}
              value={t('status.speechStopped')}
              title={t(`speechTrouble.${status.speechTrouble.code}`)}
              bad
            />
          ) : status.speech ? (
            <Item
              label={t('status.speech')}
              value={[
                t('status.speechValue', {
                  worker: t(`worker.${status.speech.worker}`),
                  device: t(`device.${status.speech.device}`),
                  model: status.speech.modelName,
                }),
                ...(cardIdle ? [t('cardUnused.short')] : []),
              ].join(', ')}
              title={[
                status.speech.deviceName,
                ...(cardIdle ? [t(`cardUnused.${cardIdle.unused}`, { card: cardIdle.card })] : []),
              ].join('\n')}
              bad={cardIdle?.unused === 'crashed'}
            />
          ) : (
            <Item label={t('status.speech')} value={t('status.speechIdle')} title={t('status.speechIdleHint')} />
          )}
          <span className={css.space} />
          {status.readOnly && <Item label={t('status.readOnly')} value="" bad />}
          <Item
            label={t('status.network')}
            value={t(status.network ? 'status.networkOn' : 'status.networkOff')}
            title={t(status.network ? 'status.networkOnHint' : 'status.networkOffHint')}
          />
          <Item
            label={t('status.disk')}
            value={diskWords(status, { t, format })}
            title={
              status.disk.state === 'ok'
                ? undefined
                : t(`diskRoom.${status.disk.state}`, { minutes: status.disk.minutesLeft ?? 0 })
            }
            bad={status.disk.state !== 'ok' || status.freeBytes < littleRoomBytes}
          />
          <Link to="/settings" className={css.version}>
            {status.version}
          </Link>
        </>
      )}
    </footer>
  );
}

/** What is free; when that is short, what it is worth. */
function diskWords(
  { disk, freeBytes }: SystemStatus,
  { t, format }: Pick<ReturnType<typeof useWords>, 't' | 'format'>,
): string {
  const bytes = format.bytes(freeBytes);
  if (disk.state === 'full') return t('status.diskFull', { bytes });
  return disk.state === 'low' ? t('status.diskMinutes', { bytes, minutes: disk.minutesLeft ?? 0 }) : bytes;
}

function Item({ label, value, title, bad = false }: { label: string; value: string; title?: string; bad?: boolean }) {
  return (
    <span className={css.item} data-bad={bad} title={title}>
      {label} {value && <b className="figure">{value}</b>}
    </span>
  );
}

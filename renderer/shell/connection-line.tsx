import { useEffect, useState } from 'react';
import { useConnection } from '../link/connection.ts';
import { useOutbox } from '../stores/outbox.ts';
import { useWords } from '../i18n/index.ts';
import css from './status-bar.module.css';

/** Whether the engine answers; when not, for how long, and what waits for it. */
export function ConnectionLine() {
  const { t, format } = useWords();
  const connection = useConnection();
  const unsent = useOutbox(({ outbox }) => [...outbox.values()].filter((sent) => sent.state !== 'done').length);
  const waiting = connection.state === 'up' ? 0 : unsent;
  const now = useSecond(connection.state !== 'up');
  const words =
    connection.state === 'up'
      ? t('connection.up')
      : connection.state === 'connecting'
        ? t('connection.connecting')
        : t(`connection.${connection.reason}`, { for: format.duration(Math.max(0, now - connection.sinceMs)) });
  return (
    <span className={css.link} data-state={connection.state} role="status">
      <span className={css.dot} aria-hidden="true" />
      {words}
      {waiting > 0 && ` · ${t('connection.waiting', { count: waiting })}`}
    </span>
  );
}

/** The time, once a second while `ticking`. */
export function useSecond(ticking: boolean): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!ticking) return;
    const timer = window.setInterval(() => setNow(Date.now()), 1_000);
    return () => window.clearInterval(timer);
  }, [ticking]);
  return now;
}

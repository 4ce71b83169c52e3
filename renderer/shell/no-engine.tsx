import { useConnection } from '../link/connection.ts';
import { failureText } from '../link/problem.ts';
import { useWords } from '../i18n/index.ts';
import { Button } from '../parts/button.tsx';
import { Empty } from '../parts/notice.tsx';
import { useSecond } from './connection-line.tsx';

/** How long a start may take before the person is told that it is slow. */
const slowMs = 6_000;

/** The engine has never answered this window: says what is known, and what to do. */
export function NoEngine() {
  const { t, format } = useWords();
  const connection = useConnection();
  const now = useSecond(true);
  if (connection.state === 'up') return null;
  if (connection.state === 'connecting') {
    const slow = now - connection.sinceMs > slowMs;
    return (
      <Empty title={t('noEngine.starting')}>
        {slow && <p>{t('noEngine.slow', { for: format.duration(now - connection.sinceMs) })}</p>}
      </Empty>
    );
  }
  const { reason, failure } = connection;
  return (
    <Empty title={t(`noEngine.${reason}.title`)}>
      <p>{failure ? failureText(failure, t) : t(`noEngine.${reason}.next`)}</p>
      {reason === 'unreachable' && <p className="faint">{t('noEngine.retrying', { count: connection.attempts })}</p>}
      <p>
        <Button onClick={() => window.location.reload()}>{t('noEngine.reload')}</Button>
      </p>
    </Empty>
  );
}

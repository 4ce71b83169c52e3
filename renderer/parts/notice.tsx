import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { problemText } from '../link/problem.ts';
import { useWords } from '../i18n/index.ts';
import { Button } from './button.tsx';
import css from './notice.module.css';

/** A place with nothing in it: why, and what to do next. */
export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className={css.empty}>
      <p className={css.title}>{title}</p>
      {children && <div className="soft">{children}</div>}
    </div>
  );
}

/** Something could not be read or done: cause and next step, and a way to try again. */
export function Problem({ error, onRetry, busy }: { error: unknown; onRetry?: () => void; busy?: boolean }) {
  const { t } = useWords();
  return (
    <div className={css.problem} role="alert">
      <IconAlertTriangle aria-hidden="true" />
      <p>{problemText(error, t)}</p>
      {onRetry && (
        <Button onClick={onRetry} busy={busy}>
          {t('common.retry')}
        </Button>
      )}
    </div>
  );
}

/** A warning that stays while its reason lasts. */
export function Caution({ children }: { children: ReactNode }) {
  return (
    <div className={css.caution} role="note">
      <IconInfoCircle aria-hidden="true" />
      <div>{children}</div>
    </div>
  );
}

/** Rows on their way: said in words, without movement. */
export function Reading() {
  const { t } = useWords();
  return (
    <p className={css.reading} role="status">
      {t('common.reading')}
    </p>
  );
}

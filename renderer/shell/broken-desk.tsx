import type { ErrorComponentProps } from '@tanstack/react-router';
import { useWords } from '../i18n/index.ts';
import { Button } from '../parts/button.tsx';
import { Empty } from '../parts/notice.tsx';

/** A defect of the window itself: the other desks and the engine go on. */
export function BrokenDesk({ error, reset }: ErrorComponentProps) {
  const { t } = useWords();
  return (
    <Empty title={t('broken.title')}>
      <p>{t('broken.next')}</p>
      <p className="faint label">{String(error)}</p>
      <p>
        <Button onClick={reset}>{t('common.retry')}</Button>
      </p>
    </Empty>
  );
}

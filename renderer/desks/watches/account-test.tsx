import { Modal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useWords } from '../../i18n/index.ts';
import { engine } from '../../link/engine.ts';
import { Button } from '../../parts/button.tsx';
import { Problem, Reading } from '../../parts/notice.tsx';
import css from './watches.module.css';

/** Asks the platform now and shows each question, its answer and the time it took. */
export function AccountTest({ handle, onClose }: { handle: string; onClose: () => void }) {
  const { t, format } = useWords();
  const { data, error, refetch, isFetching } = useQuery({
    queryKey: ['watch-test', handle],
    queryFn: ({ signal }) => engine.watches.test({ text: handle }, { signal }),
    gcTime: 0,
    staleTime: Infinity,
    retry: false,
  });
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t('watches.testTitle', { handle })}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {error && <Problem error={error} onRetry={() => void refetch()} busy={isFetching} />}
      {isFetching && <Reading />}
      {data && !isFetching && (
        <>
          <ol className={css.steps}>
            {data.steps.map((step, index) => (
              <li key={index} data-outcome={step.outcome}>
                <b>{t(`resolverStep.${step.step}`)}</b>
                <span>{t(`stepOutcome.${step.outcome}`)}</span>
                <span className="soft label">
                  {typeof step.detail['reason'] === 'string' && t(`watchReason.${step.detail['reason']}`)}
                </span>
                <span className="figure soft label">{format.integer(step.tookMs)} ms</span>
              </li>
            ))}
          </ol>
          <p>
            <b>{t(`watchState.${data.state}`)}</b> – {t(`watchReason.${data.reason}`)}
          </p>
          {data.retryAt !== null && (
            <p className="soft">{t('watches.retryAt', { at: format.dateTime(data.retryAt) })}</p>
          )}
        </>
      )}
      <div className={css.buttons}>
        <Button onClick={() => void refetch()} busy={isFetching}>
          {t('watches.testAgain')}
        </Button>
      </div>
    </Modal>
  );
}

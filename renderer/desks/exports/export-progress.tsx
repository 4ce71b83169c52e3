import type { ExportRecord } from '#shared/model/export.ts';
import { useWords } from '../../i18n/index.ts';
import { keptProblemText } from '../../link/problem.ts';
import css from './exports.module.css';

/** Where an export stands, in words and as a bar while it runs. */
export function ExportProgress({ record }: { record: ExportRecord }) {
  const { t, format } = useWords();
  const running = record.state === 'waiting' || record.state === 'running';
  return (
    <span className={css.state} data-state={record.state} role="status">
      {t(`exports.state.${record.state}`, { format: record.format.toUpperCase() })}
      {running && (
        <progress className={css.bar} value={record.state === 'running' ? record.progressBp : 0} max={10_000} />
      )}
      {record.state === 'running' && <span className="figure">{format.percent(record.progressBp)}</span>}
      {record.state === 'failed' && record.problem !== null && (
        <span className={css.problem}>
          {keptProblemText(record.problem, t) ??
            t('error.export-failed', { format: record.format.toUpperCase(), detail: record.problem })}
        </span>
      )}
    </span>
  );
}

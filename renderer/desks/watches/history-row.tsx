import { Link, useNavigate } from '@tanstack/react-router';
import type { Course } from '#shared/model/course.ts';
import type { Live } from '#shared/model/live.ts';
import { useWords } from '../../i18n/index.ts';
import { RiskBadge } from '../../parts/risk-badge.tsx';
import { RiskCourse } from '../../parts/risk-course.tsx';
import { LiveState } from '../lives/live-state.tsx';
import lives from '../lives/lives-desk.module.css';
import css from './watches.module.css';

/** One live of an account: when, how long, how risk went, what is missing. */
export function HistoryRow({ live, course }: { live: Live; course: Course | undefined }) {
  const { t, format } = useWords();
  const navigate = useNavigate();
  const open = (number: number) =>
    void navigate({ to: '/lives/$liveId', params: { liveId: live.id }, search: { at: number } });
  const wallMs = (live.endedAt ?? live.startedAt) - live.startedAt;
  return (
    <tr>
      <td>{live.maxScoreBp === null ? <span className="faint">–</span> : <RiskBadge scoreBp={live.maxScoreBp} />}</td>
      <td>
        <Link to="/lives/$liveId" params={{ liveId: live.id }} className={lives.name} title={live.title}>
          {format.dateTime(live.startedAt)}
        </Link>
        <span className={`faint label clip ${css.title}`}>{live.title}</span>
      </td>
      <td className={css.course}>{course && course.steps.length > 0 && <RiskCourse course={course} onGo={open} />}</td>
      <td>
        <LiveState live={live} />
      </td>
      <td
        className={`${lives.number} figure`}
        title={t('watches.captured', { length: format.duration(live.capturedMs) })}
      >
        {format.duration(Math.max(wallMs, live.capturedMs))}
      </td>
      <td className={`${lives.number} figure`}>{format.integer(live.gaps)}</td>
      <td className={`${lives.number} figure`}>
        {live.pendingAlerts > 0 ? <b className={lives.pending}>{format.integer(live.pendingAlerts)}</b> : 0}
        <span className="faint"> / {format.integer(live.alerts)}</span>
      </td>
    </tr>
  );
}

import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { AudienceFigure } from '#shared/model/course.ts';
import type { Live } from '#shared/model/live.ts';
import { useWords } from '../../i18n/index.ts';
import { RiskCourse } from '../../parts/risk-course.tsx';
import { audienceQuery, courseQuery } from '../../stores/queries.ts';
import css from './live-page.module.css';

/** The whole live at a glance, once there is something to see; and its audience where a platform tells it. */
export function LiveCourse({ live }: { live: Live }) {
  const { t, format } = useWords();
  const navigate = useNavigate();
  const course = useQuery({ ...courseQuery(live.id), enabled: live.segments > 1 }).data?.items[0];
  const audience = useQuery({ ...audienceQuery(live.id), enabled: live.sourceKind === 'tiktok' }).data;
  const now = audience?.items.findLast(({ viewers }) => viewers !== null)?.viewers ?? null;
  if (!course || course.steps.length === 0) return null;
  return (
    <section className={css.course} aria-label={t('course.title')}>
      <RiskCourse
        course={course}
        onGo={(at) => void navigate({ to: '/lives/$liveId', params: { liveId: live.id }, search: { at } })}
      />
      {now !== null && audience?.peakViewers != null && (
        <p className={`faint label ${css.audience}`}>
          <AudienceCurve figures={audience.items} />
          {t('course.viewers', { count: now, now: format.integer(now), peak: format.integer(audience.peakViewers) })}
        </p>
      )}
    </section>
  );
}

/** Viewers over the time in which they were told; the sentence beside it says the figures. */
function AudienceCurve({ figures }: { figures: readonly AudienceFigure[] }) {
  const known = figures.flatMap(({ at, viewers }) => (viewers === null ? [] : [{ at, viewers }]));
  const first = known[0];
  const last = known.at(-1);
  if (!first || !last || known.length < 2) return null;
  const most = Math.max(1, ...known.map(({ viewers }) => viewers));
  const spanMs = Math.max(1, last.at - first.at);
  const points = known.map(({ at, viewers }) => `${((at - first.at) / spanMs) * 100},${19 - (viewers / most) * 18}`);
  return (
    <svg className={css.curve} viewBox="0 0 100 20" preserveAspectRatio="none" aria-hidden="true">
      <polyline points={points.join(' ')} />
    </svg>
  );
}

import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
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
        <p className="faint label">
          {t('course.viewers', { count: now, now: format.integer(now), peak: format.integer(audience.peakViewers) })}
        </p>
      )}
    </section>
  );
}

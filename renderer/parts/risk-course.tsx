import type { MouseEvent } from 'react';
import type { Course, CourseStep } from '#shared/model/course.ts';
import { bandOf } from '#shared/policy/risk.ts';
import { timecode, useWords } from '../i18n/index.ts';
import css from './risk-course.module.css';

const height = 30;
/** Room above the bars for the marks of alerts. */
const marks = 9;

/**
 * A live from its beginning to its end: height and colour of a bar are the highest risk said in that stretch, a triangle above it is an
 * alert, a full grey block is time that is missing. A click goes to what was said there.
 */
export function RiskCourse({ course, onGo }: { course: Course; onGo(number: number): void }) {
  const { t, format } = useWords();
  const { steps, lengthMs } = course;
  const scores = steps.flatMap(({ maxScoreBp }) => maxScoreBp ?? []);
  const summary = t('course.label', {
    risk: scores.length === 0 ? '–' : format.score(Math.max(...scores)),
    alerts: format.integer(steps.reduce((sum, { alerts }) => sum + alerts, 0)),
    missing: format.duration(steps.reduce((sum, { gapMs }) => sum + gapMs, 0)),
  });
  const stepMs = lengthMs / Math.max(1, steps.length);
  const told = (step: CourseStep, index: number) =>
    [
      `${timecode(index * stepMs)} – ${timecode((index + 1) * stepMs)}`,
      step.maxScoreBp === null ? t('course.nothing') : t('course.risk', { risk: format.score(step.maxScoreBp) }),
      ...(step.alerts > 0 ? [t('course.alerts', { count: step.alerts })] : []),
      ...(step.gapMs > 0 ? [t('course.missing', { duration: format.duration(step.gapMs) })] : []),
    ].join(' · ');
  const go = (event: MouseEvent<SVGSVGElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const number = nearest(steps, Math.floor(((event.clientX - box.left) / box.width) * steps.length));
    if (number !== null) onGo(number);
  };
  return (
    <svg
      className={css.course}
      viewBox={`0 0 ${Math.max(1, steps.length)} ${height}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={summary}
      onClick={go}
    >
      {steps.map((step, index) => (
        // Steps never change places.
        // eslint-disable-next-line react/no-array-index-key
        <g key={index}>
          <title>{told(step, index)}</title>
          <rect className={css.ground} x={index} y={0} width={1} height={height} />
          <Bar step={step} x={index} stepMs={stepMs} />
        </g>
      ))}
    </svg>
  );
}

function Bar({ step, x, stepMs }: { step: CourseStep; x: number; stepMs: number }) {
  const tall = step.maxScoreBp === null ? 0 : Math.max(2, ((height - marks) * step.maxScoreBp) / 10_000);
  const missing = Math.min(1, step.gapMs / Math.max(1, stepMs));
  return (
    <>
      {missing > 0 && <rect className={css.gap} x={x} y={0} width={Math.max(0.3, missing)} height={height} />}
      {step.maxScoreBp !== null && (
        <rect
          className={css.bar}
          data-band={bandOf(step.maxScoreBp)}
          x={x + 0.08}
          y={height - tall}
          width={0.84}
          height={tall}
        />
      )}
      {step.alerts > 0 && <path className={css.alert} d={`M${x + 0.5} 1 ${x + 1} 7H${x}Z`} />}
    </>
  );
}

/** What was said in this step, or else closest to it. */
function nearest(steps: readonly CourseStep[], index: number): number | null {
  for (let away = 0; away < steps.length; away += 1) {
    const number = steps[index - away]?.number ?? steps[index + away]?.number ?? null;
    if (number !== null) return number;
  }
  return null;
}

import { IconPlayerPause, IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { newId } from '#shared/ids.ts';
import type { Gap, Live } from '#shared/model/live.ts';
import { timecode, useWords } from '../../i18n/index.ts';
import { Button } from '../../parts/button.tsx';
import { RiskBadge } from '../../parts/risk-badge.tsx';
import { engine } from '../../link/engine.ts';
import { problemText } from '../../link/problem.ts';
import { CasePicker } from '../cases/case-picker.tsx';
import { ExportButton } from '../exports/export-button.tsx';
import { useLiveFigures } from './live-figures.ts';
import { LiveState } from './live-state.tsx';
import { useStopCapture } from './stop-capture.ts';
import type { Lanes } from './use-lanes.ts';
import css from './live-page.module.css';

/** The state of one live in figures, and what can be done with it as a whole. */
export function LiveHead({ live, gaps, lanes }: { live: Live; gaps: readonly Gap[]; lanes: Lanes }) {
  const { t, format } = useWords();
  const figures = useLiveFigures(live);
  const stop = useStopCapture(live.id);
  const missingMs = gaps.reduce((sum, gap) => sum + gap.endMs - gap.startMs, 0);
  return (
    <section className={css.head} aria-label={t('live.figures')}>
      <div className={css.line}>
        <LiveState live={live} />
        {figures.levelBp !== null && <Level levelBp={figures.levelBp} />}
        <span className="faint label clip" title={live.sourceLabel}>
          {live.account ? `${live.account} · ${live.sourceLabel}` : live.sourceLabel} ·{' '}
          {format.dateTime(live.startedAt)}
        </span>
        <span className={css.actions}>
          {lanes.lanes && (
            <Button
              icon={lanes.paused ? <IconPlayerPlay /> : <IconPlayerPause />}
              onClick={() => lanes.pause.mutate(!lanes.paused)}
              busy={lanes.pause.isPending}
              keyId="pauseWords"
              title={t('lanes.pauseHint')}
            >
              {t(lanes.paused ? 'lanes.resume' : 'lanes.pause')}
            </Button>
          )}
          {figures.capturing && (
            <Button icon={<IconPlayerStop />} onClick={stop.ask} busy={stop.busy} title={t('live.stopHint')}>
              {t('live.stop')}
            </Button>
          )}
          <LiveCase live={live} />
          <ExportButton live={live} />
        </span>
      </div>
      <dl className={css.figures}>
        <Figure
          name={t('live.captured')}
          value={timecode(figures.capturedMs)}
          of={figures.sourceMs === null ? null : timecode(figures.sourceMs)}
        />
        <Figure name={t('live.written')} value={timecode(figures.writtenMs)} />
        <Figure
          name={t('live.lag')}
          value={format.duration(figures.lagMs)}
          title={
            lanes.lanes &&
            t('lanes.percentiles', {
              p50: format.duration(lanes.lanes.lag.p50Ms),
              p95: format.duration(lanes.lanes.lag.p95Ms),
            })
          }
        />
        <Figure name={t('live.segments')} value={format.integer(live.segments)} />
        <Figure
          name={t('live.gaps')}
          value={format.integer(gaps.length)}
          of={missingMs > 0 ? format.duration(missingMs) : null}
        />
        <Figure name={t('live.alerts')} value={format.integer(live.pendingAlerts)} of={format.integer(live.alerts)} />
        <div>
          <dt>{t('live.maxRisk')}</dt>
          <dd>{live.maxScoreBp === null ? '–' : <RiskBadge scoreBp={live.maxScoreBp} />}</dd>
        </div>
        <Figure name={t('live.model')} value={modelName(live.model)} title={live.model} />
      </dl>
    </section>
  );
}

/** The case a live belongs to, changed at once. */
function LiveCase({ live }: { live: Live }) {
  const assign = useMutation({
    mutationFn: (caseId: string | null) =>
      engine.cases.assign({ liveId: live.id, caseId, commandId: newId(Date.now()) }),
  });
  const { t } = useWords();
  return (
    <span title={assign.error ? problemText(assign.error, t) : undefined}>
      <CasePicker value={live.caseId} onChange={(caseId) => assign.mutate(caseId)} disabled={assign.isPending} />
    </span>
  );
}

/** A model given by its path, as a person calls it. */
function modelName(model: string): string {
  return model
    .split(/[\\/]/)
    .at(-1)!
    .replace(/\.bin$/, '');
}

function Figure({
  name,
  value,
  of = null,
  title,
}: {
  name: string;
  value: string;
  of?: string | null;
  title?: string;
}) {
  return (
    <div title={title}>
      <dt>{name}</dt>
      <dd className="figure">
        {value}
        {of !== null && <span className="faint"> / {of}</span>}
      </dd>
    </div>
  );
}

/** Loudness of the last half second: proof that something is heard. */
function Level({ levelBp }: { levelBp: number }) {
  const { t, format } = useWords();
  return (
    <meter
      className={css.level}
      min={0}
      max={10_000}
      value={levelBp}
      aria-label={t('live.level')}
      title={`${t('live.level')} ${format.percent(levelBp)}`}
    />
  );
}

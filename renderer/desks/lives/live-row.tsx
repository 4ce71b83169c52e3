import { IconPlayerStop } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { Live } from '#shared/model/live.ts';
import { timecode, useWords } from '../../i18n/index.ts';
import { Button } from '../../parts/button.tsx';
import { RiskBadge } from '../../parts/risk-badge.tsx';
import { LiveState } from './live-state.tsx';
import { useLiveFigures } from './live-figures.ts';
import { useStopCapture } from './stop-capture.ts';
import css from './lives-desk.module.css';

export function LiveRow({ live, picked }: { live: Live; picked: boolean }) {
  const { t, format } = useWords();
  const figures = useLiveFigures(live);
  const stop = useStopCapture(live.id);
  return (
    <tr data-picked={picked} aria-current={picked || undefined}>
      <td>
        {live.maxScoreBp === null ? (
          <span className="faint">{live.state === 'en_cours' ? t('lives.noRisk') : '–'}</span>
        ) : (
          <RiskBadge scoreBp={live.maxScoreBp} />
        )}
      </td>
      <td className={css.what}>
        <Link to="/lives/$liveId" params={{ liveId: live.id }} className={css.name} title={live.title}>
          {live.title}
        </Link>
        <span className="faint label clip" title={live.sourceLabel}>
          {live.account ? `${live.account} · ${live.sourceLabel}` : live.sourceLabel}
        </span>
      </td>
      <td>
        <LiveState live={live} />
      </td>
      <td className={css.number}>
        <span className="figure">
          {timecode(figures.writtenMs)} <span className="faint">/ {timecode(figures.capturedMs)}</span>
        </span>
        <progress
          className={css.progress}
          value={figures.writtenMs}
          max={Math.max(1, figures.sourceMs ?? figures.capturedMs)}
          aria-label={t('lives.written')}
        />
      </td>
      <td className={`${css.number} figure`}>
        {live.openSegments > 0 ? format.duration(figures.lagMs) : <span className="faint">–</span>}
      </td>
      <td className={`${css.number} figure`}>
        {live.gaps > 0 ? format.integer(live.gaps) : <span className="faint">0</span>}
      </td>
      <td
        className={`${css.number} figure`}
        title={t('lives.alertsHint', { pending: live.pendingAlerts, all: live.alerts })}
      >
        {live.pendingAlerts > 0 ? (
          <b className={css.pending}>{format.integer(live.pendingAlerts)}</b>
        ) : (
          <span className="faint">0</span>
        )}
        <span className="faint"> / {format.integer(live.alerts)}</span>
      </td>
      <td className="figure soft">{format.dateTime(live.startedAt)}</td>
      <td className={css.number}>
        {figures.capturing && (
          <Button
            look="quiet"
            icon={<IconPlayerStop />}
            onClick={stop.ask}
            busy={stop.busy}
            aria-label={t('live.stop')}
            title={t('live.stopHint')}
          />
        )}
      </td>
    </tr>
  );
}

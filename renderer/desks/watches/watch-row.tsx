import { Select } from '@mantine/core';
import { IconPlayerPause, IconPlayerPlay, IconRefresh, IconStethoscope, IconTrash } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { type Watch, type WatchPolicy, watchPolicies } from '#shared/model/watch.ts';
import { useWords } from '../../i18n/index.ts';
import { Button } from '../../parts/button.tsx';
import type { WatchActions } from './watch-actions.ts';
import { WatchStateMark } from './watch-state.tsx';
import css from './watches.module.css';

/** One followed account: what is known, since when, and when it is looked at next. */
export function WatchRow(given: {
  watch: Watch;
  topPx: number;
  picked: boolean;
  onPick: () => void;
  onTest: () => void;
  actions: WatchActions;
}) {
  const { t, format } = useWords();
  const { watch, actions } = given;
  return (
    <div
      role="row"
      className={css.row}
      data-picked={given.picked}
      aria-current={given.picked || undefined}
      // The window's policy allows no style attribute; a property set by script is none.
      ref={(element) => element?.style.setProperty('transform', `translateY(${given.topPx}px)`)}
      onPointerDown={given.onPick}
    >
      <span role="cell" className={css.account}>
        <Link to="/watches/$watchId" params={{ watchId: watch.id }} className={css.name}>
          @{watch.handle}
        </Link>
        <span className="faint label clip">
          {[
            watch.displayName,
            watch.followers === null
              ? null
              : t('watches.followers', { count: watch.followers, figure: format.integer(watch.followers) }),
          ]
            .filter((part) => part !== null)
            .join(' · ') || ' '}
        </span>
      </span>
      <span role="cell">
        <WatchStateMark watch={watch} />
      </span>
      <span role="cell" className="label soft">
        {watch.lastCheckAt === null ? t('watches.never') : format.timeOfDay(watch.lastCheckAt)}
        <span className={css.next}>
          {watch.paused
            ? t('watches.paused')
            : watch.nextCheckAt !== null && t('watches.next', { at: format.timeOfDay(watch.nextCheckAt) })}
        </span>
      </span>
      <span role="cell" className="figure">
        {format.integer(watch.lives)}
        {watch.lastLiveAt !== null && <span className={css.next}>{format.date(watch.lastLiveAt)}</span>}
      </span>
      <span role="cell" className="figure">
        {watch.pendingAlerts > 0 ? (
          <Link to="/review" className={css.pending}>
            {format.integer(watch.pendingAlerts)}
          </Link>
        ) : (
          <span className="faint">0</span>
        )}
      </span>
      <span role="cell">
        <Select
          size="xs"
          aria-label={t('watches.policy')}
          data={watchPolicies.map((value) => ({ value, label: t(`watches.policies.${value}`) }))}
          value={watch.policy}
          allowDeselect={false}
          onChange={(value) => value && actions.change(watch, { policy: value as WatchPolicy })}
        />
      </span>
      <span role="cell" className={css.actions}>
        <Button
          look="quiet"
          icon={watch.paused ? <IconPlayerPlay /> : <IconPlayerPause />}
          aria-label={t(watch.paused ? 'watches.resume' : 'watches.pause')}
          title={t(watch.paused ? 'watches.resume' : 'watches.pause')}
          onClick={() => actions.pause(watch)}
        />
        <Button
          look="quiet"
          icon={<IconRefresh />}
          aria-label={t('watches.checkSoon')}
          title={t('watches.checkSoon')}
          disabled={watch.paused}
          onClick={() => actions.checkSoon(watch)}
        />
        <Button
          look="quiet"
          icon={<IconStethoscope />}
          aria-label={t('watches.test')}
          title={t('watches.test')}
          onClick={given.onTest}
        />
        <Button
          look="quiet"
          icon={<IconTrash />}
          aria-label={t('watches.remove')}
          title={t('watches.remove')}
          onClick={() => actions.remove(watch)}
        />
      </span>
    </div>
  );
}

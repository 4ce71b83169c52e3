import { Notification } from 'electron';
import type { AlertNotice, WatchNotice } from './engine-messages.ts';
import { routes } from './deep-link.ts';
import type { Words } from './i18n/index.ts';
import type { Timer } from './timer.ts';

/** After one notice, further alerts are counted for this long and told together. */
export const gatherMs = 10_000;

export type Notifier = { alert(alert: AlertNotice): void; watch(notice: WatchNotice): void; stillListening(): void };

/**
 * Native notices. They stand on lock screens and in notification lists, so they say that there is an alert and how high
 * its score is, never what was said or by whom; of a followed
 * account's live, that there is one and its figures. While the window is in front, the page itself tells.
 */
export function createNotifier(parts: {
  words(): Words;
  isFocused(): boolean;
  show(route?: string): void;
  timer: Timer;
}): Notifier {
  let gathering = false;
  let gathered = 0;
  let toldOfListening = false;
  // Electron's notification loses its click when it is garbage-collected.
  const open = new Set<Notification>();

  const notify = (title: string, body: string, route?: string, urgent = false) => {
    if (!Notification.isSupported()) return;
    const notice = new Notification({ title, body, silent: !urgent, urgency: urgent ? 'critical' : 'normal' });
    open.add(notice);
    notice.on('click', () => {
      open.delete(notice);
      parts.show(route);
    });
    notice.on('close', () => open.delete(notice));
    notice.show();
  };
  const tellGathered = () => {
    gathering = false;
    if (gathered === 0 || parts.isFocused()) return;
    notify(parts.words().alerts(gathered), parts.words().openQueue, routes.queue);
    gathered = 0;
  };

  return {
    alert({ alertId, scoreBp, urgent }) {
      if (parts.isFocused()) return;
      if (gathering) {
        gathered += 1;
        return;
      }
      gathering = true;
      gathered = 0;
      parts.timer.schedule(gatherMs, tellGathered);
      notify(parts.words().alert, parts.words().score(scoreBp), routes.alert(alertId), urgent);
    },
    watch(notice) {
      if (parts.isFocused()) return;
      const words = parts.words();
      const { liveId, watchId } = notice;
      const route = liveId === null ? routes.account(watchId) : routes.live(liveId);
      if (notice.happened === 'started')
        return notify(words.liveStarted, liveId === null ? words.liveNotHeard : words.liveHeard, route);
      notify(words.liveEnded, liveId === null ? words.openAccount : words.liveSummary(notice), route);
    },
    stillListening() {
      if (toldOfListening) return;
      toldOfListening = true;
      notify('Vigie', parts.words().stillListening);
    },
  };
}

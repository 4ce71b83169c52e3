import { beforeEach, expect, it, vi } from 'vitest';
import { createClockDouble } from '../engine/base/clock-double.ts';
import { wordsOf } from './i18n/index.ts';
import { createNotifier, gatherMs } from './notify.ts';

const { shown } = vi.hoisted(() => ({ shown: [] as { title: string; body: string }[] }));
vi.mock('electron', async () => {
  const { EventEmitter } = await import('node:events');
  class Notification extends EventEmitter {
    static isSupported = () => true;
    show: () => void;
    constructor(options: { title: string; body: string }) {
      super();
      this.show = () => shown.push(options);
    }
  }
  return { Notification };
});
beforeEach(() => void shown.splice(0));

it('tells the first alert at once and counts those that follow', async () => {
  const clock = createClockDouble();
  const notifier = createNotifier({
    words: () => wordsOf('en'),
    isFocused: () => false,
    show: () => undefined,
    timer: clock,
  });
  const alert = { alertId: 'a', scoreBp: 10_000, urgent: false };
  for (let i = 0; i < 50; i += 1) notifier.alert(alert);
  expect(shown).toHaveLength(1);
  await clock.advance(gatherMs);
  expect(shown.map(({ title }) => title)).toEqual(['New alert', '49 new alerts']);
  await clock.advance(gatherMs);
  expect(shown).toHaveLength(2);
  notifier.alert(alert);
  expect(shown.at(-1)).toMatchObject({ title: 'New alert', body: 'Risk score 1.00. Open Vigie to read the passage.' });
});

it('says only once that hiding is not stopping', () => {
  const notifier = createNotifier({
    words: () => wordsOf('fr'),
    isFocused: () => false,
    show: () => undefined,
    timer: createClockDouble(),
  });
  notifier.stillListening();
  notifier.stillListening();
  expect(shown).toHaveLength(1);
});

it('tells that a followed live begins and ends, with figures and without a name', () => {
  const notifier = createNotifier({
    words: () => wordsOf('fr'),
    isFocused: () => false,
    show: () => undefined,
    timer: createClockDouble(),
  });
  notifier.watch({ happened: 'started', watchId: 'w', liveId: 'l' });
  notifier.watch({ happened: 'started', watchId: 'w', liveId: null });
  notifier.watch({ happened: 'ended', watchId: 'w', liveId: 'l', durationMs: 3_840_000, alerts: 2, gaps: 1 });
  expect(shown.map(({ title, body }) => [title, body])).toEqual([
    ['Un compte suivi est en direct', 'L’écoute a commencé.'],
    ['Un compte suivi est en direct', 'Il n’est pas écouté\u202f: ouvrez Vigie pour commencer.'],
    ['Live terminé', 'Durée\u202f: 1\u00a0h\u00a004\u00a0min. Alertes\u202f: 2. Manques\u202f: 1.'],
  ]);
});

import { expect, test, vi } from 'vitest';
import { useConnection } from './connection.ts';
import { receivePorts } from './port.ts';

function post(data: unknown, ports: MessagePort[] = [], source: unknown = window): void {
  window.dispatchEvent(new MessageEvent('message', { data, ports, source: source as Window }));
}

/** jsdom has no MessagePort of its own; what is used of one is this. */
function fakePort() {
  const closing: (() => void)[] = [];
  const port = {
    addEventListener: (kind: string, listener: () => void) => kind === 'close' && closing.push(listener),
    postMessage: vi.fn(),
    start: vi.fn(),
    close: vi.fn(),
  };
  return { port: port as unknown as MessagePort, end: () => closing.forEach((listener) => listener()) };
}

test('the window follows its keeper: waiting, port, end, failure', () => {
  const links: unknown[] = [];
  receivePorts((link) => links.push(link));

  post({ type: 'vigie:port' }, [fakePort().port], null);
  expect(links, 'another source is not our preload').toEqual([]);

  post({ type: 'vigie:engine-waiting' });
  expect(useConnection.getState()).toMatchObject({ state: 'down', reason: 'engine-ended' });

  const first = fakePort();
  post({ type: 'vigie:port' }, [first.port]);
  expect(useConnection.getState()).toMatchObject({ state: 'up', everUp: true });
  expect(links).toHaveLength(1);

  first.end();
  expect(useConnection.getState()).toMatchObject({ state: 'down', reason: 'engine-ended' });
  expect(links.at(-1)).toBeNull();

  post({ type: 'vigie:engine-failed', code: 'disk-full', data: { path: '/data' } });
  expect(useConnection.getState()).toMatchObject({
    state: 'down',
    reason: 'engine-failed',
    failure: { code: 'disk-full', data: { path: '/data' } },
  });
});

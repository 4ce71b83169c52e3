import { QueryClient } from '@tanstack/react-query';
import { expect, test, vi } from 'vitest';
import { createFreshness } from './freshness.ts';

test('a segment that gets its words makes the surroundings of the item on screen stale', async () => {
  vi.useFakeTimers();
  const queries = new QueryClient();
  queries.setQueryData(['item', 'i1'], {});
  queries.setQueryData(['queue'], {});
  createFreshness(queries)([{ what: 'transcript', liveId: 'l', number: 27 }]);
  await vi.advanceTimersByTimeAsync(1000);
  expect(queries.getQueryState(['item', 'i1'])?.isInvalidated).toBe(true);
  expect(queries.getQueryState(['queue'])?.isInvalidated).toBe(false);
  vi.useRealTimers();
});

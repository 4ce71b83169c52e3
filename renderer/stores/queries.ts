import { infiniteQueryOptions, QueryClient, queryOptions } from '@tanstack/react-query';
import { isVigieError } from '#shared/errors.ts';
import { toVigieError } from '#shared/contract/errors.ts';
import { engine } from '../link/engine.ts';

/**
 * What the window has read of the engine. Nothing grows old by itself: the feed says what is stale. The engine is on
 * this laptop, so being offline stops nothing.
 */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: Infinity,
      networkMode: 'always',
      refetchOnWindowFocus: false,
      retry: (count, error) => count < 2 && !isVigieError(toVigieError(error)),
      retryDelay: 400,
    },
    mutations: { networkMode: 'always', retry: false },
  },
});

export const livesQuery = () =>
  queryOptions({ queryKey: ['lives'], queryFn: ({ signal }) => engine.lives.list({ limit: 200 }, { signal }) });

export const liveQuery = (liveId: string) =>
  queryOptions({ queryKey: ['live', liveId], queryFn: ({ signal }) => engine.lives.get({ liveId }, { signal }) });

/** When the sound of a stretch was erased, of which nothing is left; null while some of it can be heard. */
export const erasedQuery = (liveId: string, startMs: number, endMs: number) =>
  queryOptions({
    ...liveQuery(liveId),
    select: ({ drops }): number | null =>
      drops.find((drop) => drop.startMs <= startMs && endMs <= drop.endMs)?.at ?? null,
  });

export const soundUseQuery = () =>
  queryOptions({
    queryKey: ['sound-use'],
    queryFn: ({ signal }) => engine.lives.soundUse(undefined, { signal }),
    // It grows while lives are heard; read when it is looked at.
    staleTime: 0,
    refetchInterval: 30_000,
  });

/** Under the live, so that what touches it touches this; the figures in it move without a fact. */
export const lanesQuery = (liveId: string, running: boolean) =>
  queryOptions({
    queryKey: ['live', liveId, 'lanes'],
    queryFn: ({ signal }) => engine.lanes.get({ liveId }, { signal }),
    enabled: running,
    refetchInterval: 3_000,
  });

export const pendingQuery = () =>
  queryOptions({
    queryKey: ['queue', 'pending'],
    queryFn: ({ signal }) => engine.review.queue({ status: 'pending', limit: 200 }, { signal }),
  });

export const decidedQuery = () =>
  queryOptions({
    queryKey: ['queue', 'decided'],
    queryFn: ({ signal }) => engine.review.queue({ status: 'decided', limit: 20 }, { signal }),
  });

export const itemQuery = (itemId: string) =>
  queryOptions({ queryKey: ['item', itemId], queryFn: ({ signal }) => engine.review.item({ itemId }, { signal }) });

export const exportsQuery = (liveId?: string) =>
  queryOptions({
    queryKey: ['exports', liveId ?? 'all'],
    queryFn: ({ signal }) => engine.exports.list({ liveId, limit: 200 }, { signal }),
    // Progress is not a fact of the journal: while something is being made, it is asked for.
    refetchInterval: ({ state }) =>
      state.data?.items.some((item) => item.state === 'waiting' || item.state === 'running') ? 500 : false,
  });

export const statusQuery = () =>
  queryOptions({
    queryKey: ['status'],
    queryFn: ({ signal }) => engine.system.status(undefined, { signal }),
    refetchInterval: 3_000,
    // A status that could not be read again is worse than none: the connection line tells why.
    retry: false,
  });

export const settingsQuery = () =>
  queryOptions({ queryKey: ['settings'], queryFn: ({ signal }) => engine.system.settings(undefined, { signal }) });

export const watchesQuery = () =>
  queryOptions({
    queryKey: ['watches'],
    queryFn: ({ signal }) => engine.watches.list({ limit: 5000 }, { signal }),
    // When the next look is due, and the end of a block, are no facts of the journal.
    refetchInterval: 15_000,
  });

export const watchQuery = (watchId: string) =>
  queryOptions({
    queryKey: ['watches', watchId],
    queryFn: ({ signal }) => engine.watches.get({ watchId }, { signal }),
  });

export const watchLivesQuery = (watchId: string) =>
  queryOptions({
    queryKey: ['lives', 'of', watchId],
    queryFn: ({ signal }) => engine.watches.lives({ watchId, limit: 200 }, { signal }),
  });

/** Under the lives, so that what touches them touches this. */
export const coursesQuery = (liveIds: readonly string[]) =>
  queryOptions({
    queryKey: ['lives', 'course', ...liveIds],
    queryFn: ({ signal }) => engine.lives.course({ liveIds: [...liveIds], steps: 60 }, { signal }),
    enabled: liveIds.length > 0,
    placeholderData: (previous) => previous,
  });

export const courseQuery = (liveId: string) =>
  queryOptions({
    queryKey: ['live', liveId, 'course'],
    queryFn: ({ signal }) => engine.lives.course({ liveIds: [liveId], steps: 120 }, { signal }),
    placeholderData: (previous) => previous,
  });

export const audienceQuery = (liveId: string) =>
  queryOptions({
    queryKey: ['live', liveId, 'audience'],
    queryFn: ({ signal }) => engine.lives.audience({ liveId }, { signal }),
  });

export const foldersQuery = () =>
  queryOptions({
    queryKey: ['folders'],
    queryFn: ({ signal }) => engine.folders.list(undefined, { signal }),
    // What waits, and how far the words of a recording are, are no facts of the journal.
    refetchInterval: 4_000,
  });

export const folderFilesQuery = (folderId: string) =>
  queryOptions({
    queryKey: ['folders', folderId],
    queryFn: ({ signal }) => engine.folders.files({ folderId, limit: 200 }, { signal }),
    refetchInterval: 4_000,
  });

/** What was found stays true enough while a person reads it: a new search is a new question. */
export const searchQuery = (wish: Omit<Parameters<typeof engine.lives.search>[0], 'before'>) =>
  infiniteQueryOptions({
    queryKey: ['search', wish],
    queryFn: ({ signal, pageParam }) => engine.lives.search({ ...wish, before: pageParam ?? undefined }, { signal }),
    initialPageParam: null as number | null,
    getNextPageParam: ({ next }) => next,
    enabled: wish.text !== '',
    placeholderData: (previous) => previous,
    gcTime: 0,
  });

export const notesQuery = (liveId: string) =>
  queryOptions({
    queryKey: ['notes', liveId],
    queryFn: ({ signal }) => engine.notes.list({ liveId }, { signal }),
  });

export const casesQuery = (closed: boolean) =>
  queryOptions({ queryKey: ['cases', closed], queryFn: ({ signal }) => engine.cases.list({ closed }, { signal }) });

export const devicesQuery = () =>
  queryOptions({
    queryKey: ['devices'],
    queryFn: ({ signal }) => engine.lives.devices(undefined, { signal }),
    // Asked anew each time the list is opened.
    staleTime: 0,
    gcTime: 0,
  });

export const modelsQuery = () =>
  queryOptions({
    queryKey: ['models'],
    queryFn: ({ signal }) => engine.models.list(undefined, { signal }),
    refetchInterval: ({ state }) =>
      state.data?.items.some(({ arrival }) => arrival?.state === 'waiting' || arrival?.state === 'running')
        ? 500
        : false,
  });

export const doctorQuery = () =>
  queryOptions({
    queryKey: ['doctor'],
    queryFn: ({ signal }) => engine.system.doctor(undefined, { signal }),
    // Each look tests every part for real: only when the page is opened or a person asks.
    gcTime: 0,
  });

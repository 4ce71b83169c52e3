/** The next bytes of a container, or the announcement that what follows is a new run that needs a new decoder. */
export type FeedItem = Uint8Array | FeedBreak;

/**
 * `missedMs`: sound that was on offer and was not fetched; 0 when nothing is missing; null when only the clock can tell. `againMs`: so
 * much of what follows was heard before, because the source delivers whole pieces only.
 */
export type FeedBreak = { missedMs: number | null; againMs?: number };

/** An opened source. */
export type Feed = {
  /** on-demand: it has an end and starts at its beginning whenever it is opened; live: it plays once. */
  kind: 'on-demand' | 'live';
  durationMs: number | null;
  /** How long the source may stay quiet between two deliveries (HLS target duration); null where bytes flow steadily. */
  targetDurationMs: number | null;
  /** To be read once. Ends when the source has ended; rejects with a VigieError on an outage. */
  items: AsyncIterable<FeedItem>;
};

/**
 * A source that can be opened. A live may be opened again after an outage and then remembers what it already delivered;
 * `reopens` false: its bytes come only once (stdin).
 */
export type OpenableSource = {
  /** How errors and people name it: no query string, where tokens live. */
  label: string;
  reopens: boolean;
  /** `heardMs`: how much sound this capture has recorded of the source so far; what was delivered beyond it is not heard. */
  open(signal: AbortSignal, heardMs: () => number): Promise<Feed>;
};

export const isBreak = (item: FeedItem): item is FeedBreak => !(item instanceof Uint8Array);

/** Those who read one value that changes: each holds the newest only, so that a slow one costs nothing and sees no queue. */
export function createReaders<T>() {
  const readers = new Set<{ news: T | null; wake(): void }>();
  let over = false;

  return {
    count: () => readers.size,
    tell(news: T): void {
      for (const reader of readers) {
        reader.news = news;
        reader.wake();
      }
    },
    /** Lets every reader end. */
    end(): void {
      over = true;
      for (const reader of readers) reader.wake();
    },
    /** What is known now, then news; until `end`, or until `signal` is aborted. */
    async *read(now: T | null, signal?: AbortSignal): AsyncGenerator<T, void, void> {
      let woken = Promise.withResolvers<void>();
      const reader = { news: now, wake: () => woken.resolve() };
      readers.add(reader);
      signal?.addEventListener('abort', reader.wake, { once: true });
      try {
        while (!over && !signal?.aborted) {
          woken = Promise.withResolvers<void>();
          const { news } = reader;
          reader.news = null;
          if (news === null) await woken.promise;
          else yield news;
        }
      } finally {
        readers.delete(reader);
        signal?.removeEventListener('abort', reader.wake);
      }
    },
  };
}

import { mkdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { isVigieError } from '#shared/errors.ts';
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { Jobs } from '../jobs/jobs.ts';
import type { Journal } from '../journal/journal.ts';
import type { Net } from '../net/types.ts';
import type { ArrivalsStore } from './arrivals-store.ts';
import { type CatalogueModel, fileNameOf } from './catalogue.ts';
import { download, isPassing } from './download.ts';
import { copyFile, settleFile } from './settle-file.ts';

export const arrivalKind = 'model-arrival';
const mostPassingFailures = 200;

export type RunningArrivals = Map<string, { abort: AbortController; receivedBytes: number }>;

/** `fetched` lies beside the models under a name that nothing takes for one. */
export const partOf = (folder: string, model: string) => path.join(folder, `${fileNameOf(model)}.part`);

/** Brings a model here, whatever breaks on the way: a lost line is tried again, a restart goes on, a wrong file ends it. */
export function defineArrivalJob(deps: {
  jobs: Jobs;
  journal: Journal;
  arrivals: ArrivalsStore;
  net: Net;
  log: Log;
  clock: Clock;
  folder: string;
  /** Where published models lie, and whether that may be on this machine or its network. */
  host: { address: string; allowPrivate: boolean };
  publishedOf(model: string): CatalogueModel | undefined;
  running: RunningArrivals;
}): void {
  const { jobs, journal, arrivals, running, folder } = deps;
  const failures = new Map<string, number>();

  const bring = async (
    row: { model: string; source: string | null; validator: string | null },
    signal: AbortSignal,
  ) => {
    const { model, source } = row;
    const published = deps.publishedOf(model);
    const part = partOf(folder, model);
    const onProgress = (receivedBytes: number) => {
      const entry = running.get(model);
      if (entry && receivedBytes > entry.receivedBytes) failures.delete(model);
      if (entry) entry.receivedBytes = receivedBytes;
    };
    await mkdir(folder, { recursive: true });
    if (source !== null) await copyFile({ from: source, part, model, signal, onProgress });
    else if (published) {
      await download({
        net: deps.net,
        url: `${published.address ?? deps.host.address}/${fileNameOf(model)}`,
        allowPrivate: deps.host.allowPrivate,
        part,
        model,
        sizeBytes: published.sizeBytes,
        validator: row.validator,
        signal,
        onProgress,
        onValidator: (validator) => arrivals.update(model, { validator }),
      });
    }
    return await settleFile({ part, path: path.join(folder, fileNameOf(model)), model, published });
  };

  const finish = (model: string, changes: Parameters<ArrivalsStore['update']>[1]) => {
    failures.delete(model);
    arrivals.update(model, changes);
    journal.append({ kind: 'model.arrived', subjectId: model, data: { state: changes.state ?? null } });
    deps.log.info({ model, state: changes.state }, 'a model arrived, or not');
  };

  jobs.define<{ model: string; key: string }>({
    kind: arrivalKind,
    concurrency: 1,
    background: true,
    maxAttempts: 2,
    // Three gigabytes over a slow line take hours; silence on the line is bounded by the download itself.
    leaseMs: 48 * 3_600_000,
    isPermanent: isVigieError,
    async run({ model, key }, signal) {
      const row = arrivals.get(model);
      if (row?.job_key !== key || (row.state !== 'waiting' && row.state !== 'running'))
        return { outcome: 'done', commit: () => undefined };
      const abort = new AbortController();
      running.set(model, { abort, receivedBytes: await sizeOf(partOf(folder, model)) });
      arrivals.update(model, { state: 'running' });
      try {
        const { digest } = await bring(row, AbortSignal.any([signal, abort.signal]));
        deps.log.info({ model, digest }, 'model checked and in place');
        return { outcome: 'done', commit: () => finish(model, { state: 'done', problem: null, validator: null }) };
      } catch (error) {
        if (abort.signal.aborted) return { outcome: 'done', commit: () => finish(model, { state: 'cancelled' }) };
        const failed = (failures.get(model) ?? 0) + 1;
        if (signal.aborted || !isPassing(error) || failed > mostPassingFailures) throw error;
        failures.set(model, failed);
        arrivals.update(model, { state: 'waiting', problem: (error as Error).message.slice(0, 500) });
        return { outcome: 'later', afterMs: Math.min(60_000, 1000 * 2 ** Math.min(failed - 1, 10)) };
      } finally {
        running.delete(model);
      }
    },
    giveUp({ model, key }, problem) {
      if (arrivals.get(model)?.job_key === key) finish(model, { state: 'failed', problem: problem.slice(0, 500) });
    },
  });
}

/** Bytes of a file, 0 when it is not there. */
export async function sizeOf(file: string): Promise<number> {
  try {
    return (await stat(file)).size;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0;
    throw error;
  }
}

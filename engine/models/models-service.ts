import { mkdir, rm, statfs } from 'node:fs/promises';
import path from 'node:path';
import { newId } from '#shared/ids.ts';
import { isVigieError, VigieError } from '#shared/errors.ts';
import type { SpeechModel } from '#shared/model/speech-model.ts';
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { Commands } from '../db/commands.ts';
import type { Store } from '../db/store.ts';
import type { Jobs } from '../jobs/jobs.ts';
import type { Journal } from '../journal/journal.ts';
import type { Net } from '../net/types.ts';
import type { Actor } from '../review/review-service.ts';
import { checkModel, digestOf } from '../transcribe/models.ts';
import { arrivalKind, defineArrivalJob, partOf, type RunningArrivals, sizeOf } from './arrival-job.ts';
import { createArrivalsStore } from './arrivals-store.ts';
import type { CatalogueModel } from './catalogue.ts';
import { listSpeechModels } from './list-models.ts';
import type { ModelShelf } from './shelf.ts';

/** Left free when a model comes in: an hour of sound and the database, with a margin. */
const spareBytes = 500_000_000;

export type ModelsService = ReturnType<typeof createModelsService>;

/** Models fetched, copied in, stopped and taken away. One job brings one model; its row says how far it is. */
export function createModelsService(deps: {
  store: Store;
  commands: Commands;
  jobs: Jobs;
  journal: Journal;
  net: Net;
  clock: Clock;
  log: Log;
  shelf: ModelShelf;
  host: { address: string; allowPrivate: boolean };
  /** The model of the settings. */
  chosen(): string;
  /** As measured on this machine. */
  realTimeFactor(modelPath: string): number | null;
  /** Ends the worker that holds this file. */
  release(modelPath: string): Promise<void>;
  /** Bytes free where this folder lies; for tests. */
  freeBytes?(folder: string): Promise<number>;
}) {
  const { store, commands, jobs, journal, shelf } = deps;
  const { folderDir: folder } = shelf.folders;
  const arrivals = createArrivalsStore(store, deps.clock);
  const running: RunningArrivals = new Map();
  const freeBytes = deps.freeBytes ?? freeBytesOf;
  const publishedOf = (model: string): CatalogueModel | undefined => shelf.catalogue.find(({ id }) => id === model);
  defineArrivalJob({ ...deps, arrivals, folder, publishedOf, running });

  /** @throws VigieError `model-in-use` */
  const freeOf = async (model: string): Promise<string> => {
    const found = await shelf.find(model);
    const file = found?.path ?? shelf.pathOf(model);
    if (found?.origin === 'bundled') throw new VigieError('model-in-use', { model, reason: 'bundled' });
    // A file that cannot be loaded serves no live: it may be put right.
    if (found && arrivals.neededByLive(file) && (await loadable(file)))
      throw new VigieError('model-in-use', { model, reason: 'live' });
    return file;
  };

  const loadable = (file: string): Promise<boolean> =>
    shelf
      .admit(file, () => digestOf(file))
      .then(
        () => true,
        () => false,
      );

  /** @throws VigieError `disk-short` */
  const needRoom = async (needBytes: number) => {
    await mkdir(folder, { recursive: true });
    const free = await freeBytes(folder);
    if (free < needBytes + spareBytes)
      throw new VigieError('disk-short', { path: folder, needBytes: needBytes + spareBytes, freeBytes: free });
  };

  const underWay = (model: string) => ['waiting', 'running'].includes(arrivals.get(model)?.state ?? '');

  const begin = (model: string, source: string | null, actor: Actor) => {
    const key = `${arrivalKind}:${model}:${newId(deps.clock.now())}`;
    arrivals.begin({
      model,
      source,
      validator: source === null ? (arrivals.get(model)?.validator ?? null) : null,
      job_key: key,
    });
    jobs.enqueue({ kind: arrivalKind, key, payload: { model, key } });
    journal.append({
      kind: 'model.requested',
      subjectId: model,
      data: { imported: source !== null },
      actor: actor.id,
    });
  };

  return {
    async list(): Promise<{ items: SpeechModel[]; memoryBytes: number; freeBytes: number }> {
      await mkdir(folder, { recursive: true });
      const items = await listSpeechModels({
        shelf,
        arrivals: arrivals.all(),
        running,
        chosen: deps.chosen(),
        realTimeFactor: deps.realTimeFactor,
      });
      return { items, memoryBytes: shelf.memoryBytes, freeBytes: await freeBytes(folder) };
    },

    async download({ model, commandId }: { model: string; commandId: string }, actor: Actor): Promise<void> {
      const published = publishedOf(model);
      if (!published) throw new VigieError('model-missing', { model, known: shelf.catalogue.map(({ id }) => id) });
      if (!underWay(model)) {
        await freeOf(model);
        await needRoom(published.sizeBytes - (await sizeOf(partOf(folder, model))));
      }
      commands.once({ id: commandId, call: 'models.download', actor: actor.id }, () => {
        if (!underWay(model)) begin(model, null, actor);
        return {};
      });
    },

    /** The id it will have: that of the published file with the same name, else the file's own name. */
    async import(request: { path: string; commandId: string }, actor: Actor): Promise<{ model: string }> {
      if (!path.isAbsolute(request.path)) throw new VigieError('bad-input', { problem: 'path: not a full path' });
      const from = path.resolve(request.path);
      const model = path.basename(from, path.extname(from)).replace(/^ggml-/, '');
      if (!/^[\w][\w.-]{0,80}$/.test(model) || path.extname(from) !== '.bin' || /silero|vad/i.test(model))
        throw new VigieError('model-invalid', { model: from, detail: 'wrong-name' });
      const { sizeBytes } = await checkModel(from).catch((error: unknown) => {
        // Of a file that somebody brings it is the path that is wrong, whichever models are known.
        throw isVigieError(error, 'model-missing') ? new VigieError('source-not-found', { source: from }) : error;
      });
      await freeOf(model);
      if (from === shelf.pathOf(model)) return { model };
      await needRoom(sizeBytes);
      return commands.once({ id: request.commandId, call: 'models.import', actor: actor.id }, () => {
        if (!underWay(model)) begin(model, from, actor);
        return { model };
      });
    },

    cancel({ model, commandId }: { model: string; commandId: string }, actor: Actor): void {
      const row = arrivals.get(model);
      if (!row) throw new VigieError('not-found', { what: 'model', id: model });
      commands.once({ id: commandId, call: 'models.cancel', actor: actor.id }, () => {
        if (jobs.cancel(row.job_key)) {
          arrivals.update(model, { state: 'cancelled' });
          journal.append({ kind: 'model.arrived', subjectId: model, data: { state: 'cancelled' }, actor: actor.id });
        } else running.get(model)?.abort.abort(new VigieError('cancelled', {}));
        return {};
      });
    },

    /** @throws VigieError `model-in-use`, `not-found` */
    async delete({ model, commandId }: { model: string; commandId: string }, actor: Actor): Promise<void> {
      const found = await shelf.find(model);
      if (!found && !arrivals.get(model)) throw new VigieError('not-found', { what: 'model', id: model });
      if (underWay(model)) throw new VigieError('model-in-use', { model, reason: 'arriving' });
      const file = await freeOf(model);
      if (found && deps.chosen() === model) throw new VigieError('model-in-use', { model, reason: 'chosen' });
      await deps.release(file);
      await rm(file, { force: true });
      await rm(partOf(folder, model), { force: true });
      commands.once({ id: commandId, call: 'models.delete', actor: actor.id }, () => {
        arrivals.remove(model);
        journal.append({ kind: 'model.deleted', subjectId: model, actor: actor.id });
        return {};
      });
    },
  };
}

async function freeBytesOf(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

import type { ModelArrival, SpeechModel } from '#shared/model/speech-model.ts';
import { digestOf } from '../transcribe/models.ts';
import { partOf, type RunningArrivals, sizeOf } from './arrival-job.ts';
import type { ArrivalRow } from './arrivals-store.ts';
import { recommendedModel } from './catalogue.ts';
import { fitOf, needOf } from './memory.ts';
import type { ModelShelf } from './shelf.ts';

/** Catalogue, folder and arrivals as one list: own files and test models first, then the catalogue from small to large. */
export async function listSpeechModels(given: {
  shelf: ModelShelf;
  arrivals: readonly ArrivalRow[];
  running: RunningArrivals;
  chosen: string;
  realTimeFactor(modelPath: string): number | null;
}): Promise<SpeechModel[]> {
  const { shelf, chosen } = given;
  const installed = await shelf.installed();
  const current = (await shelf.next(chosen))?.id ?? null;
  const arrivals = new Map(given.arrivals.filter(({ state }) => state !== 'done').map((row) => [row.model, row]));
  const ids = new Set([
    ...installed.map(({ id }) => id).filter((id) => !shelf.catalogue.some((published) => published.id === id)),
    ...[...arrivals.keys()].filter((id) => !shelf.catalogue.some((published) => published.id === id)),
    ...shelf.catalogue.map(({ id }) => id),
  ]);

  const describe = async (id: string): Promise<SpeechModel> => {
    const published = shelf.catalogue.find((model) => model.id === id);
    const here = installed.find((model) => model.id === id);
    const row = arrivals.get(id);
    const sizes = published ?? here;
    const needBytes = sizes ? needOf(sizes) : 0;
    return {
      id,
      sizeBytes: here?.sizeBytes ?? published?.sizeBytes ?? 0,
      needBytes,
      fit: fitOf(needBytes, shelf.memoryBytes),
      publishedDigest: published?.digest ?? null,
      recommended: id === recommendedModel,
      installed: here
        ? {
            path: here.path,
            origin: here.origin,
            multilingual: here.multilingual,
            digest: await digestOf(here.path),
            test: here.test,
          }
        : null,
      current: id === current,
      realTimeFactor: here ? given.realTimeFactor(here.path) : null,
      arrival: row ? await arrivalOf(row) : null,
    };
  };

  const arrivalOf = async (row: ArrivalRow): Promise<ModelArrival | null> => {
    if (row.state === 'done') return null;
    const received =
      given.running.get(row.model)?.receivedBytes ?? (await sizeOf(partOf(shelf.folders.folderDir, row.model)));
    return { state: row.state, imported: row.source !== null, receivedBytes: received, problem: row.problem };
  };
  return await Promise.all([...ids].map(describe));
}

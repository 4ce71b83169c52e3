import path from 'node:path';
import { VigieError } from '#shared/errors.ts';
import { automaticModel, type NextModel } from '#shared/model/speech-model.ts';
import {
  checkModel,
  listModels,
  type ModelEntry,
  type ModelFolders,
  type ResolvedModel,
  resolveModel,
} from '../transcribe/models.ts';
import { type CatalogueModel, catalogue as publishedModels, fileNameOf, recommendedModel } from './catalogue.ts';
import { chooseModel } from './choose.ts';
import { fitOf, machineMemoryBytes, needOf } from './memory.ts';

export type ShelvedModel = ModelEntry & { needBytes: number; test: boolean };

export type ModelShelf = ReturnType<typeof createModelShelf>;

/** The models that are here, which of them a live takes, and which may be loaded. */
export function createModelShelf(given: {
  folders: ModelFolders;
  catalogue?: readonly CatalogueModel[];
  memoryBytes?: number;
}) {
  const { folders, catalogue = publishedModels, memoryBytes = machineMemoryBytes() } = given;
  const pathOf = (model: string) => path.join(folders.folderDir, fileNameOf(model));

  const installed = async (): Promise<ShelvedModel[]> =>
    (await listModels(folders)).map((model) => ({
      ...model,
      needBytes: needOf(model),
      test: model.origin === 'bundled',
    }));

  const bestOf = async () => chooseModel(await installed(), memoryBytes);

  /** @throws VigieError `model-too-large` */
  const mustFit = (model: { id: string; sizeBytes: number; width: number }) => {
    const needBytes = needOf(model);
    if (fitOf(needBytes, memoryBytes) === 'too-large')
      throw new VigieError('model-too-large', { model: model.id, needBytes, memoryBytes });
  };

  /**
   * A model that can be used now, by id, path or `auto`.
   * @throws VigieError `model-missing`, `model-invalid`, `model-too-large`
   */
  const resolve = async (asked: string): Promise<ResolvedModel> => {
    const best = asked === automaticModel ? await bestOf() : null;
    if (asked === automaticModel && !best)
      throw new VigieError('model-missing', { model: recommendedModel, known: [] });
    const model = await resolveModel(best?.id ?? asked, folders);
    mustFit(model);
    return model;
  };

  return {
    folders,
    catalogue,
    memoryBytes,
    pathOf,
    installed,
    resolve,
    find: async (id: string) => (await installed()).find((model) => model.id === id),
    /**
     * Path of the model for sound that would otherwise be lost: where none is here, the place that a published one will take, so that what is
     * captured meanwhile is written down once it has come.
     */
    async resolveForLive(asked: string): Promise<{ path: string }> {
      try {
        return await resolve(asked);
      } catch (error) {
        const wanted = asked === automaticModel ? recommendedModel : asked;
        const published = catalogue.some(({ id }) => id === wanted);
        if (error instanceof VigieError && error.code === 'model-missing' && published) return { path: pathOf(wanted) };
        throw error;
      }
    },
    /**
     * The gate before a native loader: a file under a published name is the published file, and it fits the memory.
     * @throws VigieError `model-missing`, `model-invalid`, `model-unexpected`, `model-too-large`
     */
    async admit(modelPath: string, digest: () => Promise<string>): Promise<void> {
      const id = path.basename(modelPath, '.bin').replace(/^ggml-/, '');
      mustFit({ id, ...(await checkModel(modelPath)) });
      const published = catalogue.find((model) => model.id === id);
      const found = await digest();
      if (published && found !== published.digest)
        throw new VigieError('model-unexpected', { model: id, expected: published.digest, found });
    },
    /** What the next live takes; null when nothing usable is here. `asked`: the model of the settings. */
    async next(asked: string): Promise<NextModel | null> {
      const models = await installed();
      const found =
        asked === automaticModel
          ? chooseModel(models, memoryBytes)
          : models.find((model) => model.id === asked || model.path === asked);
      return found ? { id: found.id, test: found.test, fit: fitOf(found.needBytes, memoryBytes) } : null;
    },
  };
}

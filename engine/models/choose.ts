import { fitOf } from './memory.ts';
import { recommendedModel } from './catalogue.ts';

export type Choosable = { id: string; origin: 'bundled' | 'folder'; multilingual: boolean; needBytes: number };

/**
 * The model for lives when nobody chose one: the recommended one, else the largest that this machine carries well, else the largest that
 * it carries at all, else a bundled one, which is a test model. Null where there is none.
 */
export function chooseModel<M extends Choosable>(installed: readonly M[], memoryBytes: number): M | null {
  const own = installed
    .filter((model) => model.origin === 'folder' && model.multilingual)
    .map((model) => ({ model, fit: fitOf(model.needBytes, memoryBytes) }))
    .filter(({ fit }) => fit !== 'too-large')
    .sort((a, b) => b.model.needBytes - a.model.needBytes);
  const best =
    own.find(({ model }) => model.id === recommendedModel) ?? own.find(({ fit }) => fit === 'fits') ?? own[0];
  return best?.model ?? installed.find((model) => model.origin === 'bundled') ?? null;
}

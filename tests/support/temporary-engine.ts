import { onTestFinished } from 'vitest';
import { type Engine, type EngineOptions, openEngine } from '#engine';
import { newId } from '#shared/ids.ts';
import { temporaryFolder } from '../../engine/testing/temporary-folder.ts';
import { testEngineOptions } from './engine-options.ts';

export const command = () => newId(Date.now());

/** A real engine on a temporary folder, closed when the test ends. */
export async function temporaryEngine(more: Partial<EngineOptions> = {}): Promise<{ engine: Engine; dataDir: string }> {
  const dataDir = more.dataDir ?? temporaryFolder();
  const engine = await openEngine(testEngineOptions(dataDir, more));
  onTestFinished(() => engine.close());
  return { engine, dataDir };
}

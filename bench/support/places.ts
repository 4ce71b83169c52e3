import path from 'node:path';
import { resourcesDir } from '../../tests/support/engine-options.ts';

export { ffmpegPath, resourcesDir, root, testEngineOptions } from '../../tests/support/engine-options.ts';
export const fixtureModel = path.join(resourcesDir, 'models', 'ggml-vigie-micro.bin');
export const voiceModel = path.join(resourcesDir, 'models', 'ggml-silero-v5.bin');

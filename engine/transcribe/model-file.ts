/**
 * Reads the structure of a Whisper or Parakeet model in the ggml format without loading it: header, filters, vocabulary, then every
 * tensor's head, so that a cut or foreign file is known before the native loader, which asserts and aborts, sees it.
 * Layouts: whisper.cpp 1.9.1, whisper_model_load and parakeet_model_load; sizes of tensor blocks: ggml.c, type_traits.
 */

export type ModelFamily = 'whisper' | 'parakeet';

/** `width`: of the encoder. */
export type ModelFacts = {
  family: ModelFamily;
  multilingual: boolean;
  width: number;
  layers: number;
  tensors: number;
};

/** Why a file is not a model, in words for a person. */
export class NotAModel extends Error {}

/** Reads up to `length` bytes at `at`; fewer at the end of the file. */
export type ReadAt = (at: number, length: number) => Promise<Uint8Array>;

/** Values per block and bytes per block, by ggml type number. */
const blocks = new Map<number, readonly [values: number, bytes: number]>([
  [0, [1, 4]],
  [1, [1, 2]],
  [2, [32, 18]],
  [3, [32, 20]],
  [6, [32, 22]],
  [7, [32, 24]],
  [8, [32, 34]],
  [9, [32, 36]],
  [10, [256, 84]],
  [11, [256, 110]],
  [12, [256, 144]],
  [13, [256, 176]],
  [14, [256, 210]],
  [15, [256, 292]],
  [30, [1, 2]],
]);

const ggmlMagic = 0x67676d6c;
const headerBytes = 4 + 11 * 4;
/** From this size of vocabulary on whisper.cpp takes a model for multilingual. */
const multilingualVocabulary = 51865;
/** Parakeet v2 knows 1,024 pieces of English, v3 8,192 of 25 languages. */
const englishPieces = 1024;
/** large-v3 has 1259. */
const mostTensors = 20_000;

/** Throws NotAModel, or what `readAt` throws. */
export async function inspectModel(sizeBytes: number, readAt: ReadAt): Promise<ModelFacts> {
  const file = createReader(sizeBytes, readAt);
  if (sizeBytes < headerBytes) throw new NotAModel('too-small');
  if ((await file.u32()) !== ggmlMagic) throw new NotAModel('not-ggml');
  const header: number[] = [];
  for (let i = 0; i < 11; i++) header.push(await file.i32());
  const plan = whisperPlan(header);
  if (!plan) header.push(await file.i32(), await file.i32(), await file.i32(), await file.i32());
  const found = plan ?? parakeetPlan(header);
  if (!found) throw new NotAModel('no-speech-model');

  const filterMels = await file.i32();
  const filterBins = await file.i32();
  if (filterMels !== found.mels || !within(filterBins, 1, 10_000)) throw new NotAModel('damaged-filters');
  file.skip(filterMels * filterBins * 4);
  if (found.durations > 0) {
    const samples = await file.i32();
    if (!within(samples, 1, 100_000)) throw new NotAModel('damaged-window');
    file.skip(samples * 4 + found.durations * 4);
  }
  const words = await file.i32();
  if (!within(words, 1, found.vocabulary)) throw new NotAModel('damaged-vocabulary');
  for (let i = 0; i < words; i++) {
    const length = await file.u32();
    if (length > 1000) throw new NotAModel('damaged-vocabulary');
    file.skip(length);
  }

  let tensors = 0;
  for (; !file.atEnd(); tensors++) {
    if (tensors >= mostTensors) throw new NotAModel('damaged-weights');
    await skipTensor(file);
  }
  // 15 tensors per encoder layer, 24 per decoder layer at most, a few of their own; the library checks the exact names.
  if (tensors < 10 * found.facts.layers) throw new NotAModel('cut-weights');
  return { ...found.facts, tensors };
}

type Plan = {
  vocabulary: number;
  mels: number;
  /** Of the transducer; 0: the model is none, and the file has no window either. */
  durations: number;
  facts: Omit<ModelFacts, 'tensors'>;
};

/** Null when these are not the first numbers of a Whisper model. */
function whisperPlan(header: readonly number[]): Plan | null {
  const [vocabulary, audioCtx, audioState, audioHead, audioLayer, textCtx, textState, textHead, textLayer, mels, type] =
    header as [number, number, number, number, number, number, number, number, number, number, number];
  const plausible =
    within(vocabulary, 1000, 200_000) &&
    within(audioCtx, 1, 10_000) &&
    within(textCtx, 16, 8192) &&
    [audioState, textState].every((width) => within(width, 32, 8192)) &&
    [audioHead, textHead, audioLayer, textLayer].every((count) => within(count, 1, 128)) &&
    audioState % audioHead === 0 &&
    textState % textHead === 0 &&
    within(mels, 1, 512) &&
    within(type, 0, 100_000);
  if (!plausible) return null;
  const facts = {
    family: 'whisper' as const,
    multilingual: vocabulary >= multilingualVocabulary,
    width: audioState,
    layers: audioLayer + textLayer,
  };
  return { vocabulary, mels, durations: 0, facts };
}

/** Null when these are not the first numbers of a Parakeet TDT model. */
function parakeetPlan(header: readonly number[]): Plan | null {
  const [vocabulary, audioCtx, width, heads, layers, mels, type, window, subsampling] = header as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const [channels, kernel, predictionWidth, predictionLayers, durations, mostTokens] = header.slice(9) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const plausible =
    within(vocabulary, 2, 200_000) &&
    within(audioCtx, 1, 100_000) &&
    [width, predictionWidth].every((size) => within(size, 8, 8192)) &&
    [heads, layers, kernel].every((count) => within(count, 1, 128)) &&
    width % heads === 0 &&
    within(mels, 8, 512) &&
    within(type, 0, 100_000) &&
    within(window, 16, 8192) &&
    subsampling === 8 &&
    within(channels, 1, 4096) &&
    within(predictionLayers, 1, 16) &&
    within(durations, 1, 64) &&
    within(mostTokens, 1, 1000);
  if (!plausible) return null;
  const facts = { family: 'parakeet' as const, multilingual: vocabulary > englishPieces, width, layers };
  return { vocabulary, mels, durations, facts };
}

async function skipTensor(file: Reader): Promise<void> {
  const dimensions = await file.i32();
  const nameLength = await file.i32();
  const block = blocks.get(await file.i32());
  if (!within(dimensions, 1, 4) || !within(nameLength, 1, 200)) throw new NotAModel('damaged-weights');
  if (!block) throw new NotAModel('unknown-weights');
  let values = 1;
  for (let i = 0; i < dimensions; i++) {
    const size = await file.i32();
    if (!within(size, 1, 10_000_000)) throw new NotAModel('damaged-weights');
    values *= size;
  }
  if (values % block[0] !== 0) throw new NotAModel('damaged-weights');
  file.skip(nameLength + (values / block[0]) * block[1]);
}

type Reader = { i32(): Promise<number>; u32(): Promise<number>; skip(bytes: number): void; atEnd(): boolean };

/** Sequential reading through a window of 64 kB, so that half a million small reads cost a few large ones. */
function createReader(sizeBytes: number, readAt: ReadAt): Reader {
  const windowBytes = 64 * 1024;
  let at = 0;
  let windowAt = 0;
  let view: DataView = new DataView(new ArrayBuffer(0));

  const four = async (): Promise<number> => {
    if (at + 4 > sizeBytes) throw new NotAModel('ends-early');
    if (at < windowAt || at + 4 > windowAt + view.byteLength) {
      const bytes = await readAt(at, windowBytes);
      if (bytes.length < 4) throw new NotAModel('ends-early');
      view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      windowAt = at;
    }
    at += 4;
    return at - 4 - windowAt;
  };
  return {
    // The window may be replaced while `four` runs: it is read after.
    i32: async () => {
      const offset = await four();
      return view.getInt32(offset, true);
    },
    u32: async () => {
      const offset = await four();
      return view.getUint32(offset, true);
    },
    skip(bytes) {
      at += bytes;
      if (at > sizeBytes) throw new NotAModel('ends-early');
    },
    atEnd: () => at >= sizeBytes,
  };
}

function within(value: number, least: number, most: number): boolean {
  return value >= least && value <= most;
}

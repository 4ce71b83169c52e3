/**
 * A Whisper model file with the true dimensions of `tiny` or `base` and random weights: as fast and as slow as the real one, and it can be
 * made where nothing can be downloaded. What it writes is fixed: its position embeddings name the next token, so that every window ends
 * after the same number of tokens (by default those of about 10 s of real speech), at the first attempt and without a loop.
 */
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import path from 'node:path';
import { fixtureModel, root } from './support/places.ts';

/** OpenAI Whisper's model card (model dimensions); `tiny` and `base` are the multilingual ones. */
export const dimensions = {
  tiny: { state: 384, heads: 6, layers: 4 },
  base: { state: 512, heads: 8, layers: 6 },
} as const;
export type Size = keyof typeof dimensions;

const vocabulary = 51_865;
/** Entries of the multilingual tokenizer; whisper.cpp makes the rest up itself. */
const written = 50_257;
const [endOfText, french, firstTime] = [50_257, 50_265, 50_364];
const spaceId = 220;
const audioPositions = 1500;
const textPositions = 448;
const [mels, melBins] = [80, 201];
const firstWord = 1000;

/** Real speech: about 2.5 words of 1.4 tokens in a second, so about 30 tokens in the 9 s of speech of a window of 15 s. */
export const usualTokens = 30;

/** Start, end time and end of text are tokens without a word. */
export const wordsOf = (tokens: number): number => tokens - 3;
export const tokensFor = (words: number): number => Math.max(1, Math.round(words)) + 3;

/** Where the file is kept; made when it is not there yet (a second or two). */
export function randomModel(size: Size, tokens = usualTokens): string {
  const folder = path.join(root, '.vigie', 'bench-models');
  const file = path.join(folder, `ggml-random-${size}-${tokens}.bin`);
  if (existsSync(file)) return file;
  mkdirSync(folder, { recursive: true });
  const half = `${file}.${process.pid}`;
  const fd = openSync(half, 'w');
  try {
    for (const block of modelBlocks(size, tokens, fixtureFilters())) writeAll(fd, block);
  } finally {
    closeSync(fd);
  }
  renameSync(half, file);
  return file;
}

/** The filter bank of any Whisper file with 80 bands is the same one. It follows the twelve numbers of the header. */
function fixtureFilters(): Uint8Array {
  const from = 12 * 4 + 2 * 4;
  return readFileSync(fixtureModel).subarray(from, from + mels * melBins * 4);
}

/** write(2) takes 2 GiB at most and may take less than it is given. */
function writeAll(fd: number, block: Uint8Array): void {
  for (let at = 0; at < block.length;) at += writeSync(fd, block, at);
}

/** The token that each position of the decoder makes the next one; positions 0 to 2 hold start, language and task. */
export function nextTokens(tokens: number): number[] {
  return Array.from({ length: textPositions }, (_, position) => {
    if (position < 2) return french;
    const index = position - 2;
    if (index === 0) return firstTime;
    if (index < tokens - 2) return firstWord + index;
    return index === tokens - 2 ? firstTime + audioPositions : endOfText;
  });
}

/** The file, block by block, as models/convert-pt-to-ggml.py of whisper.cpp writes it with f16. */
export function* modelBlocks(size: Size, tokens: number, filters: Uint8Array): Generator<Uint8Array> {
  const { state, heads, layers } = dimensions[size];
  const magic = 0x67_67_6d_6c;
  yield ints(magic, vocabulary, audioPositions, state, heads, layers, textPositions, state, heads, layers, mels, 1);
  yield ints(mels, melBins);
  yield filters;
  yield ints(written);
  for (let token = 0; token < written; token += 1) yield word(token);
  yield* weights(state, layers, tokens);
}

const encoder = new TextEncoder();

function word(token: number): Uint8Array {
  const text = encoder.encode(token === spaceId ? ' ' : ` mot${token}`);
  const bytes = new Uint8Array(4 + text.length);
  bytes.set(ints(text.length));
  bytes.set(text, 4);
  return bytes;
}

function* weights(state: number, layers: number, tokens: number): Generator<Uint8Array> {
  const take = pool();
  const f16 = (name: string, shape: number[], scale = 1) =>
    tensor(name, shape, 1, half(take(count(shape)), 0.02 * scale));
  const f32 = (name: string, shape: number[], values: Float32Array) => tensor(name, shape, 0, bytesOf(values));
  const same = (length: number, value: number) => new Float32Array(length).fill(value);
  const norm = (name: string, weight = 1) => [
    f32(`${name}.weight`, [state], same(state, weight)),
    f32(`${name}.bias`, [state], same(state, 0)),
  ];
  const linear = (name: string, shape: number[], scale = 1) => [
    f16(`${name}.weight`, shape, scale),
    f32(`${name}.bias`, [shape[0]!], same(shape[0]!, 0)),
  ];
  // What a layer adds is small beside what it is added to, so that the position embedding keeps the last word.
  const small = 0.05;
  const attention = (name: string) => [
    ...norm(`${name}_ln`),
    ...linear(`${name}.query`, [state, state]),
    f16(`${name}.key.weight`, [state, state]),
    ...linear(`${name}.value`, [state, state]),
    ...linear(`${name}.out`, [state, state], small),
  ];
  const mlp = (name: string) => [
    ...norm(`${name}_ln`),
    ...linear(`${name}.0`, [4 * state, state]),
    ...linear(`${name}.2`, [state, 4 * state], small),
  ];

  yield f32('encoder.positional_embedding', [audioPositions, state], sinusoids(audioPositions, state));
  yield f16('encoder.conv1.weight', [state, mels, 3]);
  yield f32('encoder.conv1.bias', [state, 1], same(state, 0));
  yield f16('encoder.conv2.weight', [state, state, 3]);
  yield f32('encoder.conv2.bias', [state, 1], same(state, 0));
  yield* norm('encoder.ln_post');
  for (let layer = 0; layer < layers; layer += 1) {
    yield* attention(`encoder.blocks.${layer}.attn`);
    yield* mlp(`encoder.blocks.${layer}.mlp`);
  }
  const embedding = take(vocabulary * state);
  const wanted = nextTokens(tokens);
  const places = Float32Array.from({ length: textPositions * state }, (_, at) => {
    const token = wanted[Math.floor(at / state)]!;
    return 4 * 0.05 * embedding[token * state + (at % state)]!;
  });
  yield f32('decoder.positional_embedding', [textPositions, state], places);
  yield tensor('decoder.token_embedding.weight', [vocabulary, state], 1, half(embedding, 0.05));
  yield* norm('decoder.ln', 2);
  for (let layer = 0; layer < layers; layer += 1) {
    yield* attention(`decoder.blocks.${layer}.attn`);
    yield* attention(`decoder.blocks.${layer}.cross_attn`);
    yield* mlp(`decoder.blocks.${layer}.mlp`);
  }
}

const count = (shape: readonly number[]) => shape.reduce((product, each) => product * each, 1);

/** Numbers of mean 0 and variance 1 without end: a million of them, over and over; a prime, so that no two rows of a matrix are alike. */
function pool(): (length: number) => Float32Array {
  let seed = 2_463_534_242;
  const values = Float32Array.from({ length: 1_048_573 }, () => {
    seed ^= seed << 13;
    seed ^= seed >>> 17;
    seed ^= seed << 5;
    return (seed / 2 ** 31) * Math.sqrt(3);
  });
  let at = 0;
  return (length) => {
    const taken = new Float32Array(length);
    for (let done = 0; done < length;) {
      const part = values.subarray(at, at + Math.min(values.length - at, length - done));
      taken.set(part, done);
      done += part.length;
      at = (at + part.length) % values.length;
    }
    return taken;
  };
}

function half(values: Float32Array, scale: number): Uint8Array {
  return bytesOf(Float16Array.from(values, (value) => value * scale));
}

/** Vaswani et al. 2017, section 3.5, as Whisper orders them: all sines, then all cosines. */
function sinusoids(length: number, channels: number): Float32Array {
  const step = Math.log(10_000) / (channels / 2 - 1);
  return Float32Array.from({ length: length * channels }, (_, at) => {
    const channel = at % channels;
    const angle = Math.floor(at / channels) * Math.exp(-step * (channel % (channels / 2)));
    return channel < channels / 2 ? Math.sin(angle) : Math.cos(angle);
  });
}

/** Number of dimensions, length of the name, type (0: f32, 1: f16), the dimensions from the innermost outwards, name, values. */
function tensor(name: string, shape: readonly number[], type: 0 | 1, values: Uint8Array): Uint8Array {
  const title = encoder.encode(name);
  const head = ints(shape.length, title.length, type, ...shape.toReversed());
  return Buffer.concat([head, title, values]);
}

const ints = (...values: number[]) => bytesOf(Int32Array.from(values));
const bytesOf = (values: { buffer: ArrayBufferLike; byteOffset: number; byteLength: number }) =>
  new Uint8Array(values.buffer, values.byteOffset, values.byteLength);

if (import.meta.main) for (const size of ['tiny', 'base'] as const) console.log(randomModel(size));

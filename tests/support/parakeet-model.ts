import { writeFileSync } from 'node:fs';

/** The dimensions of the test model: everything a Parakeet TDT has, as small as it can be. */
const dims = {
  vocabulary: 12,
  audioCtx: 3200,
  width: 8,
  heads: 2,
  layers: 1,
  mels: 16,
  type: 0,
  fft: 64,
  subsampling: 8,
  channels: 4,
  kernel: 3,
  prediction: 8,
  predictionLayers: 1,
  durations: 2,
  mostTokens: 5,
};
const pieces = ['<unk>', '<s>', '</s>', '▁le', '▁la', '▁chat', '▁maison', 'r', 'e', 's', '.', '?'];

/**
 * Writes a Parakeet TDT model with random weights (always the same) in the ggml format, 20 kB: what it writes means nothing, but it is
 * loaded, run and read like a real one. Layout: whisper.cpp 1.9.1, parakeet_model_load.
 */
export function writeParakeetModel(path: string): void {
  const { width, channels, prediction, vocabulary, durations, mels, fft } = dims;
  const chunks: Buffer[] = [];
  const random = createRandom(42);
  const ints = (...values: number[]) => chunks.push(Buffer.from(Int32Array.from(values).buffer));
  const floats = (count: number) => chunks.push(Buffer.from(Float32Array.from({ length: count }, random).buffer));
  /** Sizes as PyTorch counts them; the file has the fastest first. */
  const tensor = (name: string, ...sizes: number[]) => {
    const bytes = Buffer.from(name);
    ints(sizes.length, bytes.length, 0, ...sizes.toReversed());
    chunks.push(bytes);
    if (name.endsWith('running_var'))
      chunks.push(Buffer.from(Float32Array.from({ length: width }, () => Math.abs(random())).buffer));
    else if (name.endsWith('tracked')) chunks.push(Buffer.alloc(4));
    else floats(sizes.reduce((product, size) => product * size, 1));
  };

  ints(0x67676d6c, ...Object.values(dims));
  ints(mels, fft / 2 + 1);
  floats(mels * (fft / 2 + 1));
  ints(fft);
  floats(fft);
  ints(...Array.from({ length: durations }, (_, index) => index));
  ints(pieces.length);
  for (const piece of pieces) {
    const bytes = Buffer.from(piece);
    ints(bytes.length);
    chunks.push(bytes);
  }

  tensor('encoder.pre_encode.out.weight', width, (mels / dims.subsampling) * channels);
  tensor('encoder.pre_encode.out.bias', width);
  for (const [index, shape] of [
    [0, [channels, 1, 3, 3]],
    [2, [channels, 1, 3, 3]],
    [3, [channels, channels, 1, 1]],
    [5, [channels, 1, 3, 3]],
    [6, [channels, channels, 1, 1]],
  ] as const) {
    tensor(`encoder.pre_encode.conv.${index}.weight`, ...shape);
    tensor(`encoder.pre_encode.conv.${index}.bias`, 1, channels, 1, 1);
  }
  const layer = 'encoder.layers.0';
  for (const forward of [1, 2]) {
    tensor(`${layer}.norm_feed_forward${forward}.weight`, width);
    tensor(`${layer}.norm_feed_forward${forward}.bias`, width);
    tensor(`${layer}.feed_forward${forward}.linear1.weight`, 4 * width, width);
    tensor(`${layer}.feed_forward${forward}.linear2.weight`, width, 4 * width);
  }
  for (const norm of ['norm_conv', 'norm_self_att', 'norm_out']) {
    tensor(`${layer}.${norm}.weight`, width);
    tensor(`${layer}.${norm}.bias`, width);
  }
  tensor(`${layer}.conv.pointwise_conv1.weight`, 2 * width, width);
  tensor(`${layer}.conv.depthwise_conv.weight`, width, dims.kernel);
  for (const part of ['weight', 'bias', 'running_mean', 'running_var'])
    tensor(`${layer}.conv.batch_norm.${part}`, width);
  tensor(`${layer}.conv.batch_norm.num_batches_tracked`, 1);
  tensor(`${layer}.conv.pointwise_conv2.weight`, width, width);
  for (const bias of ['pos_bias_u', 'pos_bias_v']) tensor(`${layer}.self_attn.${bias}`, dims.heads, width / dims.heads);
  for (const part of ['q', 'k', 'v', 'out', 'pos']) tensor(`${layer}.self_attn.linear_${part}.weight`, width, width);

  tensor('decoder.prediction.embed.weight', vocabulary + 1, prediction);
  const lstm = 'decoder.prediction.dec_rnn.lstm';
  tensor(`${lstm}.weight_ih_l0`, 4 * prediction, prediction);
  tensor(`${lstm}.weight_hh_l0`, 4 * prediction, prediction);
  tensor(`${lstm}.bias_h_l0`, 4 * prediction);
  tensor('joint.pred.weight', prediction, prediction);
  tensor('joint.pred.bias', prediction);
  tensor('joint.enc.weight', prediction, width);
  tensor('joint.enc.bias', prediction);
  tensor('joint.joint_net.2.weight', vocabulary + durations + 1, prediction);
  // Steering pieces and the blank never win, and one frame at a time is taken: it always says something, however senseless.
  const never = -30;
  ints(1, 'joint.joint_net.2.bias'.length, 0, vocabulary + durations + 1);
  chunks.push(Buffer.from('joint.joint_net.2.bias'));
  const scores = [never, never, never, ...Array.from({ length: vocabulary - 3 }, random), never, never, -never];
  chunks.push(Buffer.from(Float32Array.from(scores).buffer));
  writeFileSync(path, Buffer.concat(chunks));
}

/** Normally distributed (Box-Muller) over a linear congruential generator (Numerical Recipes), so that every run writes the same file. */
function createRandom(seed: number): () => number {
  let state = seed;
  const uniform = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state + 1) / 4294967297;
  };
  return () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
}

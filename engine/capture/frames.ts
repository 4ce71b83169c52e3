import { samplesPerMs } from './pcm.ts';

/** One frame is 10 ms of sound. */
export const frameMs = 10;
export const frameSamples = frameMs * samplesPerMs;

/** One classified frame: mean power over the last 50 ms in dB of full scale, whether that is above the background, largest sample. */
export type Frame = { levelDb: number; loud: boolean; peak: number };

const smoothFrames = 5;
const binFrames = 10;
const windowBins = 100;
const quietestDb = -120;
/** Above the background by this much is a sound; measured on speech over noise at 25 dB, where it leaves both sides 3 dB. */
const aboveFloorDb = 9;
/** Speech holds within this much of its own loudest moments, so a loud start does not pass for background. */
const belowPeakDb = 12;
const faintestPeakDb = -40;
const faintestDb = -60;

const decibels = (power: number) => (power <= 0 ? quietestDb : Math.max(quietestDb, 10 * Math.log10(power)));

/**
 * Classifies 10 ms frames against a background level that adapts: the quietest 100 ms of the last 10 s (minimum statistics,
 * after R. Martin, "Noise power spectral density estimation", 2001, without the bias term). Deterministic: same samples, same answer.
 */
export function createFrameClassifier(): (samples: Int16Array, from: number) => Frame {
  const recentPower: number[] = [];
  const bins: number[] = [];
  let binPower = 0;
  let binCount = 0;

  const threshold = () => {
    const known = bins.length > 0 ? bins : [decibels(binPower / Math.max(1, binCount))];
    const floor = Math.min(...known);
    const loudest = Math.max(...known);
    return Math.max(faintestDb, Math.min(floor + aboveFloorDb, Math.max(loudest - belowPeakDb, faintestPeakDb)));
  };
  let limit = faintestPeakDb;

  return (samples, from) => {
    let sum = 0;
    let peak = 0;
    for (let i = from; i < from + frameSamples; i += 1) {
      const value = samples[i] ?? 0;
      sum += value * value;
      const size = Math.abs(value);
      if (size > peak) peak = size;
    }
    const power = sum / frameSamples / (32768 * 32768);
    recentPower.push(power);
    if (recentPower.length > smoothFrames) recentPower.shift();
    binPower += power;
    binCount += 1;
    if (binCount === binFrames) {
      bins.push(decibels(binPower / binFrames));
      if (bins.length > windowBins) bins.shift();
      binPower = 0;
      binCount = 0;
      limit = threshold();
    }
    const levelDb = decibels(recentPower.reduce((total, each) => total + each, 0) / recentPower.length);
    return { levelDb, loud: levelDb >= limit, peak };
  };
}

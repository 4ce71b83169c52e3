import { sampleRate } from './pcm.ts';

export const wavHeaderBytes = 44;
/** What a size field says while the file still grows; every player reads such a file to its end. */
const growing = 0xffff_ffff;

/** RIFF/WAVE header of 16 kHz mono s16le PCM. `dataBytes` null: not known yet (Microsoft, "Multimedia Programming Interface", 1991). */
export function wavHeader(dataBytes: number | null): Uint8Array {
  const header = new Uint8Array(wavHeaderBytes);
  const view = new DataView(header.buffer);
  const text = (at: number, value: string) => header.set(new TextEncoder().encode(value), at);
  text(0, 'RIFF');
  view.setUint32(4, dataBytes === null ? growing : dataBytes + wavHeaderBytes - 8, true);
  text(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, sampleRate, true);
  view.setUint32(28, sampleRate * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  text(36, 'data');
  view.setUint32(40, dataBytes ?? growing, true);
  return header;
}

/** A complete WAV file of 16 kHz mono samples. */
export function wavFile(samples: Int16Array): Uint8Array {
  const file = new Uint8Array(wavHeaderBytes + samples.length * 2);
  file.set(wavHeader(samples.length * 2));
  file.set(new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength), wavHeaderBytes);
  return file;
}

import { assertNever, VigieError } from '#shared/errors.ts';
import type { DeviceSource } from '#shared/model/device.ts';
import { soundServerEnvironment } from '../../process/spawn.ts';
import type { Feed, OpenableSource } from './feed.ts';
import { inputArguments, openFfmpegInput } from './ffmpeg-input.ts';
import type { OutsideHands } from './outside.ts';

/** What sound cards give. */
const codecs =
  'pcm_s8,pcm_u8,pcm_s16le,pcm_s16be,pcm_s24le,pcm_s24be,pcm_s32le,pcm_s32be,pcm_f32le,pcm_f32be,pcm_f64le';

/** ffmpeg's arguments for a device. The name is the value of `-i`, with the prefix that makes its system read it as sound alone. */
export function deviceArguments({ system, name }: DeviceSource): string[] {
  return inputArguments('pipe', system, codecs, ['-f', system, '-i', deviceInput({ system, name })]);
}

function deviceInput({ system, name }: Pick<DeviceSource, 'system' | 'name'>): string {
  switch (system) {
    case 'pulse':
    case 'alsa':
      return name;
    case 'avfoundation':
      return `:${name}`;
    case 'dshow':
      return `audio=${name}`;
    default:
      return assertNever(system);
  }
}

/** Linux's sound servers are found through the environment; elsewhere the system knows the devices by itself. */
export function deviceEnvironment(system: DeviceSource['system']): Record<string, string> {
  return system === 'pulse' || system === 'alsa' ? soundServerEnvironment() : {};
}

/**
 * A microphone, or what the machine plays. It is live: one that is unplugged is an outage, and is opened again for as long as nobody
 * stops it. Opening rejects with `device-failed`, `ffmpeg-lacks` or `ffmpeg-missing`.
 */
export function openableDevice(device: DeviceSource, hands: OutsideHands): OpenableSource {
  return {
    label: device.name,
    reopens: true,
    async open(signal): Promise<Feed> {
      const items = await openFfmpegInput({
        spawn: hands.spawn,
        ffmpeg: hands.inputFfmpeg(),
        args: deviceArguments(device),
        env: deviceEnvironment(device.system),
        signal,
        explain: (complaint, { exit }) =>
          new VigieError('device-failed', { device: device.name, detail: complaint || `ffmpeg: ${exit}` }),
      });
      return { kind: 'live', durationMs: null, targetDurationMs: null, items };
    },
  };
}

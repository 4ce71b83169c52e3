import { isVigieError, VigieError } from '#shared/errors.ts';
import type { Device, DeviceSystem, DeviceTrouble } from '#shared/model/device.ts';
import type { Clock } from '../base/clock.ts';
import { runProgram } from '../process/run-program.ts';
import type { Spawn } from '../process/spawn.ts';
import { deviceEnvironment } from './source/device-source.ts';
import { listArguments, readDevices, systemsOf } from './source/device-list.ts';
import { complaintIn, lackOf } from './source/ffmpeg-input.ts';

export type DevicesService = {
  /** Asks each sound system of this machine for its devices. @throws VigieError `ffmpeg-missing` */
  list(signal?: AbortSignal): Promise<{ items: Device[]; troubles: DeviceTrouble[]; ffmpeg: string }>;
};

const listMs = 15_000;
const mostBytes = 256 * 1024;

export function createDevicesService(deps: {
  spawn: Spawn;
  clock: Clock;
  platform: NodeJS.Platform;
  inputFfmpeg(): string;
}): DevicesService {
  async function ask(ffmpeg: string, system: DeviceSystem, signal?: AbortSignal) {
    const trouble = (problem: DeviceTrouble['problem'], detail: string) => ({
      items: [],
      troubles: [{ system, problem, detail }],
    });
    try {
      const { stdout, stderr } = await runProgram({
        spawn: deps.spawn,
        clock: deps.clock,
        name: 'ffmpeg',
        binary: ffmpeg,
        args: listArguments(system),
        options: { env: deviceEnvironment(system) },
        limitMs: listMs,
        maxBytes: mostBytes,
        missing: (cause) => new VigieError('ffmpeg-missing', { path: ffmpeg }, { cause }),
        signal,
      });
      const report = stderr.split(/\r?\n/);
      const items = readDevices(system, `${stdout}\n${stderr}`);
      if (items.length > 0) return { items, troubles: [] };
      // `-sources` of a system that was not built in prints nothing at all.
      const silent = stdout.trim() === '' && (system === 'pulse' || system === 'alsa');
      if (silent || lackOf(report) !== null) return trouble('ffmpeg-lacks', '');
      return trouble('none-found', complaintIn(report));
    } catch (error) {
      if (isVigieError(error, 'timed-out') || isVigieError(error, 'too-large')) return trouble('failed', error.code);
      throw error;
    }
  }

  return {
    async list(signal) {
      const ffmpeg = deps.inputFfmpeg();
      const answers = [];
      for (const system of systemsOf(deps.platform)) answers.push(await ask(ffmpeg, system, signal));
      return {
        items: answers.flatMap(({ items }) => items),
        troubles: answers.flatMap(({ troubles }) => troubles),
        ffmpeg,
      };
    },
  };
}

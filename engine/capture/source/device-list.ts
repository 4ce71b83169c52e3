import type { Device, DeviceSystem } from '#shared/model/device.ts';
import { isDeviceName } from '#shared/model/device.ts';

/** The sound systems of a platform, best first. */
export function systemsOf(platform: NodeJS.Platform): DeviceSystem[] {
  if (platform === 'win32') return ['dshow'];
  if (platform === 'darwin') return ['avfoundation'];
  return platform === 'linux' ? ['pulse', 'alsa'] : [];
}

/** Arguments that make ffmpeg name the devices of a system. */
export function listArguments(system: DeviceSystem): string[] {
  if (system === 'pulse' || system === 'alsa') return ['-hide_banner', '-sources', system];
  const input = system === 'dshow' ? 'dummy' : '';
  return ['-nostdin', '-hide_banner', '-f', system, '-list_devices', 'true', '-i', input];
}

/** The devices in what ffmpeg printed (stdout for `-sources`, its log for the others). Names that could not be opened safely are left out. */
export function readDevices(system: DeviceSystem, printed: string): Device[] {
  const lines = printed.split(/\r?\n/);
  const found = system === 'dshow' ? dshow(lines) : system === 'avfoundation' ? avfoundation(lines) : sources(lines);
  return found
    .filter(({ name }) => isDeviceName(system, name))
    .map(({ name, label, preferred }) => ({
      system,
      name,
      label,
      preferred,
      monitor: isMonitor(system, name, label),
      reference: `device:${system}:${name}`,
    }));
}

type Found = { name: string; label: string; preferred: boolean };

/**
 * `* name [description]`, from ffmpeg 5 on followed by `(audio)`; the star marks the preferred one (cmdutils.c, print_device_list).
 * ALSA's `null` is silence.
 */
function sources(lines: readonly string[]): Found[] {
  return lines.flatMap((line) => {
    const [, star, name, label] = /^([* ]) (\S+) \[(.*?)\](?: \([a-z, ]*\))?$/.exec(line) ?? [];
    return name === undefined || name === 'null' ? [] : [{ name, label: label || name, preferred: star === '*' }];
  });
}

/** `[AVFoundation input device @ 0x…] [0] Built-in Microphone` after a heading for the audio devices (avfoundation.m). */
function avfoundation(lines: readonly string[]): Found[] {
  const start = lines.findIndex((line) => /AVFoundation audio devices:/.test(line));
  if (start === -1) return [];
  return lines.slice(start + 1).flatMap((line) => {
    const name = /^\[AVFoundation [^\]]*\] \[\d+\] (.+)$/.exec(line)?.[1];
    return name === undefined ? [] : [{ name, label: name, preferred: false }];
  });
}

/**
 * `[dshow @ …] "Microphone"`, then its unique alternative name; audio devices stand under their heading, or, from ffmpeg 5 on, carry
 * `(audio)` (dshow.c, dshow_cycle_devices).
 */
function dshow(lines: readonly string[]): Found[] {
  const found: Found[] = [];
  let underAudio = false;
  let taken = false;
  for (const line of lines) {
    if (/DirectShow (audio|video) devices/.test(line)) underAudio = line.includes('DirectShow audio');
    const alternative = /Alternative name "([^"]+)"/.exec(line)?.[1];
    const last = found.at(-1);
    if (alternative !== undefined) {
      if (taken && last) last.name = alternative;
      continue;
    }
    const [, label, kinds] = /^\[dshow @ [^\]]*\]\s+"([^"]+)"(?: \(([a-z, ]+)\))?$/.exec(line) ?? [];
    if (label === undefined) continue;
    taken = kinds === undefined ? underAudio : kinds.includes('audio');
    if (taken) found.push({ name: label, label, preferred: false });
  }
  return found;
}

/** What plays rather than hears: PulseAudio's monitors, and what people install where the system offers none. */
function isMonitor(system: DeviceSystem, name: string, label: string): boolean {
  if (system === 'pulse') return name.endsWith('.monitor');
  return /blackhole|soundflower|loopback|stereo mix|mixage stéréo|what u hear|virtual-audio-capturer/i.test(label);
}

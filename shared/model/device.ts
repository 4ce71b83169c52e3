import { z } from 'zod';

/** The sound systems that devices are opened through, by the names of ffmpeg's input devices. */
export const deviceSystems = ['pulse', 'alsa', 'avfoundation', 'dshow'] as const;
export type DeviceSystem = (typeof deviceSystems)[number];

/**
 * Names that each system takes for nothing but a device. ALSA reads some names as programs (`file:'|command'`), the others split them at
 * colons; what is not on this list is refused.
 */
const nameShapes: Record<DeviceSystem, RegExp> = {
  pulse: /^[\p{L}\p{N}@_][\p{L}\p{N}@_.+=:,~-]*$/u,
  alsa: /^([A-Za-z0-9_]+|(hw|plughw|dsnoop|sysdefault|front|default):[A-Za-z0-9_=,]+)$/,
  avfoundation: /^[^\p{C}:"'-][^\p{C}:"]*$/u,
  dshow: /^[^\p{C}:"'-][^\p{C}:"]*$/u,
};

export function isDeviceName(system: DeviceSystem, name: string): boolean {
  return name.length <= 300 && nameShapes[system].test(name);
}

export const deviceSource = z
  .object({ kind: z.literal('device'), system: z.enum(deviceSystems), name: z.string() })
  .refine(({ system, name }) => isDeviceName(system, name));
export type DeviceSource = z.infer<typeof deviceSource>;

/** `device:<system>:<name>`, as `vigie devices` prints it; null when the text is something else. */
export function deviceReference(text: string): DeviceSource | 'unusable' | null {
  const [, system, name] = /^device:([a-z0-9]+):(.*)$/s.exec(text) ?? [];
  if (system === undefined) return null;
  const parsed = deviceSource.safeParse({ kind: 'device', system, name });
  return parsed.success ? parsed.data : 'unusable';
}

/** A device that can be listened to, as the system lists it. */
export const device = z.object({
  system: z.enum(deviceSystems),
  name: z.string(),
  /** As the system shows it to people. */
  label: z.string(),
  /** What the machine plays, not what a microphone hears. */
  monitor: z.boolean(),
  /** The one that the system takes when none is named. */
  preferred: z.boolean(),
  /** What `watch` takes. */
  reference: z.string(),
});
export type Device = z.infer<typeof device>;

/** Why a sound system lists nothing. `ffmpeg-lacks`: this ffmpeg was built without it; `none-found`: it has no device. */
export const deviceProblems = ['ffmpeg-lacks', 'none-found', 'failed'] as const;
export const deviceTrouble = z.object({
  system: z.enum(deviceSystems),
  problem: z.enum(deviceProblems),
  detail: z.string(),
});
export type DeviceTrouble = z.infer<typeof deviceTrouble>;

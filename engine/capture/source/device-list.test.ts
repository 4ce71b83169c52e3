import { expect, test } from 'vitest';
import { deviceArguments } from './device-source.ts';
import { listArguments, readDevices, systemsOf } from './device-list.ts';

const brief = (system: Parameters<typeof readDevices>[0], printed: string) =>
  readDevices(system, printed).map(({ reference, label, monitor, preferred }) => [
    reference,
    label,
    monitor,
    preferred,
  ]);

test('PulseAudio: microphones and monitors, from an ffmpeg of 2018 and of 2025', () => {
  const printed = (kinds: string) =>
    [
      'Auto-detected sources for pulse:',
      `* alsa_output.pci-0000_00_1f.3.analog-stereo.monitor [Monitor of Audio interne Stéréo analogique]${kinds}`,
      `  alsa_input.usb-Blue_Yeti-00.analog-stereo [Yeti Stéréo [USB]]${kinds}`,
      `  bad;name [x]${kinds}`,
      '',
    ].join('\n');
  const expected = [
    [
      'device:pulse:alsa_output.pci-0000_00_1f.3.analog-stereo.monitor',
      'Monitor of Audio interne Stéréo analogique',
      true,
      true,
    ],
    ['device:pulse:alsa_input.usb-Blue_Yeti-00.analog-stereo', 'Yeti Stéréo [USB]', false, false],
  ];
  expect(brief('pulse', printed(''))).toEqual(expected);
  expect(brief('pulse', printed(' (audio)'))).toEqual(expected);
});

test('ALSA: silence is no device, and a name that would run a program is left out', () => {
  const printed = [
    'Auto-detected sources for alsa:',
    '  null [Discard all samples (playback) or generate zero samples (capture)]',
    '  sysdefault:CARD=PCH [HDA Intel PCH, ALC257 Analog]',
    "  file:FILE='|x' [Tee]",
    '  plughw:CARD=Yeti,DEV=0 [Yeti, USB Audio]',
  ].join('\n');
  expect(brief('alsa', printed)).toEqual([
    ['device:alsa:sysdefault:CARD=PCH', 'HDA Intel PCH, ALC257 Analog', false, false],
    ['device:alsa:plughw:CARD=Yeti,DEV=0', 'Yeti, USB Audio', false, false],
  ]);
});

test('macOS: what stands under the audio heading', () => {
  const printed = [
    '[AVFoundation input device @ 0x7f8] AVFoundation video devices:',
    '[AVFoundation input device @ 0x7f8] [0] FaceTime HD Camera',
    '[AVFoundation input device @ 0x7f8] AVFoundation audio devices:',
    '[AVFoundation input device @ 0x7f8] [0] Micro MacBook Pro',
    '[AVFoundation indev @ 0x7f8] [1] BlackHole 2ch',
    ': Input/output error',
  ].join('\n');
  expect(brief('avfoundation', printed)).toEqual([
    ['device:avfoundation:Micro MacBook Pro', 'Micro MacBook Pro', false, false],
    ['device:avfoundation:BlackHole 2ch', 'BlackHole 2ch', true, false],
  ]);
});

test('Windows: audio devices by their unique name, old and new listings', () => {
  const unique = '@device_cm_{33D9A762-90C8-11D0-BD43-00A0C911CE86}\\wave_{3F1B}';
  const old = [
    '[dshow @ 0001] DirectShow video devices (some may be both video and audio devices)',
    '[dshow @ 0001]  "Integrated Camera"',
    '[dshow @ 0001]     Alternative name "@device_pnp_\\\\?\\usb#vid"',
    '[dshow @ 0001] DirectShow audio devices',
    '[dshow @ 0001]  "Microphone (Realtek(R) Audio)"',
    `[dshow @ 0001]     Alternative name "${unique}"`,
    'dummy: Immediate exit requested',
  ].join('\r\n');
  const modern = [
    '[dshow @ 0001] "Integrated Camera" (video)',
    '[dshow @ 0001]   Alternative name "@device_pnp_\\\\?\\usb#vid"',
    '[dshow @ 0001] "Microphone (Realtek(R) Audio)" (audio)',
    `[dshow @ 0001]   Alternative name "${unique}"`,
  ].join('\n');
  const expected = [[`device:dshow:${unique}`, 'Microphone (Realtek(R) Audio)', false, false]];
  expect(brief('dshow', old)).toEqual(expected);
  expect(brief('dshow', modern)).toEqual(expected);
});

test.each(['pulse', 'alsa', 'avfoundation', 'dshow'] as const)('%s: nothing to read is no device', (system) => {
  expect(readDevices(system, '')).toEqual([]);
  expect(readDevices(system, '\u0000\u0001"[dshow @ ] "\n[0] x')).toEqual([]);
});

test('each platform is asked in its own way; the name is one argument behind -i', () => {
  expect(systemsOf('linux')).toEqual(['pulse', 'alsa']);
  expect(systemsOf('darwin').map(listArguments)).toEqual([
    ['-nostdin', '-hide_banner', '-f', 'avfoundation', '-list_devices', 'true', '-i', ''],
  ]);
  expect(systemsOf('freebsd')).toEqual([]);
  const inputs = (
    [
      ['pulse', 'default'],
      ['alsa', 'hw:0,0'],
      ['avfoundation', 'Micro'],
      ['dshow', 'Micro (USB)'],
    ] as const
  ).map(([system, name]) => {
    const args = deviceArguments({ kind: 'device', system, name });
    expect(args[args.indexOf('-protocol_whitelist') + 1]).toBe('pipe');
    expect(args[args.indexOf('-format_whitelist') + 1]).toBe(system);
    return args.slice(args.indexOf('-f'), args.indexOf('-vn'));
  });
  expect(inputs).toEqual([
    ['-f', 'pulse', '-i', 'default'],
    ['-f', 'alsa', '-i', 'hw:0,0'],
    ['-f', 'avfoundation', '-i', ':Micro'],
    ['-f', 'dshow', '-i', 'audio=Micro (USB)'],
  ]);
});

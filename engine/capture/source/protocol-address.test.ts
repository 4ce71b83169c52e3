import { expect, test } from 'vitest';
import { complaintIn, lackOf } from './ffmpeg-input.ts';
import { protocolInput } from './protocol-address.ts';

const v4 = { address: '93.184.216.34', family: 4 };
const v6 = { address: '2606:2800::1', family: 6 };

test.each([
  [
    'rtmp',
    'rtmp://a.example:1935/live/key?t=1',
    v4,
    [
      '-rw_timeout',
      '30000000',
      '-rtmp_tcurl',
      'rtmp://a.example:1935/live',
      '-i',
      'rtmp://93.184.216.34:1935/live/key?t=1',
    ],
  ],
  [
    'rtmp',
    'rtmp://a.example/app/instance/key',
    v6,
    [
      '-rw_timeout',
      '30000000',
      '-rtmp_tcurl',
      'rtmp://a.example/app/instance',
      '-i',
      'rtmp://[2606:2800::1]/app/instance/key',
    ],
  ],
  ['rtmps', 'rtmps://a.example/live/key', v4, ['-rw_timeout', '30000000', '-i', 'rtmps://a.example/live/key']],
  [
    'rtsp',
    'rtsp://me:p%40ss@a.example/cam',
    v4,
    ['-rtsp_transport', 'tcp', '-i', 'rtsp://me:p%40ss@93.184.216.34/cam'],
  ],
  ['srt', 'srt://a.example:9000?streamid=x', v4, ['-i', 'srt://93.184.216.34:9000?streamid=x']],
] as const)('%s: %s goes to the judged address', (scheme, url, address, expected) => {
  expect(protocolInput(scheme, new URL(url), address)).toEqual(expected);
});

test.each([
  [["[fatal] Unknown input format: 'pulse'"], 'pulse'],
  [['[error] srt://127.0.0.1:9999: Protocol not found', '[error] Did you mean file:srt://127.0.0.1:9999?'], 'srt'],
  [['[alsa @ 0x35] [error] cannot open audio device hw:0 (No such file or directory)'], null],
])('%j lacks %s', (report, what) => {
  expect(lackOf(report)).toBe(what);
});

test('a complaint keeps its sense and loses the address, where keys stand', () => {
  const complaint = complaintIn([
    '[info] Input #0',
    '[tcp @ 0x28] [error] Connection to tcp://127.0.0.1:1 failed: Connection refused',
    '[rtmp @ 0x28] [error] Cannot open connection tcp://127.0.0.1:1',
    '[error] rtmp://127.0.0.1:1/live/s3cr3t: Connection refused',
  ]);
  expect(complaint).toMatch(/Connection refused/);
  expect(complaint).not.toMatch(/s3cr3t|:\/\//);
  expect(complaintIn(['[alsa @ 0x35] [error] cannot open audio device hw:0 (No such file or directory)'])).toBe(
    'cannot open audio device hw:0 (No such file or directory)',
  );
});

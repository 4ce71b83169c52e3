import { expect, test } from 'vitest';
import { readResolver, resolverArguments } from './external-output.ts';

const said = (stdout: string, exit = 0, stderr = '') => ({ exit, stdout, stderr });

test('the page comes last, after what ends the options', () => {
  for (const tool of ['yt-dlp', 'streamlink'] as const) {
    const args = resolverArguments(tool, 'https://a.example/-x');
    expect(args[args.indexOf('--') + 1]).toBe('https://a.example/-x');
    expect(args[0]).toMatch(/^--(ignore-config|no-config)$/);
    expect(args.join(' ')).not.toMatch(/cookies|exec|output/);
  }
});

test.each([
  ['yt-dlp', said('https://cdn.example/a.m3u8?k=1\n'), 'https://cdn.example/a.m3u8?k=1'],
  ['yt-dlp', said('https://cdn.example/v\nhttps://cdn.example/a\n'), 'https://cdn.example/v'],
  ['streamlink', said('{"type":"hls","url":"https://cdn.example/a.m3u8"}'), 'https://cdn.example/a.m3u8'],
] as const)('%s answers', (tool, answer, found) => {
  expect(readResolver(tool, answer)).toEqual({ found });
});

test.each([
  ['yt-dlp', said('file:///etc/passwd\n'), false],
  ['yt-dlp', said('--exec rm\n'), false],
  ['yt-dlp', said('rtmp://a.example/x\n'), false],
  ['yt-dlp', said(`https://a.example/${'x'.repeat(9000)}\n`), false],
  ['yt-dlp', said('https://\n'), false],
  ['yt-dlp', said('\n\n'), false],
  ['yt-dlp', said('https://a.example/x\n', 1), false],
  ['yt-dlp', said('', 1, 'WARNING: x\nERROR: [tiktok:live] abc: The channel is not currently live\n'), true],
  ['yt-dlp', said('', 1, 'ERROR: Unable to download webpage: <urlopen error timed out>\n'), false],
  ['streamlink', said('{"error":"No playable streams found on this URL: https://a.example/k"}', 1), true],
  ['streamlink', said('{"url":{"a":1}}'), false],
  ['streamlink', said('{"url":"javascript:alert(1)"}'), false],
  ['streamlink', said('[]'), false],
  ['streamlink', said('null'), false],
  ['streamlink', said('{"url":'), false],
  ['streamlink', said(''), false],
] as const)('%s: %j is no stream; gone: %s', (tool, answer, gone) => {
  const read = readResolver(tool, answer);
  expect(read).toMatchObject({ found: null, gone });
  expect(JSON.stringify(read)).not.toMatch(/a\.example/);
});

import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Finished, type JsonLine, jsonLines, temporaryFolder, vigie } from './run-vigie.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let demo: Finished;
let lines: JsonLine[];
const out = () => path.join(folder.path, 'out');
const data = () => path.join(folder.path, 'data');
const of = (type: string) => lines.filter((line) => line.type === type);

beforeAll(async () => {
  folder = await temporaryFolder();
  demo = await vigie(['demo', '--fast', '--json', '--data', data(), '--out', out()]);
  lines = jsonLines(demo.stdout);
}, 600_000);
afterAll(() => folder.remove());

describe('the demo, played as fast as the machine can', { timeout: 120_000 }, () => {
  it('ends well', () => {
    expect(demo.stderr).not.toMatch(/ {4}at /);
    expect(demo.code).toBe(0);
  });

  it('writes down what is said: at most 3 % of the words are wrong', () => {
    const { reference } = of('end')[0]!.demo as { reference: { wer: number; referenceWords: number } };
    expect(reference.referenceWords).toBeGreaterThan(250);
    expect(reference.wer).toBeLessThanOrEqual(0.03);
  });

  it('alerts on every hostile sentence and on no neutral one', () => {
    expect(of('end')[0]!.demo).toMatchObject({
      reference: { hostile: 5, hostileAlerted: 5, hostileMissed: [], neutralAlerted: 0, neutralAlertedTexts: [] },
    });
  });

  it('tells every segment once, in order, each followed by its verdict', () => {
    expect(of('segment').map(({ number }) => number)).toEqual(of('segment').map((_, index) => index + 1));
    expect(of('live')).toHaveLength(1);
    expect(of('end')).toHaveLength(1);
    for (const segment of of('segment').filter(({ state }) => state === 'written')) {
      const next = lines[lines.indexOf(segment) + 1];
      expect(next).toMatchObject({ type: 'verdict', number: segment.number, score: segment.score, revised: false });
    }
  });

  it('has the documented fields, and scores with two decimals', async () => {
    const manual = await readFile(path.resolve(import.meta.dirname, '../../docs/command-line.md'), 'utf8');
    for (const [, type, cell] of manual.matchAll(/^\| `(live|segment|verdict|alert|end|export)` \| (.*) \|$/gm)) {
      const names = [...cell!.matchAll(/`([^`]+)`/g)][0]![1]!.split(', ');
      for (const line of of(type!)) expect(Object.keys(line)).toEqual(expect.arrayContaining(names));
      expect([type, of(type!).length > 0]).toEqual([type, true]);
    }
    for (const [, score] of demo.stdout.matchAll(/"(?:score|maxScore)":([^,}]+)/g))
      expect(score).toMatch(/^(null|[01]\.\d\d)$/);
  });

  it('gives alerts their reason, quoted words and a sentence why', () => {
    expect(of('alert').length).toBeGreaterThan(0);
    for (const alert of of('alert')) {
      expect(alert).toMatchObject({ status: 'pending', reasons: expect.arrayContaining([expect.any(String)]) });
      expect(alert.justification).not.toMatch(/reason\.|{{/);
      for (const quote of alert.quotes as string[]) expect(alert.text).toContain(quote);
    }
  });

  it('writes the five files', async () => {
    expect(of('export').map(({ format }) => format)).toEqual(['pdf', 'srt', 'vtt', 'csv', 'json']);
    for (const { path: file, sizeBytes } of of('export')) expect((await stat(file as string)).size).toBe(sizeBytes);
    expect((await readFile(path.join(out(), 'vigie-demo.pdf'))).subarray(0, 5).toString()).toBe('%PDF-');
  });

  it('leaves a folder that the next commands work on', async () => {
    const listed = jsonLines((await vigie(['alerts', '--status', 'pending', '--json', '--data', data()])).stdout);
    expect(listed.map(({ alertId }) => alertId).toSorted()).toEqual(
      of('alert')
        .map(({ alertId }) => alertId)
        .toSorted(),
    );
    const alertId = listed[0]!.alertId as string;

    const decided = await vigie([
      'decide',
      alertId,
      'dismiss',
      '--reason',
      'misheard',
      '--note',
      'à revoir',
      '--json',
      '--data',
      data(),
    ]);
    expect(decided.code).toBe(0);
    const [decision] = jsonLines(decided.stdout);
    expect(decision).toMatchObject({
      type: 'decision',
      alertId,
      verdict: 'dismiss',
      status: 'dismissed',
      reason: 'misheard',
      note: 'à revoir',
    });

    const again = await vigie(['decide', alertId, 'action', '--data', data()]);
    expect(again.code).toBe(7);
    expect(again.stderr).toMatch(/Already/);

    const undone = await vigie(['undo', decision!.decisionId as string, '--json', '--data', data()]);
    expect(jsonLines(undone.stdout)).toEqual([
      expect.objectContaining({ alertId, status: 'pending', undoneAt: expect.any(Number) }),
    ]);

    const person = await vigie(['lives', '--data', data(), '--locale', 'fr']);
    expect(person.stdout).toMatch(/Live de cuisine|Cooking live/i);
    expect(person.code).toBe(0);
  });
});

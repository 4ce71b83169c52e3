import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { demoLive, resourcesDir } from '../support/engine-options.ts';
import { jsonLines, temporaryFolder, vigie } from './run-vigie.ts';

test(
  'a rule is written, tried, replayed on a real live, enabled, and raises alerts',
  { timeout: 120_000 },
  async () => {
    const folder = await temporaryFolder();
    try {
      const env = { VIGIE_DATA: path.join(folder.path, 'data') };
      const run = (...args: string[]) => vigie(args, { env, cwd: folder.path });
      const json = async (...args: string[]) => jsonLines((await run(...args, '--json')).stdout);

      const definition = ['--words', 'tarte, pomme*', '--not-words', 'sucre', '--lane', 'urgent', '--note', 'essai'];
      expect(await json('rules', 'add', 'Tarte', ...definition)).toMatchObject([
        {
          type: 'rule',
          done: 'added',
          name: 'Tarte',
          state: 'draft',
          version: 1,
          lane: 'urgent',
          when: [
            [{ kind: 'words', not: false, values: ['tarte', 'pomme*'] }],
            [{ kind: 'words', not: true, values: ['sucre'] }],
          ],
        },
      ]);
      expect(await json('rules', 'try', 'tarte', 'les POMMES')).toMatchObject([
        {
          type: 'rule-try',
          matches: true,
          answers: [[{ met: true, quotes: ['POMMES'] }], [{ met: true, quotes: [] }]],
        },
      ]);
      await run('transcribe', demoLive, '--format', 'txt');
      const replayed = await json('rules', 'replay', 'Tarte');
      const hits = replayed.filter(({ type }) => type === 'rule-hit');
      const end = replayed.at(-1);
      expect(end).toMatchObject({ type: 'rule-replay', whole: true, matched: hits.length, version: 1 });
      expect(hits.length).toBeGreaterThan(1);
      expect(
        hits.every(({ quotes }) => (quotes as { text: string }[]).every(({ text }) => /^(tarte|pommes?)$/i.test(text))),
      ).toBe(true);
      expect(
        await json('alerts').then((alerts) => alerts.filter(({ reasons }) => `${String(reasons)}`.includes('rule'))),
      ).toEqual([]);

      const [told, enabled] = await json('rules', 'enable', 'Tarte');
      expect(told).toEqual(end);
      expect(enabled).toMatchObject({
        type: 'rule',
        done: 'enabled',
        state: 'active',
        running: { version: 1, hits: 0 },
      });
      await run('transcribe', demoLive, '--format', 'txt');
      const raised = (await json('alerts', '--limit', '100')).filter(({ rules }) => (rules as unknown[]).length > 0);
      expect(raised).toHaveLength(hits.length);
      expect(raised[0]).toMatchObject({ lane: 'urgent', rules: [{ name: 'Tarte', version: 1, outcome: 'alert' }] });
      expect(await json('rules', 'hits', 'Tarte')).toHaveLength(hits.length);
      expect((await run('alerts', '--locale', 'fr')).stdout).toContain('Règle «\u202fTarte\u202f», version 1');

      expect(await json('rules', 'disable', 'Tarte')).toMatchObject([
        { done: 'disabled', state: 'draft', running: null },
      ]);
      const removed = await run('rules', 'remove', 'Tarte');
      const [, id] = /rules restore (\S+)/.exec(removed.stderr) ?? [];
      expect(await json('rules', 'restore', id!)).toMatchObject([{ done: 'restored', name: 'Tarte' }]);
    } finally {
      await folder.remove();
    }
  },
);

test('rules come from a file and go into one; a wrong line is named and keeps all out', async () => {
  const folder = await temporaryFolder();
  try {
    const env = { VIGIE_DATA: path.join(folder.path, 'data') };
    const run = (...args: string[]) => vigie(args, { env, cwd: folder.path });
    const taken = await run('rules', 'import', path.join(resourcesDir, 'rules', 'threats.en.yml'), '--json');
    expect(jsonLines(taken.stdout)).toMatchObject([
      { type: 'bank', done: 'added', name: 'Threats (English)', usedBy: 1 },
      { type: 'rule', done: 'added', name: 'Direct threats', state: 'draft' },
    ]);
    await run('rules', 'export', '--out', 'out.yml');
    expect(jsonLines((await run('rules', 'import', 'out.yml', '--json')).stdout)).toMatchObject([
      { done: 'same' },
      { done: 'same' },
    ]);
    await writeFile(
      path.join(folder.path, 'bad.yml'),
      'format: vigie-rules/1\nrules:\n  - name: x\n    when:\n      - bank: y\n      - words: ["a*b"]\n',
    );
    const refused = await run('rules', 'import', 'bad.yml', '--locale', 'fr');
    expect(refused.code).toBe(3);
    expect(refused.stderr).toMatch(
      /ligne 5 \(rules\[0\].when\[0\].bank\), il n’y a pas de banque «\u202fy\u202f»\u202f; ligne 6/,
    );
    expect((await run('rules', 'import', 'nowhere.yml')).code).toBe(3);
    expect((await run('rules', 'show', 'nowhere')).code).toBe(7);
    expect((await run('rules', 'add', 'empty')).code).toBe(2);
  } finally {
    await folder.remove();
  }
});

import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { jsonLines, temporaryFolder, vigie } from './run-vigie.ts';

/** Two that the rules see, one attack on nobody in particular, and one kind word. */
const cases = `case_id,functionality,test_case,label_gold,target_ident,templ_id
a,derog,"Il faut chasser tous les étrangers, dehors",hateful,immigrants,1
b,neutral,"Bonjour, comment allez-vous aujourd'hui ?",non-hateful,,2
c,neutral,Le gouvernement est corrompu et incompétent,non-hateful,,3
d,allusion,Ces gens-là savent très bien ce qu'ils font,hateful,,4
`;

test('labelled cases are weighed, the figures kept, and every wrong answer shown when asked for', async () => {
  const folder = await temporaryFolder();
  try {
    const file = path.join(folder.path, 'cas.csv');
    await writeFile(file, cases);
    const run = await vigie(['evaluate', file, '--language', 'fr', '--misses', '--json'], {
      env: { VIGIE_DATA: path.join(folder.path, 'data') },
    });
    expect(run).toMatchObject({ code: 0 });
    const [found, ...misses] = jsonLines(run.stdout);
    expect(found).toMatchObject({
      type: 'evaluation',
      name: 'cas.csv',
      engine: 'embedded',
      language: 'fr',
      cases: 4,
      accuracy: 0.75,
      recall: 0.5,
      specificity: 1,
      functionalities: [
        { name: 'allusion', cases: 1, right: 0 },
        { name: 'derog', cases: 1, right: 1 },
        { name: 'neutral', cases: 2, right: 2 },
      ],
    });
    expect(misses).toMatchObject([{ type: 'evaluation-miss', line: 5, caseId: 'd', template: '4', hateful: true }]);
  } finally {
    await folder.remove();
  }
});

test('cases that cannot be read are refused with the line and the reason', async () => {
  const folder = await temporaryFolder();
  try {
    const file = path.join(folder.path, 'cas.csv');
    await writeFile(file, cases.replace('non-hateful,,3', 'peut-être,,3'));
    const run = await vigie(['evaluate', file, '--locale', 'fr'], {
      env: { VIGIE_DATA: path.join(folder.path, 'data') },
    });
    expect(run).toMatchObject({ code: 3 });
    expect(run.stderr).toMatch(/ligne 4, «\u202fpeut-être\u202f» n’est pas une étiquette connue/);
  } finally {
    await folder.remove();
  }
});

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { EngineClient } from '#shared/contract/index.ts';
import type { Fact } from '#shared/model/fact.ts';
import type { TranscriptDocument } from '#shared/model/transcript-document.ts';
import { demoLive } from '../support/engine-options.ts';
import { command, temporaryEngine } from '../support/temporary-engine.ts';

async function writtenLive() {
  const { engine } = await temporaryEngine();
  const client = engine.client();
  const { liveId } = await client.lives.watch({ source: demoLive, account: 'lea', commandId: command() });
  await engine.drain();
  const { items: segments } = await client.lives.segments({ liveId });
  return { engine, client, liveId, segments };
}

async function factsOf(client: EngineClient): Promise<Fact[]> {
  const facts: Fact[] = [];
  for await (const event of await client.feed.subscribe({ after: 0 })) {
    if (event.type === 'caught-up') break;
    if (event.type === 'fact') facts.push(event.fact);
  }
  return facts;
}

async function exported(
  client: EngineClient,
  engine: { drain(): Promise<void> },
  liveId: string,
  format: 'json' | 'txt' | 'csv' | 'srt' | 'pdf',
) {
  const { exportId } = await client.exports.start({ liveId, format, commandId: command() });
  await engine.drain();
  const { path } = await client.exports.get({ exportId });
  return readFileSync(path!);
}

test('notes, corrections, search and exports of one live', { timeout: 120_000 }, async () => {
  const { engine, client, liveId, segments } = await writtenLive();

  // A bookmark, a note, a change, a removal with its way back.
  const bookmark = await client.notes.add({ liveId, atMs: 90_000, commandId: command() });
  const commandId = command();
  const added = await client.notes.add({ liveId, atMs: 12_000, text: '  à revoir avec Sofia ', commandId });
  expect(await client.notes.add({ liveId, atMs: 12_000, text: 'à revoir avec Sofia', commandId })).toEqual(added);
  expect(added).toMatchObject({ text: 'à revoir avec Sofia', version: 1, atMs: 12_000 });
  const changed = await client.notes.change({
    noteId: added.id,
    text: 'vu avec Sofia',
    basedOn: 1,
    commandId: command(),
  });
  await expect(
    client.notes.change({ noteId: added.id, text: 'autre', basedOn: 1, commandId: command() }),
  ).rejects.toMatchObject({ code: 'note-changed', data: { by: changed.by } });
  await client.notes.remove({ noteId: added.id, commandId: command() });
  expect((await client.notes.list({ liveId })).items).toEqual([bookmark]);
  expect(await client.notes.restore({ noteId: added.id, commandId: command() })).toEqual(changed);
  expect((await client.notes.list({ liveId })).items.map(({ atMs }) => atMs)).toEqual([12_000, 90_000]);

  // A correction beside the recogniser's text, which keeps its verdict; taken back and put again.
  const original = segments.find(({ text }) => text.includes('sucre'))!;
  const correct = (text: string | null, basedOn: number) =>
    client.notes.editSegment({ segmentId: original.id, text, basedOn, commandId: command() });
  const edited = await correct('ajoutez du sucre dans la brioche.', 0);
  expect(edited).toMatchObject({
    text: original.text,
    verdict: original.verdict,
    edited: { text: 'ajoutez du sucre dans la brioche.', version: 1 },
  });
  await expect(correct('autre chose', 0)).rejects.toMatchObject({ code: 'text-changed' });
  expect((await correct(null, 1)).edited).toBeNull();
  expect((await correct('ajoutez du sucre dans la brioche.', 2)).edited?.version).toBe(3);
  expect(await client.notes.edits({ segmentId: original.id })).toMatchObject({
    original: original.text,
    items: [{ version: 3, text: 'ajoutez du sucre dans la brioche.' }, { version: 2, text: null }, { version: 1 }],
  });

  // Both readings are found, with what was found; and only where it was asked for.
  const find = (text: string, more: object = {}) => client.lives.search({ text, ...more });
  const [hit] = (await find('brioche')).items;
  expect(hit).toMatchObject({ id: original.id, liveId, account: 'lea', marks: [] });
  expect(hit!.editedMarks.map(({ start, end }) => hit!.edited!.text.slice(start, end))).toEqual(['brioche']);
  expect((await find('"sucre dans la tarte"')).items.map(({ id }) => id)).toEqual([original.id]);
  expect((await find('brioche', { account: 'LEA', language: 'fr', liveId })).items).toHaveLength(1);
  expect((await find('brioche', { band: 'eleve' })).items).toEqual([]);
  expect((await find('brioche', { caseId: command() })).items).toEqual([]);
  const all = (await find('le', { limit: 200 })).items.map(({ number }) => number);
  const paged: number[] = [];
  for (let before: number | undefined; ;) {
    const page = await find('le', { limit: 3, before });
    paged.push(...page.items.map(({ number }) => number));
    if (page.next === null) break;
    before = page.next;
  }
  expect(paged).toEqual(all);
  expect(all).toEqual(all.toSorted((a, b) => b - a));

  // The record says both, and who; subtitles say what was corrected.
  const document = JSON.parse((await exported(client, engine, liveId, 'json')).toString()) as TranscriptDocument;
  expect(document.notes.map(({ text }) => text)).toEqual(['vu avec Sofia', '']);
  expect(document.segments.find(({ id }) => id === original.id)).toMatchObject({
    text: original.text,
    edited: { version: 3 },
  });
  const txt = (await exported(client, engine, liveId, 'txt')).toString();
  expect(txt).toContain(original.text);
  expect(txt).toMatch(/Corrigé par .*\s:\s«\sajoutez du sucre dans la brioche\.\s»/);
  expect(txt).toMatch(/NOTES ET REPÈRES[\s\S]*vu avec Sofia[\s\S]*repère/);
  expect((await exported(client, engine, liveId, 'csv')).toString()).toMatch(/"note",.*"vu avec Sofia"/);
  const srt = (await exported(client, engine, liveId, 'srt')).toString();
  expect(srt).toContain('brioche');
  expect(srt).not.toContain(original.text);
  expect((await exported(client, engine, liveId, 'pdf')).subarray(0, 5).toString()).toBe('%PDF-');

  // The journal knows that it happened, and none of the words.
  const facts = await factsOf(client);
  expect(facts.filter(({ kind }) => kind === 'segment.edited').map(({ data }) => data['takenBack'])).toEqual([
    false,
    true,
    false,
  ]);
  expect(facts.filter(({ kind }) => kind.startsWith('note.')).map(({ kind }) => kind)).toEqual([
    'note.added',
    'note.added',
    'note.changed',
    'note.removed',
    'note.restored',
  ]);
  expect(JSON.stringify(facts)).not.toMatch(/Sofia|brioche/);
});

test('a segment without words yet is not corrected', { timeout: 60_000 }, async () => {
  const { engine } = await temporaryEngine({ settings: { transcriptionPaused: true } });
  const client = engine.client();
  const { liveId } = await client.lives.watch({ source: demoLive, commandId: command() });
  await expect
    .poll(async () => (await client.lives.segments({ liveId })).items.length, { timeout: 20_000 })
    .toBeGreaterThan(0);
  const segment = (await client.lives.segments({ liveId })).items.find(({ state }) => state === 'heard')!;
  await expect(
    client.notes.editSegment({ segmentId: segment.id, text: 'x', basedOn: 0, commandId: command() }),
  ).rejects.toMatchObject({ code: 'not-written-yet' });
});

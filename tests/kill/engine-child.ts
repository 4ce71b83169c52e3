/**
 * The engine as its parent will kill it: hears the demo live, decides every alert as it comes, and says on stdout what was
 * acknowledged to it. Ends by itself once everything is written, weighed and decided.
 */
import { openEngine } from '#engine';
import { newId } from '#shared/ids.ts';
import { demoLive, testEngineOptions } from '../support/engine-options.ts';

const [dataDir = '', realtimeForMs = '0'] = process.argv.slice(2);
const say = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`);

const engine = await openEngine(testEngineOptions(dataDir));
const client = engine.client();
const { items } = await client.lives.list({});
if (items.length === 0) {
  const { liveId } = await client.lives.watch({
    source: demoLive,
    speed: '1',
    realtimeForMs: Number(realtimeForMs),
    commandId: newId(Date.now()),
  });
  say({ live: liveId });
}
say({ ready: true });

const decideAll = async () => {
  const { items: pending } = await client.review.queue({ limit: 500 });
  for (const item of pending) {
    const { decision } = await client.review.decide({
      itemId: item.id,
      verdict: 'review',
      basedOn: item.version,
      commandId: newId(Date.now()),
    });
    say({ decided: decision.id, item: item.id });
  }
};

for await (const event of await client.feed.subscribe({ after: null })) {
  if (event.type === 'caught-up' || (event.type === 'fact' && event.fact.kind === 'alert.raised')) await decideAll();
  const [live] = (await client.lives.list({})).items;
  if (live && live.state !== 'en_cours' && live.pendingAlerts === 0 && live.openSegments === 0) break;
}
await engine.drain();
await decideAll();
await engine.close();
say({ finished: true });
process.exit(0);

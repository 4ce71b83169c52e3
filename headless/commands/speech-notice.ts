import type { EngineClient } from '#shared/contract/index.ts';
import type { SpeechTrouble } from '#shared/model/system.ts';
import type { ModelNoticeEvent, OutputEvent, SpeechEvent } from '../output/events.ts';
import type { Output } from '../output/output.ts';

/** Says that nothing can be written down, or that it can again: beside the result, or as a line of JSON. */
export function tellSpeech(output: Output, trouble: SpeechTrouble | null): void {
  const message = output.say(`speechTrouble.${trouble?.code ?? 'over'}`);
  const { code = null, detail = null } = trouble ?? {};
  tell(output, { type: 'speech', available: trouble === null, code, detail, card: null, cardUnused: null, message });
}

/** Says that a graphics card is there and unused, and why, unless that was asked for. */
export async function tellUnusedCard(output: Output, client: EngineClient): Promise<void> {
  const graphics = (await client.system.status()).speech?.graphics;
  if (!graphics?.unused || graphics.unused === 'switched-off') return;
  const { card, unused: cardUnused } = graphics;
  const message = output.say(`cardUnused.${cardUnused}`, { card });
  tell(output, { type: 'speech', available: true, code: null, detail: null, card, cardUnused, message });
}

/** What to say when the words of this run are not to be relied on, or that there is no model yet. A model named on purpose needs no warning. */
export async function modelNotice(
  output: Output,
  client: EngineClient,
  asked: string | undefined,
): Promise<ModelNoticeEvent | null> {
  if (asked !== undefined) return null;
  const { nextModel: next } = await client.system.status();
  const notice = next === null ? 'none' : next.test ? 'test' : next.fit === 'tight' ? 'tight' : null;
  if (notice === null) return null;
  const model = next?.id ?? null;
  return { type: 'model-notice', model, notice, message: output.say(`modelNotice.${notice}`, { model }) };
}

/** Says once, after the first live that is told, what there is to say of its model. */
export function afterFirstLive(
  output: Output,
  notice: ModelNoticeEvent | null,
  tellOther: (event: OutputEvent) => void,
): (event: OutputEvent) => void {
  let waiting = notice;
  return (event) => {
    tellOther(event);
    if (event.type !== 'live' || waiting === null) return;
    tell(output, waiting);
    waiting = null;
  };
}

function tell(output: Output, event: SpeechEvent | ModelNoticeEvent): void {
  if (output.json) output.event(event);
  else output.notice(event.message);
}

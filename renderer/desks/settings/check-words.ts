import type { Translate } from '#shared/i18n/index.ts';
import type { Check } from '#shared/model/system.ts';
import type { Format } from '../../i18n/format.ts';

/** What one check found, as a sentence. A problem that the catalogue does not know is shown as the engine said it. */
export function checkWords(check: Check, t: Translate, format: Format): string {
  const { detail, name } = check;
  const problem = problemOf(check);
  if (problem !== null) {
    const key = `doctor.problem.${problem}`;
    const words = t(key, detail);
    return words === key ? problem : words;
  }
  if (detail['unused'] !== undefined) return t(`cardUnused.${detail['unused']}`, detail);
  return t(`doctor.says.${name}`, {
    ...detail,
    ...(typeof detail['freeBytes'] === 'number' && { freeBytes: format.bytes(detail['freeBytes']) }),
    ...(typeof detail['soundBytes'] === 'number' && { soundBytes: format.bytes(detail['soundBytes']) }),
    ...(typeof detail['lines'] === 'number' && { lines: format.integer(detail['lines']) }),
    ...(name === 'voice-model' && {
      name: String(detail['path'] ?? '')
        .split(/[\\/]/)
        .at(-1),
    }),
    ...(name === 'gpu' && { device: t(`device.${detail['device'] === 'gpu' ? 'gpu' : 'cpu'}`) }),
    ...(name === 'speech-worker' && { worker: t(`worker.${detail['worker'] === 'native' ? 'native' : 'prebuilt'}`) }),
  });
}

function problemOf({ name, outcome, detail }: Check): string | null {
  if (typeof detail['problem'] === 'string') return detail['problem'];
  if (name === 'journal' && outcome === 'failed') return 'journal-broken';
  if (name === 'network' && detail['allowed'] === false) return 'network-off';
  if (name === 'capacity' && detail['measured'] === false) return 'capacity-unknown';
  if (name === 'gpu' && detail['device'] === 'unknown') return 'no-device';
  return null;
}

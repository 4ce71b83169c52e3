/**
 * The short notation of the lexicons, so that a maintainer writes a word once:
 *   `femme(s)`            femme, femmes               (an optional ending)
 *   `étranger(s|e|es)`    étranger, étrangers, ...    (one of several optional endings)
 *   `menteu[r|rs|se|ses]` menteur, menteurs, ...      (one ending is required)
 *   `tu{er}` `pun{ir}` `pend{re}`   the usual forms of a French verb
 *   `kill{v}` `stab{vv}`  the forms of an English verb (`vv` doubles the last consonant)
 * Several marks in one entry multiply.
 */
const verbs: Record<string, string[]> = {
  er: 'er e es ons ez ent é ée és ées ais ait ions iez aient ant erai eras era erons erez eront erais erait eraient'.split(
    ' ',
  ),
  ir: 'ir is it issons issez issent i ie ies issais issait issaient issant irai ira irons iront irait iraient isse'.split(
    ' ',
  ),
  re: 're s  ons ez ent u ue us ues ais ait aient ant rai ra rons ront rait raient e'.split(' '),
};

function english(stem: string, doubled: boolean): string[] {
  const last = stem.at(-1) ?? '';
  if (doubled) return [stem, `${stem}s`, `${stem}${last}ed`, `${stem}${last}ing`];
  if (last === 'e') return [stem, `${stem}s`, `${stem}d`, `${stem.slice(0, -1)}ing`];
  if (/[^aeiou]y$/.test(stem)) return [stem, `${stem.slice(0, -1)}ies`, `${stem.slice(0, -1)}ied`, `${stem}ing`];
  return [stem, /(s|x|z|ch|sh)$/.test(stem) ? `${stem}es` : `${stem}s`, `${stem}ed`, `${stem}ing`];
}

/** Every form an entry stands for. Throws on a mark it does not know, naming the entry. */
export function inflect(entry: string): string[] {
  const mark = /\(([^)]*)\)|\[([^\]]*)\]|\{([^}]*)\}/.exec(entry);
  if (!mark) return [entry];
  const before = entry.slice(0, mark.index);
  const after = entry.slice(mark.index + mark[0].length);
  const [, optional, required, verb] = mark;
  let heads: string[];
  if (optional !== undefined) heads = [before, ...optional.split('|').map((ending) => before + ending)];
  else if (required !== undefined) heads = required.split('|').map((ending) => before + ending);
  else if (verb === 'v' || verb === 'vv') {
    const cut = before.lastIndexOf(' ') + 1;
    heads = english(before.slice(cut), verb === 'vv').map((form) => before.slice(0, cut) + form);
  } else {
    const forms = verbs[verb ?? ''];
    if (!forms) throw new Error(`unknown ending {${verb}} in "${entry}"`);
    heads = forms.map((ending) => before + (before.endsWith('g') && /^[ao]/.test(ending) ? 'e' : '') + ending);
  }
  return heads.flatMap((head) => inflect(head + after));
}

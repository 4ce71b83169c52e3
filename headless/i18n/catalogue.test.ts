import { expect, it } from 'vitest';
import { en } from './en.ts';
import { fr } from './fr.ts';
import { createSay, localeFrom } from './index.ts';

function flat(words: object, prefix = ''): [string, string][] {
  return Object.entries(words).flatMap(([key, value]: [string, unknown]) =>
    typeof value === 'object'
      ? flat(value as object, `${prefix}${key}.`)
      : [[prefix + key, String(value)] as [string, string]],
  );
}
const names = (text: string) => [...text.matchAll(/{{(\w+)}}/g)].map((match) => match[1]).sort();

it('says the same in both languages: same keys, same values in each sentence', () => {
  const french = new Map(flat(fr));
  const english = new Map(flat(en));
  expect([...english.keys()]).toEqual([...french.keys()]);
  for (const [key, text] of french) expect([key, names(english.get(key)!)]).toEqual([key, names(text)]);
});

it('writes French as French is printed: narrow no-break spaces, curly apostrophes', () => {
  for (const [key, text] of flat(fr)) {
    expect([key, text]).not.toEqual([key, expect.stringMatching(/ [:;?!»]|« |[a-zé]'[a-zé]/i)]);
  }
});

it('makes values safe and knows which keys exist', () => {
  const say = createSay('en');
  expect(say('usage.unknownCommand', { name: 'x\u001b[2J' })).toBe('unknown command "x\ufffd[2J"');
  expect([say.has('band.eleve'), say.has('notice.left'), say.has('nothing.here')]).toEqual([true, true, false]);
});

it.each([
  [undefined, { LANG: 'en_GB.UTF-8' }, 'en'],
  [undefined, { LANG: 'fr_FR.UTF-8' }, 'fr'],
  [undefined, { LANG: 'en_US', LC_ALL: 'fr_CA' }, 'fr'],
  [undefined, { LANG: 'C.UTF-8' }, 'fr'],
  [undefined, { LANG: 'enm' }, 'fr'],
  [undefined, {}, 'fr'],
  ['en', { LANG: 'fr_FR' }, 'en'],
  ['fr', { LANG: 'en_US' }, 'fr'],
])('--locale %s with %j speaks %s', (option, env, locale) => {
  expect(localeFrom(option, env)).toBe(locale);
});

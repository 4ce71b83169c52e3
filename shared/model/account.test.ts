import { expect, test } from 'vitest';
import { accountUrl, parseAccount, parseAccounts, quotedLength } from './account.ts';

test.each([
  ['@lea.cuisine', 'lea.cuisine'],
  ['lea_cuisine', 'lea_cuisine'],
  ['  @Lea.Cuisine  ', 'Lea.Cuisine'],
  ['＠lea', 'lea'],
  ['\u200E@lea\u200B', 'lea'],
  ['\uFEFF@lea', 'lea'],
  ['@le\u202Ea', 'lea'],
  ['(@lea),', 'lea'],
  ['« @lea »'.replaceAll(' ', ''), 'lea'],
  ['"lea"', 'lea'],
  ['12345', '12345'],
  ['a_', 'a_'],
  ['https://www.tiktok.com/@lea', 'lea'],
  ['https://www.tiktok.com/@lea/', 'lea'],
  ['https://www.tiktok.com/@lea/live', 'lea'],
  ['https://www.tiktok.com/@lea/live?lang=fr&_r=1#x', 'lea'],
  ['https://www.tiktok.com/@lea?is_from_webapp=1&sender_device=pc', 'lea'],
  ['https://www.tiktok.com/@lea/video/7300000000000000001', 'lea'],
  ['http://m.tiktok.com/@lea', 'lea'],
  ['HTTPS://WWW.TIKTOK.COM/@Lea', 'Lea'],
  ['tiktok.com/@lea', 'lea'],
  ['www.tiktok.com/@lea/live', 'lea'],
  ['//www.tiktok.com/@lea', 'lea'],
  ['https://www.tiktok.com:443/@lea', 'lea'],
  ['https://www.tiktok.com./@lea', 'lea'],
  ['https://www.tiktok.com/%40lea', 'lea'],
  ['https://www.tiktok.com//@lea', 'lea'],
  ['<https://www.tiktok.com/@lea>', 'lea'],
  ['https://www.tiktok.com/@lea.', 'lea'],
  ['https://www.tiktok.com/@lea).', 'lea'],
  ['https://www.tiktok.com/@lea!!!', 'lea'],
  ['https://www.tiktok.com/@lea…', 'lea'],
  ['https://www.tiktok.com/@constructor', 'constructor'],
  ['__proto__', '__proto__'],
])('%j names %s', (text, handle) =>
  expect(parseAccount(text)).toMatchObject({ account: { platform: 'tiktok', handle } }),
);

test.each([
  ['', 'not-an-account'],
  ['@', 'not-an-account'],
  ['a', 'not-an-account'],
  ['@lea cuisine', 'not-an-account'],
  ['léa', 'not-an-account'],
  // A Cyrillic "а" is not the letter that it looks like.
  ['@le\u0430', 'not-an-account'],
  ['https://www.tiktok.com/@le\u0430', 'not-an-account'],
  ['https://www.tiktok.com/@lea\u0430', 'not-an-account'],
  ['https://www.tiktok.com/@lea%00', 'not-an-account'],
  ['@'.concat('a'.repeat(25)), 'not-an-account'],
  ['a'.repeat(1_000_000), 'not-an-account'],
  ['lea@example.fr', 'not-an-account'],
  ['../../etc/passwd', 'not-an-account'],
  ['https://www.tiktok.com/', 'not-an-account'],
  ['tiktok.com', 'not-an-account'],
  ['https://www.tiktok.com/foryou', 'not-an-account'],
  ['https://www.tiktok.com/tag/@lea', 'not-an-account'],
  ['https://vm.tiktok.com/', 'not-an-account'],
  ['https://vm.tiktok.com/ZMabc123/', 'short-link'],
  ['vt.tiktok.com/ZSabc123', 'short-link'],
  ['https://www.tiktok.com/t/ZTabc123/', 'short-link'],
  ['https://www.twitch.tv/lea', 'other-platform'],
  ['youtube.com/@lea', 'other-platform'],
  ['https://www.tiktok.com.evil.example/@lea', 'other-platform'],
  ['https://eviltiktok.com/@lea', 'other-platform'],
  ['https://www.tiktok.com@evil.example/@lea', 'other-platform'],
  ['https://evil.example\\@www.tiktok.com/@lea', 'other-platform'],
  ['https://evil.example/?u=https://www.tiktok.com/@lea', 'other-platform'],
  ['file:///etc/passwd', 'other-platform'],
  ['javascript:alert(1)', 'not-an-account'],
])('%j is refused as %s', (text, problem) => {
  const parsed = parseAccount(text);
  expect(parsed).toMatchObject({ problem });
  expect(parsed.text.length).toBeLessThanOrEqual(quotedLength);
});

test('a short link is given back as an address to follow', () =>
  expect(parseAccount('VM.tiktok.com//ZMabc123/?x=1#y')).toMatchObject({ link: 'https://vm.tiktok.com/ZMabc123/' }));

test('a pasted list, each account once', () => {
  const parsed = parseAccounts(
    '@lea, https://www.tiktok.com/@Paul/live;\r\nLEA\tsam | \u200B\u00A0vm.tiktok.com/ZM1 @@ @@',
  );
  expect(parsed.map((each) => ('account' in each ? each.account.handle : each.problem))).toEqual([
    'lea',
    'Paul',
    'sam',
    'short-link',
    'not-an-account',
  ]);
});

test('a megabyte of hostile text is read in linear time', { timeout: 3_000 }, () => {
  for (const piece of ['@', '<(', 'tiktok.com/', 'a.', '\u200B', '@lea/']) {
    parseAccounts(piece.repeat(200_000));
    parseAccount(piece.repeat(500));
  }
});

test('the address of an account', () =>
  expect(accountUrl({ platform: 'tiktok', handle: 'lea' })).toBe('https://www.tiktok.com/@lea'));

/** A small repeatable generator (mulberry32): the same corpus in every run. */
export function createDice(seed: number) {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  return {
    pick: <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)]!,
    upTo: (n: number) => Math.floor(next() * n),
  };
}

const steps = [
  '..',
  '.',
  '%2e%2e',
  '%252e%252e',
  '..%2f',
  '..%5c',
  '..\\',
  '.../',
  '..;',
  '%c0%ae%c0%ae',
  '\u2024\u2024',
  '. .',
  '..%00',
  '',
];
const targets = [
  'etc/passwd',
  'secret.html',
  'package.json',
  'window.json',
  'index.html',
  'assets',
  'assets/',
  'C:\\Windows\\win.ini',
  'c:/secret.html',
  '\\\\host\\share\\x.js',
  '//host/share/x.js',
  'CON',
  'nul.js',
  'link.html',
  'hard.html',
  'index.html.',
  'index.html ',
  'index.html%20',
  'INDEX.HTML',
  'index.html::$DATA',
  'index.html%00.js',
  'index.html\u0000',
  'main.js.map',
  '.env',
  '~/.ssh/id_rsa',
  'a'.repeat(8192),
];
const heads = [
  'vigie-app://app/',
  'vigie-app://app//',
  'vigie-app://app/assets/',
  'vigie-app:///',
  'vigie-app://other/',
  'vigie-app://app@evil/',
  'vigie-app://user:pw@app/',
  'vigie-app://app:80/',
  'VIGIE-APP://APP/',
  'vigie-app:app/',
  'file:///',
  'http://app/',
  '/',
  '',
];

/** Addresses that try to make the scheme serve what is not the page's. */
export function hostilePaths(count: number): string[] {
  const dice = createDice(7);
  return Array.from({ length: count }, () => {
    const climb = Array.from({ length: dice.upTo(8) }, () => dice.pick(steps)).join(
      dice.pick(['/', '\\', '%2f', '%5c', '']),
    );
    return (
      dice.pick(heads) +
      climb +
      dice.pick(['/', '', '\\']) +
      dice.pick(targets) +
      dice.pick(['', '?x=1', '#/x', '?../..', '%23'])
    );
  });
}

const schemes = [
  'file:',
  'javascript:',
  'data:text/html,',
  'blob:',
  'ms-msdt:',
  'ms-settings:',
  'search-ms:',
  'smb:',
  'ftp:',
  'vbscript:',
  'ssh:',
  'tel:',
  'mailto:',
  'vigie:',
  'vigie-app:',
  'view-source:https:',
  'http:',
  'HTTP:',
  'ws:',
  'intent:',
  'about:',
  'chrome:',
  'jar:https:',
  'x-apple.systempreferences:',
];
const places = [
  '//example.org/x',
  '//localhost/',
  '/etc/passwd',
  'alert(1)',
  '//host/share/a.exe',
  '?q=1',
  '//user:pw@example.org',
  '',
  'https://example.org',
];
const wrongHttps = [
  'https://user@example.org/',
  'https://user:pw@example.org/',
  'https://localhost/',
  'https://127.0.0.1/',
  'https://2130706433/',
  'https://0x7f.1/',
  'https://[::1]/',
  'https://10.0.0.8/',
  'https://example.org:8443/',
  ' https://example.org/',
  'https://example.org/ ',
  'https://exam\tple.org/',
  'https://example.org/\u202egpj.exe',
  'https://example.org/\u200b',
  'https://example.org/\u{e0041}',
  'https:\\\\example.org',
  'https:/example.org',
  'https:example.org',
  'https:///example.org',
  'https://intranet/',
  'https://',
  'https://.org',
  'https://a..b/',
  'https://-a.org/',
  '\u0000https://example.org/',
  'https://example.org/\r\nHost: x',
  `https://example.org/${'a'.repeat(100_000)}`,
  'https://example.org\u00a0/',
  'https://ex\u00adample.org/',
];

/** Addresses no program of the person's machine may be asked to open. */
export function hostileUrls(count: number): unknown[] {
  const dice = createDice(11);
  const odd: unknown[] = [null, undefined, 7, {}, ['https://example.org/'], { toString: () => 'https://example.org/' }];
  const made = Array.from({ length: count - wrongHttps.length - odd.length }, () => {
    const noise = String.fromCharCode(97 + dice.upTo(26), 97 + dice.upTo(26));
    return (
      dice.pick(['', ' ', '\t', '\u200e']) +
      dice.pick(schemes) +
      dice.pick(places) +
      dice.pick(['', noise, `?${noise}`])
    );
  });
  return [...wrongHttps, ...odd, ...made];
}

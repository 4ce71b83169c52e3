import type { Net } from '../net/net.ts';
import type { PlatformGet } from './resolver.ts';

/** A live page of TikTok is about 400 kB. */
const largestAnswerBytes = 8 * 1024 * 1024;
const longestAnswerMs = 20_000;

/**
 * Asks a platform without any budget: a plain GET with the headers that a browser sends for a page, no cookies. An answer that sends
 * elsewhere is given back, since where it sends says why.
 */
export function createPlatformGet(net: Net, options: { allowPrivate: boolean }): PlatformGet {
  return (url, signal) =>
    net.get(url, {
      allowPrivate: options.allowPrivate,
      signal,
      maxBytes: largestAnswerBytes,
      timeoutMs: longestAnswerMs,
      redirects: 'return',
      headers: {
        accept: 'text/html,application/xhtml+xml,application/json;q=0.9,*/*;q=0.8',
        'accept-language': 'fr-FR,fr;q=0.9,en;q=0.8',
        referer: `${new URL(url).origin}/`,
        'user-agent':
          'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36',
      },
    });
}

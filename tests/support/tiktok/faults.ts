import type { ServerResponse } from 'node:http';
import { challengePage } from './wire.ts';

/** How the platform answers when it does not answer. `hang`: headers never come; `flood`: bytes without end. */
export type Fault =
  | 'challenge'
  | 'empty'
  | 'redirect'
  | 'rate-limited'
  | 'forbidden'
  | 'error'
  | 'truncated'
  | 'hang'
  | 'flood';

/** Answers in the way of a fault; false: the answer is to be given in full (and then cut, for `truncated`). */
export function answerFault(fault: Fault, response: ServerResponse, retryAfterS: number | null): boolean {
  const patience = retryAfterS === null ? {} : { 'retry-after': String(retryAfterS) };
  switch (fault) {
    case 'challenge':
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...patience }).end(challengePage());
      return true;
    case 'empty':
      response.writeHead(200, { 'content-type': 'application/json', ...patience }).end();
      return true;
    case 'redirect':
      response.writeHead(302, { location: 'https://www.tiktok.com/fr/notfound', ...patience }).end();
      return true;
    case 'rate-limited':
      response.writeHead(429, patience).end('Too many requests');
      return true;
    case 'forbidden':
      response.writeHead(403, patience).end('Access Denied');
      return true;
    case 'error':
      response.writeHead(502, patience).end('Bad gateway');
      return true;
    case 'hang':
      return true;
    case 'flood': {
      response.writeHead(200, { 'content-type': 'text/html' });
      const more = () => {
        while (!response.destroyed && response.write('<!-- and more '.repeat(10_000)));
      };
      response.on('drain', more);
      more();
      return true;
    }
    case 'truncated':
      return false;
  }
}

import type { Source } from '#shared/model/source.ts';
import { assertNever } from '#shared/errors.ts';
import type { OpenableSource } from './feed.ts';
import { fileSource } from './file-source.ts';
import { stdinSource } from './stdin-source.ts';
import { type UrlHands, urlSource } from './url-source.ts';

/** The source a person named, ready to be opened. */
export function openableSource(
  source: Source,
  hands: UrlHands & { stdin?: AsyncIterable<Uint8Array> },
): OpenableSource {
  switch (source.kind) {
    case 'file':
      return fileSource(source.path);
    case 'stdin':
      return stdinSource(hands.stdin);
    case 'url':
      return urlSource(source.url, source.allowPrivate, hands);
    default:
      return assertNever(source);
  }
}

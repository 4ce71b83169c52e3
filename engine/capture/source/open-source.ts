import type { Source } from '#shared/model/source.ts';
import { assertNever } from '#shared/errors.ts';
import type { Log } from '../../base/log.ts';
import { openableDevice } from './device-source.ts';
import { openableExternal } from './external-source.ts';
import type { OpenableSource } from './feed.ts';
import { type AccountHands, accountSource } from './account-source.ts';
import { fileSource } from './file-source.ts';
import type { OutsideHands } from './outside.ts';
import { openableProtocol } from './protocol-source.ts';
import { stdinSource } from './stdin-source.ts';
import { type UrlHands, urlSource } from './url-source.ts';

/** The source a person named, ready to be opened. */
export function openableSource(
  source: Source,
  hands: UrlHands & { log: Log; stdin?: AsyncIterable<Uint8Array>; account?: AccountHands; outside: OutsideHands },
): OpenableSource {
  switch (source.kind) {
    case 'file':
      return fileSource(source.path);
    case 'stdin':
      return stdinSource(hands.stdin);
    case 'url':
      return urlSource(source.url, source.allowPrivate, hands);
    case 'tiktok':
      if (!hands.account) throw new Error('a capture of an account needs somebody who knows its platform');
      return accountSource(source, { ...hands, ...hands.account });
    case 'device':
      return openableDevice(source, hands.outside);
    case 'protocol':
      return openableProtocol(source.url, source.allowPrivate, hands.outside);
    case 'external':
      return openableExternal(source, { ...hands, ...hands.outside });
    default:
      return assertNever(source);
  }
}

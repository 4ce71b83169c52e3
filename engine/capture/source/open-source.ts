import type { Source } from '#shared/model/source.ts';
import { assertNever, VigieError } from '#shared/errors.ts';
import type { OpenableSource } from './feed.ts';
import { fileSource } from './file-source.ts';
import { stdinSource } from './stdin-source.ts';

/** The source a person named, ready to be opened. */
export function openableSource(source: Source, hands: { stdin?: AsyncIterable<Uint8Array> }): OpenableSource {
  switch (source.kind) {
    case 'file':
      return fileSource(source.path);
    case 'stdin':
      return stdinSource(hands.stdin);
    case 'url':
      throw new VigieError('source-unsupported', { source: source.url, detail: 'addresses come next' });
    default:
      return assertNever(source);
  }
}

import { dialog, shell } from 'electron';
import type { EngineFailure } from './engine-messages.ts';
import { externalTarget } from './external.ts';
import type { Words } from './i18n/index.ts';

/** Says why there is no engine and asks what to do. */
export async function askAfterFailure(words: Words, failure: EngineFailure): Promise<'retry' | 'quit'> {
  const { response } = await dialog.showMessageBox({
    type: 'error',
    title: 'Vigie',
    message: words.engineGone,
    detail: words.failure(failure),
    buttons: [words.retry, words.quit],
    defaultId: 0,
    cancelId: 1,
    noLink: true,
  });
  return response === 0 ? 'retry' : 'quit';
}

/**
 * Opens an address in the person's browser, if it is one that may be opened and they say so, having seen its host in ASCII.
 * Resolves to whether it was opened; rejects when the system has no browser for it.
 */
export async function openExternal(words: Words, address: string): Promise<boolean> {
  const target = externalTarget(address);
  if (!target) return false;
  const { response } = await dialog.showMessageBox({
    type: 'question',
    title: 'Vigie',
    message: words.externalTitle,
    detail: words.externalDetail(target.host),
    buttons: [words.externalOpen(target.host), words.cancel],
    defaultId: 1,
    cancelId: 1,
    noLink: true,
  });
  if (response !== 0) return false;
  await shell.openExternal(target.url);
  return true;
}

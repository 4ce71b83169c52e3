import { ipcMain, type IpcMainEvent, type WebContents } from 'electron';
import { channels } from './channels.ts';
import type { EngineFailure } from './engine-messages.ts';
import { isAppPage } from './origin.ts';

/**
 * What the page hears about the engine, as a window message; a port travels beside `vigie:port`. A port that closes and a
 * `vigie:engine-waiting` mean that another engine is on its way.
 */
export type EngineNews =
  | { type: 'vigie:port' }
  | { type: 'vigie:engine-waiting' }
  | ({ type: 'vigie:engine-failed' } & EngineFailure);

/** Calls `serve` for each page of ours that asks for the engine. A sender that is anything else gets no answer. */
export function onAsk(serve: (page: WebContents) => void, refused: (origin: string) => void): void {
  ipcMain.on(channels.ask, (event) => {
    if (isOurPage(event)) return serve(event.sender);
    refused(event.senderFrame?.origin ?? 'gone');
  });
}

/** Only the top frame of a window that shows our page, alive at this moment. */
function isOurPage({ sender, senderFrame }: IpcMainEvent): boolean {
  if (!senderFrame || senderFrame.isDestroyed() || sender.isDestroyed()) return false;
  return senderFrame.parent === null && isAppPage(senderFrame.url);
}

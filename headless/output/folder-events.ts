import { keptFailure } from './kept-failure.ts';
import type { FolderFile, WatchedFolder } from '#shared/model/folder.ts';
import type { Say } from '../i18n/index.ts';
import { momentText, sizeText } from './figures.ts';
import type { LineTools } from './lines.ts';
import { neutralise } from './neutralise.ts';

/** A watched folder; `done`: what the command did to it, null in a list. `message`: what keeps it from working, null when nothing does. */
export type FolderEvent = {
  type: 'folder';
  folderId: string;
  done: 'added' | 'paused' | 'resumed' | 'removed' | 'restored' | null;
  message: string | null;
} & Omit<WatchedFolder, 'id'>;

/** A recording in a watched folder. */
export type FolderFileEvent = {
  type: 'folder-file';
  fileId: string | null;
  folderId: string;
  message: string | null;
} & Omit<FolderFile, 'id'>;

export function folderEvent({ id, ...rest }: WatchedFolder, done: FolderEvent['done'], say: Say): FolderEvent {
  const trouble = rest.state === 'watching' ? null : say(`folders.state.${rest.state}`);
  return { type: 'folder', folderId: id, done, ...rest, message: trouble ?? keptFailure(rest.problem, say) };
}

export function folderFileEvent(folderId: string, { id, ...rest }: FolderFile, say: Say): FolderFileEvent {
  return { type: 'folder-file', fileId: id, folderId, ...rest, message: keptFailure(rest.problem, say) };
}

export function folderLines(event: FolderEvent, { say, style, locale }: LineTools): string[] {
  const done = event.done === null ? '' : `${style.good('✓')} ${say(`folders.done.${event.done}`)} `;
  const { heard, working, waiting, failed } = event.files;
  const figures = [
    say('folders.heard', { count: heard }),
    ...(working > 0 ? [say('folders.working', { count: working })] : []),
    ...(waiting > 0 ? [say('folders.waiting', { count: waiting })] : []),
    ...(failed > 0 ? [style.bad(say('folders.failed', { count: failed }))] : []),
  ];
  const marks = [
    ...(event.recursive ? [say('folders.recursive')] : []),
    ...(event.paused ? [say('folders.paused')] : []),
    ...(event.state === 'watching' ? [] : [say('folders.since', { at: momentText(event.stateSince, locale) })]),
  ];
  return [
    `${done}${style.strong(neutralise(event.path))}  ${figures.join(' · ')}`,
    ...(marks.length > 0 ? [`  ${marks.join(' · ')}`] : []),
    ...(event.message === null ? [] : [style.warn(`  ! ${event.message}`)]),
    style.dim(`  ${event.folderId}`),
  ];
}

export function folderFileLines(event: FolderFileEvent, { say, style, locale }: LineTools): string[] {
  const state = event.waiting === null ? say(`folders.file.${event.state}`) : say(`folders.wait.${event.waiting}`);
  const ids = [
    ...(event.liveId === null ? [] : [say('line.liveId', { id: event.liveId })]),
    ...(event.state === 'failed' && event.fileId !== null ? [say('folders.retryHint', { id: event.fileId })] : []),
  ];
  return [
    `${event.state === 'failed' ? style.bad('✗') : '·'} ${style.strong(neutralise(event.path))}  ${state} · ${sizeText(event.sizeBytes, locale)} · ${momentText(event.at, locale)}`,
    ...(event.message === null ? [] : [`  ${event.message}`]),
    ...ids.map((text) => style.dim(`  ${text}`)),
  ];
}

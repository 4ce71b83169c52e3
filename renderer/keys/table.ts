/**
 * Every key of the window, once: the same table binds them, labels the buttons and fills the help. Keys are named by
 * what they write (`event.key`), so that a letter is the same letter on AZERTY and QWERTY; digits and signs that need
 * Shift on some layouts are left out, but `?`.
 */
export type KeyScope = 'everywhere' | 'lives' | 'live' | 'review' | 'cases' | 'watches' | 'folders';

/** `keys`: alternatives; `g l` is g and then l. The catalogue holds `keys.<id>`. */
export type KeyBinding = { id: string; scope: KeyScope; keys: readonly string[] };

export const keyTable = [
  { id: 'help', scope: 'everywhere', keys: ['?'] },
  { id: 'goLives', scope: 'everywhere', keys: ['g l'] },
  { id: 'goWatches', scope: 'everywhere', keys: ['g c'] },
  { id: 'goFolders', scope: 'everywhere', keys: ['g f'] },
  { id: 'goReview', scope: 'everywhere', keys: ['g r'] },
  { id: 'goSearch', scope: 'everywhere', keys: ['/', 'g m'] },
  { id: 'goCases', scope: 'everywhere', keys: ['g d'] },
  { id: 'goExports', scope: 'everywhere', keys: ['g e'] },
  { id: 'goSettings', scope: 'everywhere', keys: ['g s'] },

  { id: 'livesNext', scope: 'lives', keys: ['j', 'ArrowDown'] },
  { id: 'livesPrevious', scope: 'lives', keys: ['k', 'ArrowUp'] },
  { id: 'livesOpen', scope: 'lives', keys: ['Enter'] },
  { id: 'livesListen', scope: 'lives', keys: ['n'] },

  { id: 'segmentNext', scope: 'live', keys: ['j', 'ArrowDown'] },
  { id: 'segmentPrevious', scope: 'live', keys: ['k', 'ArrowUp'] },
  { id: 'alertNext', scope: 'live', keys: ['a'] },
  { id: 'segmentPlay', scope: 'live', keys: ['p'] },
  { id: 'follow', scope: 'live', keys: ['f'] },
  { id: 'catchUp', scope: 'live', keys: ['r'] },
  { id: 'catchUpUndo', scope: 'live', keys: ['z', 'u'] },
  { id: 'pauseWords', scope: 'live', keys: ['t'] },
  { id: 'bookmark', scope: 'live', keys: ['b'] },
  { id: 'noteHere', scope: 'live', keys: ['n'] },
  { id: 'correct', scope: 'live', keys: ['c'] },
  { id: 'export', scope: 'live', keys: ['e'] },

  { id: 'watchNext', scope: 'watches', keys: ['j', 'ArrowDown'] },
  { id: 'watchPrevious', scope: 'watches', keys: ['k', 'ArrowUp'] },
  { id: 'watchOpen', scope: 'watches', keys: ['Enter'] },
  { id: 'watchAdd', scope: 'watches', keys: ['n'] },
  { id: 'watchPause', scope: 'watches', keys: ['p'] },
  { id: 'watchCheck', scope: 'watches', keys: ['v'] },
  { id: 'watchTest', scope: 'watches', keys: ['t'] },
  { id: 'watchRemove', scope: 'watches', keys: ['x', 'Delete'] },

  { id: 'folderAdd', scope: 'folders', keys: ['n'] },

  { id: 'caseNew', scope: 'cases', keys: ['n'] },

  { id: 'itemNext', scope: 'review', keys: ['j', 'ArrowDown'] },
  { id: 'itemPrevious', scope: 'review', keys: ['k', 'ArrowUp'] },
  { id: 'dismiss', scope: 'review', keys: ['i'] },
  { id: 'examined', scope: 'review', keys: ['e'] },
  { id: 'action', scope: 'review', keys: ['a'] },
  { id: 'note', scope: 'review', keys: ['n'] },
  { id: 'reason', scope: 'review', keys: ['r'] },
  { id: 'play', scope: 'review', keys: ['p'] },
  { id: 'undo', scope: 'review', keys: ['z', 'u'] },
  { id: 'openLive', scope: 'review', keys: ['l'] },
  { id: 'otherList', scope: 'review', keys: ['t'] },
] as const satisfies readonly KeyBinding[];

export type KeyId = (typeof keyTable)[number]['id'];

/** The first key of a binding, as a button shows it. */
export function keyOf(id: KeyId): string {
  return keyTable.find((binding) => binding.id === id)!.keys[0];
}

import { readFileSync, renameSync, writeFileSync } from 'node:fs';

export type Bounds = { x: number; y: number; width: number; height: number };
export type WindowState = { bounds: Bounds; maximized: boolean };

const smallest = { width: 900, height: 600 };
const usual = { width: 1360, height: 860 };
/** So much of the window must lie on a screen that a person can take hold of it. */
const graspPx = 120;

/**
 * Where the window opens: where it was, unless that is on a screen that is gone; otherwise the usual size in the middle
 * of the first screen. Device-independent pixels.
 */
export function placeWindow(
  saved: WindowState | null,
  screens: readonly Bounds[],
): { bounds: Partial<Bounds>; maximized: boolean } {
  const { bounds, maximized } = saved ?? { bounds: null, maximized: false };
  const seen = bounds !== null && screens.some((screen) => overlap(bounds, screen));
  if (!seen) return { bounds: usual, maximized };
  const width = Math.max(smallest.width, bounds.width);
  const height = Math.max(smallest.height, bounds.height);
  return { bounds: { x: bounds.x, y: bounds.y, width, height }, maximized };
}

function overlap(a: Bounds, b: Bounds): boolean {
  const wide = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const high = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return wide >= graspPx && high >= graspPx;
}

/** The state kept in `file`; null when there is none that makes sense (a first start, or a file somebody broke). */
export function readWindowState(file: string): WindowState | null {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  return parseWindowState(text);
}

export function parseWindowState(text: string): WindowState | null {
  try {
    const { bounds, maximized } = JSON.parse(text) as Partial<WindowState>;
    const numbers = bounds ? [bounds.x, bounds.y, bounds.width, bounds.height] : [];
    if (numbers.length !== 4 || !numbers.every((value) => Number.isInteger(value) && Math.abs(value) < 100_000))
      return null;
    return {
      bounds: { x: bounds!.x, y: bounds!.y, width: bounds!.width, height: bounds!.height },
      maximized: maximized === true,
    };
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) return null;
    throw error;
  }
}

export function writeWindowState(file: string, state: WindowState): void {
  writeFileSync(`${file}.new`, JSON.stringify(state));
  renameSync(`${file}.new`, file);
}

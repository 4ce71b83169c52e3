import { Menu, nativeImage, Tray } from 'electron';
import type { Words } from './i18n/index.ts';

/** Sizes of the systems' notification areas, in device-independent pixels. */
const sizePx: Partial<Record<NodeJS.Platform, number>> = { darwin: 18, win32: 16 };

/** The sign that Vigie runs, and the way back to its window. Returns the function that puts it into another language. */
export function createTray(parts: { icon: string; show(): void; quit(): void }): (words: Words) => void {
  const side = sizePx[process.platform] ?? 22;
  const tray = new Tray(nativeImage.createFromPath(parts.icon).resize({ width: side, height: side }));
  tray.setToolTip('Vigie');
  tray.on('click', () => parts.show());
  return (words) => {
    tray.setContextMenu(
      Menu.buildFromTemplate([
        { label: words.open, click: () => parts.show() },
        { type: 'separator' },
        { label: words.quit, click: () => parts.quit() },
      ]),
    );
  };
}

import { Menu, type MenuItemConstructorOptions } from 'electron';
import type { Words } from './i18n/index.ts';

/** The smallest menu with which editing, zoom and full screen work on every system. No reload and no developer tools. */
export function menuTemplate(words: Words): MenuItemConstructorOptions[] {
  const separator: MenuItemConstructorOptions = { type: 'separator' };
  return [
    { label: 'Vigie', submenu: [{ role: 'quit', label: words.quit }] },
    {
      label: words.edit,
      submenu: [
        { role: 'undo', label: words.undo },
        { role: 'redo', label: words.redo },
        separator,
        { role: 'cut', label: words.cut },
        { role: 'copy', label: words.copy },
        { role: 'paste', label: words.paste },
        { role: 'selectAll', label: words.selectAll },
      ],
    },
    {
      label: words.view,
      submenu: [
        { role: 'zoomIn', label: words.zoomIn },
        { role: 'zoomOut', label: words.zoomOut },
        { role: 'resetZoom', label: words.zoomReset },
        separator,
        { role: 'togglefullscreen', label: words.fullScreen },
      ],
    },
  ];
}

export function setMenu(words: Words): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(words)));
}

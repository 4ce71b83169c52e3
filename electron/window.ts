import { BrowserWindow, screen, type WebPreferences } from 'electron';
import { appPage } from './origin.ts';
import type { ShellLog } from './shell-log.ts';
import { placeWindow, readWindowState, writeWindowState } from './window-state.ts';

export type MainWindow = {
  /** Opens the window, or brings it to the front. `route`: the part of our page's address after `#`. */
  show(route?: string): void;
  isFocused(): boolean;
  /** From now on closing the window closes it. */
  letGo(): void;
};

export type WindowParts = {
  preload: string;
  icon: string;
  stateFile: string;
  devTools: boolean;
  log: ShellLog;
  /** The window has been hidden although a person may think it is closed. */
  onHidden(): void;
};

/** Every switch is written out, also where it is Electron's default: the default of today is not a promise. */
export function webPreferences(parts: Pick<WindowParts, 'preload' | 'devTools'>): WebPreferences {
  return {
    preload: parts.preload,
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    // Spelling dictionaries would be fetched from the network, and what is typed are notes about people.
    spellcheck: false,
    devTools: parts.devTools,
  };
}

/** The one window. Closing it hides it: what is being heard goes on, and the tray brings it back. */
export function createMainWindow(parts: WindowParts): MainWindow {
  let window: BrowserWindow | null = null;
  let keep = true;
  let crashes = 0;

  const open = (route: string) => {
    const displays = screen.getAllDisplays().map((display) => display.workArea);
    const { bounds, maximized } = placeWindow(readWindowState(parts.stateFile), displays);
    const opened = new BrowserWindow({
      ...bounds,
      minWidth: 900,
      minHeight: 600,
      show: false,
      title: 'Vigie',
      icon: parts.icon,
      backgroundColor: '#12403e',
      autoHideMenuBar: true,
      webPreferences: webPreferences(parts),
    });
    if (maximized) opened.maximize();
    opened.once('ready-to-show', () => opened.show());
    opened.on('close', (event) => {
      writeWindowState(parts.stateFile, { bounds: opened.getNormalBounds(), maximized: opened.isMaximized() });
      if (!keep) return;
      event.preventDefault();
      opened.hide();
      parts.onHidden();
    });
    opened.on('closed', () => (window = null));
    opened.webContents.on('render-process-gone', (_, { reason, exitCode }) => {
      parts.log.error({ reason, exitCode, crashes }, 'page process gone');
      crashes += 1;
      // The engine does not notice. A page that dies three times has a reason that loading it again does not cure.
      if (reason !== 'clean-exit' && crashes <= 3) opened.webContents.reload();
    });
    go(opened, route);
    return opened;
  };

  // A change of the fragment alone is a route of the page, not a load.
  const go = (target: BrowserWindow, route: string) => {
    target
      .loadURL(appPage + route)
      .catch((error: unknown) => parts.log.error({ err: String(error) }, 'page not loaded'));
  };

  return {
    show(route) {
      if (!window) {
        window = open(route ?? '');
        return;
      }
      if (route !== undefined) go(window, route);
      if (window.isMinimized()) window.restore();
      window.show();
      window.focus();
    },
    isFocused: () => window?.isFocused() ?? false,
    letGo: () => {
      keep = false;
    },
  };
}

import { EventEmitter } from 'node:events';

/**
 * Stands in for the `electron` module: does nothing, writes down everything, and can play what Electron would send.
 * `resetStub` begins a new program.
 */
export type Handler = (...args: never[]) => unknown;

const newRecord = () => ({
  windows: [] as BrowserWindow[],
  schemes: [] as { scheme: string; privileges: Record<string, boolean> }[],
  served: new Map<string, (request: { url: string; method: string }) => Promise<Response>>(),
  opened: [] as string[],
  dialogs: [] as { message: string; detail: string; buttons: string[] }[],
  /** What a person answers to the next dialogs; the cancel button when there is nothing here. */
  answers: [] as number[],
  notices: [] as Notification[],
  forks: [] as {
    entry: string;
    args: string[];
    options: { env: Record<string, string>; stdio: unknown };
    child: UtilityChild;
  }[],
  channels: [] as { port1: MessagePortMain; port2: MessagePortMain }[],
  trayMenus: [] as MenuEntry[][],
  appMenus: [] as MenuEntry[][],
  exposed: {} as Record<string, unknown>,
  quits: 0,
  exits: [] as number[],
  sandboxed: false,
  userData: '',
  switches: new Set<string>(),
  onlyInstance: true,
});
export const record = newRecord();

type MenuEntry = { label?: string; role?: string; click?: () => void; submenu?: MenuEntry[] };

class App extends EventEmitter {
  isPackaged = true;
  readiness = Promise.withResolvers<void>();
  commandLine = { hasSwitch: (name: string) => record.switches.has(name) };
  paths: Record<string, string> = { home: '/nowhere' };
  appPath = '/nowhere/app.asar';
  becomeReady = () => this.readiness.resolve();
  whenReady = () => this.readiness.promise;
  getAppPath = () => this.appPath;
  getPath = (name: string) => this.paths[name] ?? `/nowhere/${name}`;
  setPath(name: string, path: string) {
    this.paths[name] = path;
    if (name === 'userData') record.userData = path;
  }
  getLocale = () => 'fr-FR';
  enableSandbox = () => void (record.sandboxed = true);
  requestSingleInstanceLock = () => record.onlyInstance;
  setAsDefaultProtocolClient = () => true;
  /** As Electron does: `before-quit` may prevent it. */
  quit() {
    const event = preventable();
    this.emit('before-quit', event);
    if (!event.defaultPrevented) record.quits += 1;
  }
  exit = (code: number) => void record.exits.push(code);
}
export const app = new App();

export class WebContents extends EventEmitter {
  url = '';
  destroyed = false;
  posted: { channel: string; message: unknown; ports: unknown[] }[] = [];
  openHandler: ((details: { url: string }) => { action: string }) | null = null;
  reloads = 0;
  getURL = () => this.url;
  isDestroyed = () => this.destroyed;
  reload = () => void (this.reloads += 1);
  setWindowOpenHandler = (handler: (details: { url: string }) => { action: string }) =>
    void (this.openHandler = handler);
  postMessage(channel: string, message: unknown, ports: unknown[] = []) {
    this.posted.push({ channel, message, ports });
  }
}

export class BrowserWindow extends EventEmitter {
  webContents = new WebContents();
  loaded: string[] = [];
  shown = false;
  focused = false;
  options: { webPreferences: Record<string, unknown> } & Record<string, unknown>;
  constructor(options: BrowserWindow['options']) {
    super();
    this.options = options;
    record.windows.push(this);
    app.emit('web-contents-created', {}, this.webContents);
  }
  loadURL(url: string) {
    this.loaded.push(url);
    this.webContents.url = url;
    return Promise.resolve();
  }
  show = () => void (this.shown = true);
  hide = () => void (this.shown = false);
  focus = () => void (this.focused = true);
  isFocused = () => this.focused;
  isMinimized = () => false;
  isMaximized = () => false;
  maximize = () => undefined;
  restore = () => undefined;
  getNormalBounds = () => ({ x: 10, y: 20, width: 1000, height: 700 });
}

class Session extends EventEmitter {
  requestHandler: Handler | null = null;
  checkHandler: Handler | null = null;
  deviceHandler: Handler | null = null;
  beforeRequest: ((details: { url: string }, answer: (result: { cancel: boolean }) => void) => void) | null = null;
  protocol = {
    handle: (scheme: string, handler: (request: { url: string; method: string }) => Promise<Response>) =>
      void record.served.set(scheme, handler),
  };
  webRequest = { onBeforeRequest: (handler: Session['beforeRequest']) => void (this.beforeRequest = handler) };
  setPermissionRequestHandler = (handler: Handler) => void (this.requestHandler = handler);
  setPermissionCheckHandler = (handler: Handler) => void (this.checkHandler = handler);
  setDevicePermissionHandler = (handler: Handler) => void (this.deviceHandler = handler);
}
export const session = { defaultSession: new Session() };

export const protocol = {
  registerSchemesAsPrivileged: (schemes: typeof record.schemes) => void record.schemes.push(...schemes),
};

export const ipcMain = new EventEmitter();

export class IpcRenderer extends EventEmitter {
  sent: string[] = [];
  send = (channel: string) => void this.sent.push(channel);
}
export const ipcRenderer = new IpcRenderer();
export const contextBridge = {
  exposeInMainWorld: (name: string, value: unknown) => void (record.exposed[name] = value),
};

export class MessagePortMain extends EventEmitter {
  start = () => undefined;
  close = () => void this.emit('close');
  postMessage = () => undefined;
}
export class MessageChannelMain {
  port1 = new MessagePortMain();
  port2 = new MessagePortMain();
  constructor() {
    record.channels.push(this);
  }
}

export class UtilityChild extends EventEmitter {
  heard: { message: { type: string }; ports: unknown[] }[] = [];
  killed = false;
  postMessage = (message: { type: string }, ports: unknown[] = []) => void this.heard.push({ message, ports });
  kill() {
    this.killed = true;
    return this.emit('exit', 137);
  }
}
export const utilityProcess = {
  fork(entry: string, args: string[], options: { env: Record<string, string>; stdio: unknown }) {
    const child = new UtilityChild();
    record.forks.push({ entry, args, options, child });
    return child;
  },
};

export const dialog = {
  showMessageBox(options: { message: string; detail: string; buttons: string[]; cancelId: number }) {
    record.dialogs.push(options);
    return Promise.resolve({ response: record.answers.shift() ?? options.cancelId });
  },
  showErrorBox: (title: string, message: string) =>
    void record.dialogs.push({ message: title, detail: message, buttons: [] }),
};

export const shell = { openExternal: (url: string) => Promise.resolve(void record.opened.push(url)) };

export class Notification extends EventEmitter {
  static isSupported = () => true;
  options: { title: string; body: string };
  constructor(options: Notification['options']) {
    super();
    this.options = options;
  }
  show = () => void record.notices.push(this);
}

export const Menu = {
  buildFromTemplate: (template: MenuEntry[]) => template,
  setApplicationMenu: (template: MenuEntry[]) => void record.appMenus.push(template),
};
export class Tray extends EventEmitter {
  setToolTip = () => undefined;
  setContextMenu = (menu: MenuEntry[]) => void record.trayMenus.push(menu);
}
export const nativeImage = { createFromPath: () => ({ resize: () => ({}) }) };
export const screen = { getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }] };

export function preventable() {
  return {
    defaultPrevented: false,
    preventDefault() {
      this.defaultPrevented = true;
    },
  };
}

/** A fresh program: nothing recorded, nobody listening. */
export function resetStub(): void {
  Object.assign(record, newRecord());
  app.removeAllListeners();
  app.readiness = Promise.withResolvers<void>();
  ipcMain.removeAllListeners();
  session.defaultSession = new Session();
}

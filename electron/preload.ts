import { contextBridge, ipcRenderer } from 'electron';
import { channels } from './channels.ts';
import type { EngineNews } from './ipc.ts';
import { appOrigin } from './origin.ts';

// Hands main's news of the engine, and its port, to the page. There is nothing else here for the page to call.
contextBridge.exposeInMainWorld('vigieShell', { kind: 'desktop' });

ipcRenderer.on(channels.engine, (event, news: EngineNews) => {
  // The exact origin: a page that is not ours must not receive the port, whatever the window shows.
  window.postMessage(news, appOrigin, [...event.ports]);
});

// By then the page's scripts have run and listen.
window.addEventListener('DOMContentLoaded', () => ipcRenderer.send(channels.ask), { once: true });

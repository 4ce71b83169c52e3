import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { app, session, type MessagePortMain } from 'electron';
import { findSpeechWorker } from '../build/speech-worker.mjs';
import { askAfterFailure, openExternal } from './dialogs.ts';
import { forkEngine } from './engine-fork.ts';
import { createEngineLine } from './engine-line.ts';
import type { FromEngine, Locale } from './engine-messages.ts';
import { guardSession } from './guards.ts';
import { systemLocale, wordsOf } from './i18n/index.ts';
import { onAsk } from './ipc.ts';
import { defaultKeeperLimits } from './keeper-policy.ts';
import { createKeeper } from './keeper.ts';
import { setMenu } from './menu.ts';
import { createNotifier } from './notify.ts';
import { listPageFiles } from './page-files.ts';
import { engineEnvironment, engineStart, shellPaths } from './paths.ts';
import { closeEngineBeforeQuit } from './quit.ts';
import { servePage } from './scheme.ts';
import { stderrLog as log } from './shell-log.ts';
import { systemTimer } from './timer.ts';
import { createTray } from './tray.ts';
import { createMainWindow } from './window.ts';

export type Shell = { show(route?: string): void; openLink(address: string): void };

/** Puts the desktop program together, in the order in which its parts need each other. Call when the app is ready. */
export async function openShell(): Promise<Shell> {
  const paths = shellPaths(app.getAppPath());
  let words = wordsOf(systemLocale(app.getLocale()));

  guardSession(session.defaultSession);
  servePage(session.defaultSession, await listPageFiles(paths.page));

  const window = createMainWindow({
    preload: paths.preload,
    icon: paths.icon,
    stateFile: join(app.getPath('userData'), 'window.json'),
    devTools: !app.isPackaged,
    log,
    onHidden: () => notifier.stillListening(),
  });
  const notifier = createNotifier({
    words: () => words,
    isFocused: window.isFocused,
    show: window.show,
    timer: systemTimer,
  });
  const speak = createTray({ icon: paths.icon, show: () => window.show(), quit: () => app.quit() });
  const speakIn = (locale: Locale) => {
    words = wordsOf(locale);
    setMenu(words);
    speak(words);
  };
  speakIn(words.locale);

  const keeper = createKeeper<MessagePortMain>({
    fork: () => forkEngine(paths.engineProcess, engineEnvironment(process.env)),
    options: engineStart(surroundings(), { exists: existsSync, findSpeechWorker }),
    onNews: (news: FromEngine) => {
      if (news.type === 'alert') notifier.alert(news.alert);
      else if (news.type === 'watch') notifier.watch(news.notice);
      else if (news.type !== 'refused' && news.locale !== words.locale) speakIn(news.locale);
    },
    limits: defaultKeeperLimits,
    timer: systemTimer,
    log,
  });
  const failed = (error: unknown) => log.error({ err: String(error) }, 'dialog failed');
  keeper.watch((state) => {
    if (state.name !== 'given-up') return;
    askAfterFailure(words, state.failure).then((answer) => (answer === 'retry' ? keeper.start() : app.quit()), failed);
  });
  onAsk(createEngineLine(keeper), (origin) => log.warn({ origin }, 'sender refused'));
  closeEngineBeforeQuit(app, window.letGo, keeper.stop);

  keeper.start();
  let asking = false;
  return {
    show: window.show,
    openLink(address) {
      // One question at a time: a page must not be able to pile them up until a tired person says yes.
      if (asking) return;
      asking = true;
      openExternal(words, address)
        .catch(failed)
        .finally(() => (asking = false));
    },
  };
}

export function surroundings() {
  return {
    platform: process.platform,
    arch: process.arch,
    env: process.env,
    home: app.getPath('home'),
    args: process.argv.slice(1),
    appPath: app.getAppPath(),
    packaged: app.isPackaged,
    resourcesPath: process.resourcesPath,
    execPath: process.execPath,
  };
}

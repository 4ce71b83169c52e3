import { join } from 'node:path';
import { app, dialog } from 'electron';
import { routeOfArguments } from './deep-link.ts';
import { guardContents, hasRefusedSwitch } from './guards.ts';
import { dataDir } from './paths.ts';
import { registerScheme } from './scheme.ts';
import { openShell, surroundings, type Shell } from './shell.ts';
import { stderrLog as log } from './shell-log.ts';
import { becomeOnlyInstance } from './single-instance.ts';

let shell: Shell | null = null;
let wanted = routeOfArguments(process.argv);

app.enableSandbox();
// Beside the data it shows, so that two data folders are two programs and one folder is one.
app.setPath('userData', join(dataDir(surroundings()), 'window'));
registerScheme();
guardContents(app, (address) => shell?.openLink(address));

const show = (route?: string) => {
  if (shell) shell.show(route);
  else wanted = route ?? wanted;
};

if (hasRefusedSwitch(app) || !becomeOnlyInstance(show)) app.quit();
else {
  app
    .whenReady()
    .then(async () => {
      shell = await openShell();
      shell.show(wanted ?? undefined);
    })
    .catch((error: unknown) => {
      log.error({ err: String(error) }, 'start failed');
      dialog.showErrorBox('Vigie', String(error));
      app.exit(1);
    });
}

import type { Command } from 'commander';
import { exitCodes } from './exit-codes.ts';
import { option, type Registrar } from './registrar.ts';
import { whole } from './values.ts';

export function serveCommand({ say, command, action }: Registrar): Command {
  return command('serve', ['serve', 'serve --port 8080 --no-open'])
    .addOption(option(say, '--port <n>', 'port', whole(say, '--port', 0, 65_535), 0))
    .addOption(option(say, '--no-open', 'noOpen'))
    .action(
      action<[], { port: number; open: boolean }>(async (shell, _args, { port, open }) => {
        const { output, dataDir, interrupts } = shell;
        const stopped = Promise.withResolvers<void>();
        // The engine is loaded when it is needed, not for help: see shell.ts.
        const { serve } = await import('../serve.ts');
        const served = await serve({ engineOptions: shell.engineOptions(), port, open, env: shell.world.env });
        interrupts.onFirst(stopped.resolve);
        try {
          output.notice(say('notice.dataFolder', { path: dataDir }));
          output.event({
            type: 'serve',
            url: served.url,
            address: served.address,
            port: served.port,
            browserOpened: served.browserOpened,
          });
          await Promise.race([stopped.promise, served.engine.failed.then((error) => Promise.reject(error))]);
          output.notice(say('serve.closing'));
        } finally {
          await served.close();
        }
        // Ctrl-C is how this command is meant to end.
        return exitCodes.ok;
      }),
    );
}

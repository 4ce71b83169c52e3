import { pino } from 'pino';
import { openEngine, openLoopback, servePort, systemClock } from '#engine';
import { hostEngine, type ParentPort } from './engine-host.ts';

/** Whoever logs one of these by mistake logs "[removed]". */
const secrets = [
  'token',
  'cookie',
  'authorization',
  'password',
  'key',
  'apiKey',
  'url',
  'text',
  'note',
  'statement',
].flatMap((name) => [name, `*.${name}`]);

// The entry of Electron's utility process: the one place where the engine lives in the desktop program.
hostEngine({
  parent: process.parentPort as unknown as ParentPort,
  openEngine,
  openLoopback,
  servePort,
  clock: systemClock,
  log: pino(
    { name: 'engine', level: process.env.VIGIE_LOG ?? 'info', redact: { paths: secrets, censor: '[removed]' } },
    // Synchronous: the last lines before a crash are the ones that are needed.
    pino.destination({ dest: 2, sync: true }),
  ),
  exit: (code) => process.exit(code),
});

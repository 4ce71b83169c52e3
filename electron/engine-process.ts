import { pino } from 'pino';
import { openEngine, openLoopback, servePort, systemClock } from '#engine';
import { hostEngine, type ParentPort } from './engine-host.ts';

// The entry of Electron's utility process: the one place where the engine lives in the desktop program.
hostEngine({
  parent: process.parentPort as unknown as ParentPort,
  openEngine,
  openLoopback,
  servePort,
  clock: systemClock,
  log: pino({ name: 'engine', level: process.env.VIGIE_LOG ?? 'info' }, pino.destination({ dest: 2, sync: true })),
  exit: (code) => process.exit(code),
});

import { existsSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import pino from 'pino';
import { type Log, makeFolder } from '#engine';

const maxBytes = 5 * 1024 * 1024;
const keptFiles = 3;

/** Names under which secrets and what people said travel; whoever logs one by mistake logs "[removed]". */
const secretFields = [
  'token',
  'cookie',
  'authorization',
  'password',
  'apiKey',
  'key',
  'url',
  'text',
  'note',
  'statement',
];

/**
 * A log in `<dataDir>/logs/vigie.log`, one JSON object a line, readable by its owner only. Opened at the first line, so
 * that a command that only asks a running engine leaves nothing behind. Above 5 MiB it becomes `vigie.1.log`, up to three.
 */
export function createLogFile(dataDir: string, options: { maxBytes?: number } = {}): Log {
  const file = path.join(dataDir, 'logs', 'vigie.log');
  const limitBytes = options.maxBytes ?? maxBytes;
  let sink: ReturnType<typeof pino.destination> | null = null;
  let sizeBytes = 0;

  const open = () => {
    makeFolder(path.dirname(file), 0o700);
    if (existsSync(file) && statSync(file).size >= limitBytes) rotate(file);
    sizeBytes = existsSync(file) ? statSync(file).size : 0;
    // Synchronous: the last lines before a crash are the ones that are needed. There are few of them.
    return pino.destination({ dest: file, append: true, sync: true, mode: 0o600 });
  };
  const write = (line: string) => {
    sink ??= open();
    sink.write(line);
    sizeBytes += Buffer.byteLength(line);
    if (sizeBytes < limitBytes) return;
    sink.end();
    sink = null;
  };

  return pino(
    {
      level: 'info',
      base: { pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths: secretFields.flatMap((name) => [name, `*.${name}`]), censor: '[removed]' },
    },
    { write },
  );
}

/** vigie.log -> vigie.1.log -> vigie.2.log -> vigie.3.log -> gone. */
function rotate(file: string): void {
  const numbered = (number: number) => file.replace(/\.log$/, number === 0 ? '.log' : `.${number}.log`);
  rmSync(numbered(keptFiles), { force: true });
  for (let number = keptFiles - 1; number >= 0; number -= 1) {
    if (existsSync(numbered(number))) renameSync(numbered(number), numbered(number + 1));
  }
}

/** What the shell says to maintainers, one JSON object per line on stderr. Ids, codes and figures only. */
export type ShellLog = {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
};

export const stderrLog: ShellLog = {
  info: (fields, msg) => write('info', fields, msg),
  warn: (fields, msg) => write('warn', fields, msg),
  error: (fields, msg) => write('error', fields, msg),
};

function write(level: string, fields: object, msg: string): void {
  process.stderr.write(`${JSON.stringify({ level, ...fields, msg })}\n`);
}

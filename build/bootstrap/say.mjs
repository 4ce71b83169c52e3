/**
 * Everything the bootstrap has to say goes to standard error: standard output belongs to the task.
 * @param {string} line
 */
export function say(line) {
  process.stderr.write(`vigie: ${line}\n`);
}

/**
 * Says that something long is still going on: in place on a terminal, now and then elsewhere.
 * @param {string} label
 * @param {() => string} [detail]
 * @returns {() => void} ends it
 */
export function showProgress(label, detail = () => '') {
  const startedMs = Date.now();
  const terminal = process.stderr.isTTY;
  const line = () => `vigie: ${label} ${Math.round((Date.now() - startedMs) / 1000)} s ${detail()}`.trimEnd();
  const timer = setInterval(
    () => process.stderr.write(terminal ? `\r\u001b[K${line()}` : `${line()}\n`),
    terminal ? 500 : 15_000,
  );
  timer.unref();
  return () => {
    clearInterval(timer);
    if (terminal) process.stderr.write('\r\u001b[K');
  };
}

const longest = 2 ** 31 - 1;

/**
 * Keeps this process from ending for want of anything to wait for, until the answered function is called. The clock's timers do not, and
 * sound that is held back at 1x waits for nothing else once ffmpeg is done.
 */
export function keepAlive(): () => void {
  const timer = setInterval(() => undefined, longest);
  return () => clearInterval(timer);
}

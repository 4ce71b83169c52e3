/** Position on the live's timeline, `HH:MM:SS` (hours grow past 99); `ms` is rounded down to the second. */
export function position(ms: number): string {
  return subtitleTime(ms, '.').slice(0, -4);
}

/** `HH:MM:SS.mmm` (WebVTT, W3C "WebVTT timestamp") or `HH:MM:SS,mmm` (SubRip), from ms. */
export function subtitleTime(ms: number, mark: '.' | ','): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(ms / 3_600_000);
  const minutes = Math.floor(ms / 60_000) % 60;
  const seconds = Math.floor(ms / 1000) % 60;
  return `${two(hours)}:${two(minutes)}:${two(seconds)}${mark}${String(ms % 1000).padStart(3, '0')}`;
}

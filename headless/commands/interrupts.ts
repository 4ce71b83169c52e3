/** What Ctrl-C means to the command that is running. */
export type Interrupts = {
  /** Whether somebody pressed Ctrl-C. */
  readonly pressed: boolean;
  /** Sets what the first Ctrl-C does; without, and at the second, the program leaves at once. */
  onFirst(stop: (() => void) | null): void;
};

/**
 * Listens to SIGINT and SIGTERM. The first asks the running command to stop gently, the second leaves: everything on disk
 * survives being left at any instant.
 */
export function createInterrupts(leave: () => void): Interrupts & { press(): void; dispose(): void } {
  let pressed = false;
  let first: (() => void) | null = null;
  const press = () => {
    if (pressed || !first) {
      pressed = true;
      leave();
      return;
    }
    pressed = true;
    first();
  };
  process.on('SIGINT', press);
  process.on('SIGTERM', press);
  return {
    get pressed() {
      return pressed;
    },
    onFirst(stop) {
      first = stop;
    },
    press,
    dispose() {
      process.off('SIGINT', press);
      process.off('SIGTERM', press);
    },
  };
}

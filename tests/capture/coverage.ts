import { expect } from 'vitest';
import { causeOf, drawFaults, type Fault, runFaults } from './fault-run.ts';
import { tiles } from './support.ts';

/** Sound that is missing at a break, or that an attempt takes: less is no gap. */
const toleranceMs = 500;
/** A fault is noticed, and its end found, within so much: a stall, and the longest wait between two attempts. */
const afterMs = 45_000;

/** A source that pauses for less than a stall goes on on the same connection: its own clock says what was missed. */
const expectedCause = ({ kind, lasts }: Fault) => (kind === 'stall' && lasts < 10 ? 'source' : causeOf[kind]);

/**
 * The coverage equation (R6) over a run with random faults: sound and declared gaps add up to the wall clock, each missing second lies in a
 * gap of the right cause, none is there twice, none out of order.
 */
export async function checkCoverage(seed: number, count: number, seconds: number): Promise<void> {
  const faults = drawFaults(seed, count, seconds);
  const { heard, wallMs, said } = await runFaults(seed, faults, seconds);
  expect(heard.end).toEqual({ outcome: 'ended', damaged: false });
  const { startMs, endMs } = tiles(heard);
  expect(startMs).toBe(0);
  expect(Math.abs(endMs - wallMs)).toBeLessThanOrEqual(toleranceMs);

  // No second twice, none out of order: each new burst says a later second, or the rest of one that a break cut in two.
  for (const [index, burst] of said.entries()) {
    const before = said[index - 1];
    if (!before) continue;
    expect({ at: burst.startMs, second: burst.second, later: burst.second >= before.second }).toMatchObject({
      later: true,
    });
  }
  const heardMs = new Map<number, number>();
  for (const { second, startMs: from, endMs: to } of said) heardMs.set(second, (heardMs.get(second) ?? 0) + to - from);
  expect([...heardMs].filter(([, ms]) => ms > 900)).toEqual([]);

  // What is missing lies in a gap, where the clock says it was.
  const undeclared = Array.from({ length: seconds }, (_, second) => second).filter((second) => {
    if ((heardMs.get(second) ?? 0) >= 600) return false;
    return !heard.gaps.some((gap) => gap.startMs <= second * 1000 + 1_500 && gap.endMs >= second * 1000 - 500);
  });
  expect(undeclared).toEqual([]);

  // Every gap has a fault, and its cause.
  const wrong = heard.gaps
    .filter((gap) => gap.endMs - gap.startMs > toleranceMs && gap.startMs > 0)
    .map((gap) => {
      const fault = faults.find(
        ({ at, lasts }) => gap.startMs >= at * 1000 - 2_000 && gap.startMs <= (at + lasts) * 1000 + afterMs,
      );
      return { ...gap, fault: fault?.kind, expected: fault ? expectedCause(fault) : 'no fault' };
    })
    .filter(({ cause, expected }) => cause !== expected);
  expect(wrong).toEqual([]);
  // And every fault that takes sound away has its gap.
  const silent = faults.filter(
    ({ kind, at, lasts }) =>
      causeOf[kind] !== null &&
      lasts > 12 &&
      !heard.gaps.some((gap) => gap.cause === causeOf[kind] && Math.abs(gap.startMs - at * 1000) < afterMs),
  );
  expect(silent).toEqual([]);
}

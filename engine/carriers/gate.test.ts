import { expect, test } from 'vitest';
import { createClockDouble } from '../base/clock-double.ts';
import { createGate, launchValidMs } from './gate.ts';

test('secrets are 256 bits and never repeat', () => {
  const gate = createGate(createClockDouble());
  const secrets = [gate.cliToken, ...Array.from({ length: 100 }, () => gate.mintLaunch())];
  expect(new Set(secrets).size).toBe(101);
  for (const secret of secrets) expect(Buffer.from(secret, 'base64url')).toHaveLength(32);
});

test('a launch token works once, and only while it is fresh', async () => {
  const clock = createClockDouble();
  const gate = createGate(clock);
  const used = gate.mintLaunch();
  expect(gate.redeemLaunch(used)).not.toBeNull();
  expect(gate.redeemLaunch(used)).toBeNull();

  const late = gate.mintLaunch();
  await clock.advance(launchValidMs);
  expect(gate.redeemLaunch(late)).toBeNull();
});

test('setting the wall clock back keeps no token alive', async () => {
  const clock = createClockDouble();
  const gate = createGate(clock);
  const token = gate.mintLaunch();
  await clock.advance(launchValidMs);
  clock.stepWall(-3_600_000);
  expect(gate.redeemLaunch(token)).toBeNull();
});

test('each kind of secret opens its own door only', () => {
  const gate = createGate(createClockDouble());
  const launch = gate.mintLaunch();
  expect(gate.isSession(launch)).toBe(false);
  expect(gate.isCli(launch)).toBe(false);
  expect(gate.redeemLaunch(gate.cliToken)).toBeNull();
  const session = gate.redeemLaunch(launch)!;
  expect(gate.isSession(session)).toBe(true);
  expect(gate.isCli(session)).toBe(false);
  expect(gate.isSession(gate.cliToken)).toBe(false);
});

test('ten thousand wrong tokens lock nobody out', () => {
  const gate = createGate(createClockDouble());
  const launch = gate.mintLaunch();
  for (let attempt = 0; attempt < 10_000; attempt += 1) {
    expect(gate.redeemLaunch(`${attempt}`.padStart(43, 'A'))).toBeNull();
  }
  expect(gate.redeemLaunch(launch)).not.toBeNull();
});

test('the oldest session makes room', () => {
  const gate = createGate(createClockDouble());
  const sessions = Array.from({ length: 17 }, () => gate.redeemLaunch(gate.mintLaunch())!);
  expect(gate.isSession(sessions[0]!)).toBe(false);
  expect(sessions.slice(1).every((session) => gate.isSession(session))).toBe(true);
});

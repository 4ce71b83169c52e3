import { test } from 'vitest';
import { checkCoverage } from './coverage.ts';

test('ten simulated hours with a hundred faults: all is heard once or declared', { timeout: 900_000 }, () =>
  checkCoverage(20_261, 100, 36_000),
);

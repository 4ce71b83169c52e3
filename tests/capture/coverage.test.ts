import { test } from 'vitest';
import { checkCoverage } from './coverage.ts';

test('twenty-five simulated minutes with twelve faults: all is heard once or declared', () =>
  checkCoverage(1, 12, 1_500));

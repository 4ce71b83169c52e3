import { expect, test } from 'vitest';
import { retryAfterMs } from './retry-after.ts';

const date = 'Wed, 21 Oct 2015 07:28:00 GMT';
test.each([
  [{}, undefined],
  [{ 'retry-after': '120' }, 120_000],
  [{ 'retry-after': ' 0 ' }, 0],
  [{ 'retry-after': 'Wed, 21 Oct 2015 07:30:00 GMT', date }, 120_000],
  [{ 'retry-after': 'Wed, 21 Oct 2015 07:20:00 GMT', date }, 0],
  [{ 'retry-after': 'Wed, 21 Oct 2015 07:30:00 GMT' }, undefined],
  [{ 'retry-after': 'soon', date }, undefined],
  [{ 'retry-after': '-5' }, undefined],
  [{ 'retry-after': '9'.repeat(40) }, undefined],
])('%o asks for %s ms', (headers, expected) => expect(retryAfterMs(headers as Record<string, string>)).toBe(expected));

import { expect, it } from 'vitest';
import { VigieError } from '#shared/errors.ts';
import { exportFailure, problemOf } from './write-exports.ts';

it.each([
  [new VigieError('disk-full', { path: '/data' }).message, 'disk-full', { path: '/data' }],
  [
    new VigieError('export-failed', { format: 'pdf', detail: 'EISDIR' }).message,
    'export-failed',
    { format: 'pdf', detail: 'EISDIR' },
  ],
  ['disk-full: {"path":"/da', 'export-failed', { format: 'pdf', detail: 'disk-full: {"path":"/da' }],
  ['disk-full: {"other":1}', 'export-failed', { format: 'pdf', detail: 'disk-full: {"other":1}' }],
  ['the worker went away', 'export-failed', { format: 'pdf', detail: 'the worker went away' }],
  [null, 'export-failed', { format: 'pdf', detail: '?' }],
])('the problem %j of an export is %s', (problem, code, data) => {
  expect(problemOf({ format: 'pdf', problem })).toMatchObject({ code, data });
});

it('turns a refusal of the file system into a failed export, and leaves defects alone', () => {
  const refused = Object.assign(new Error('x'), { code: 'EACCES', path: '/locked' });
  expect(exportFailure('csv', refused)).toMatchObject({
    code: 'export-failed',
    data: { format: 'csv', detail: 'EACCES: /locked' },
  });
  const defect = new TypeError('broken');
  expect(() => exportFailure('csv', defect)).toThrow(defect);
});

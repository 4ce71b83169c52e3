import { expect, it } from 'vitest';
import { routeOfArguments, routeOfLink } from './deep-link.ts';

const id = '0190a000-0000-7000-8000-000000000001';

it.each([
  [`vigie://alerte/${id}`, `#/review?alert=${id}`],
  [`vigie://live/${id}/`, `#/lives/${id}`],
  [`vigie://alerte/${id}?x=1`, null],
  [`vigie://alerte/${id}/../../settings`, null],
  [`vigie://alerte/${id}#/x`, null],
  ['vigie://alerte/', null],
  ['vigie://settings', null],
  [`VIGIE://alerte/${id}`, null],
  [`vigie-app://app/index.html`, null],
  [`javascript:alert(1)//vigie://alerte/${id}`, null],
  [`vigie://alerte/${id}\n`, null],
])('%s', (link, route) => expect(routeOfLink(link)).toBe(route));

it('finds the link among the arguments of a start', () => {
  expect(routeOfArguments(['vigie', '--flag', `vigie://live/${id}`])).toBe(`#/lives/${id}`);
  expect(routeOfArguments(['vigie', '--flag'])).toBeNull();
});

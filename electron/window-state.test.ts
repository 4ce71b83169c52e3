import { expect, it } from 'vitest';
import { parseWindowState, placeWindow, type Bounds } from './window-state.ts';

const screen: Bounds = { x: 0, y: 0, width: 1920, height: 1080 };
const at = (x: number, y: number, width = 1000, height = 700) => ({
  bounds: { x, y, width, height },
  maximized: false,
});
const usual = { bounds: { width: 1360, height: 860 }, maximized: false };

it.each([
  ['never opened', null, [screen], usual],
  ['where it was', at(50, 60), [screen], at(50, 60)],
  ['on the second screen', at(2000, 60), [screen, { ...screen, x: 1920 }], at(2000, 60)],
  ['on a screen that is gone', at(2000, 60), [screen], usual],
  ['with too little left to take hold of', at(1900, 60), [screen], usual],
  ['smaller than the page can be', at(0, 0, 200, 100), [screen], usual],
  ['a little too small', at(0, 0, 500, 400), [screen], at(0, 0, 900, 600)],
])('%s', (_, saved, screens, placed) => expect(placeWindow(saved, screens)).toEqual(placed));

it.each([
  [
    '{"bounds":{"x":1,"y":2,"width":3,"height":4},"maximized":true}',
    { bounds: { x: 1, y: 2, width: 3, height: 4 }, maximized: true },
  ],
  ['{"bounds":{"x":1,"y":2,"width":3}}', null],
  ['{"bounds":{"x":1.5,"y":2,"width":3,"height":4}}', null],
  ['{"bounds":{"x":1e9,"y":2,"width":3,"height":4}}', null],
  ['null', null],
  ['{"bounds":null}', null],
  ['half a fil', null],
  ['', null],
])('reads %s', (text, state) => expect(parseWindowState(text)).toEqual(state));

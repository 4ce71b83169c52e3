import { z } from 'zod';
import { id } from '../ids.ts';
import { laneState } from '../model/lane.ts';
import { call } from './base.ts';

const operate = { permission: 'operate', personalData: false } as const;

/** Whose sound is written down next. */
export const lanes = {
  get: call({ permission: 'read', personalData: false })
    .input(z.object({ liveId: id }))
    .output(laneState),
  /** What waits of this live goes behind what is being said now. Nothing is dropped. */
  catchUp: call(operate)
    .input(z.object({ liveId: id, commandId: id }))
    .output(z.object({ moved: z.number().int(), soundMs: z.number().int() })),
  /** What still waits is written down in the order it was said again. */
  undoCatchUp: call(operate)
    .input(z.object({ liveId: id, commandId: id }))
    .output(z.object({ moved: z.number().int() })),
  /** Words wait and capture goes on; `liveId` null: of every live. */
  pause: call(operate)
    .input(z.object({ liveId: id.nullable(), paused: z.boolean(), commandId: id }))
    .output(z.object({})),
  /** The live gets the words of its own model again. */
  restoreModel: call(operate)
    .input(z.object({ liveId: id, commandId: id }))
    .output(z.object({})),
};

import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { feedEvent } from '../model/fact.ts';
import { settings, settingsPatch } from '../model/settings.ts';
import { check, systemStatus } from '../model/system.ts';
import { id } from '../ids.ts';
import { call } from './base.ts';

const open = { permission: 'none', personalData: false } as const;
const read = { permission: 'read', personalData: false } as const;
const administer = { permission: 'administer', personalData: false } as const;

export const system = {
  status: call(open).output(systemStatus),
  /** Tests every part live: ffmpeg, models, GPU, disk, database and its chain, network switch. */
  doctor: call(read).output(z.object({ checks: z.array(check) })),
  settings: call(read).output(settings),
  changeSettings: call(administer)
    .input(z.object({ patch: settingsPatch, commandId: id }))
    .output(settings),
};

export const feed = {
  /**
   * Facts after `after` in order (null: from now on), then live ones, with pulses between them. At most 2 000 facts are
   * replayed; beyond that the first event is `behind`.
   */
  subscribe: call(read)
    .input(z.object({ after: z.number().int().min(0).nullable() }))
    .output(eventIterator(feedEvent)),
};

import type { ContractRouterClient } from '@orpc/contract';
import { cases } from './cases.ts';
import { evaluations } from './evaluations.ts';
import { exportsDesk } from './exports.ts';
import { folders } from './folders.ts';
import { lanes } from './lanes.ts';
import { lives } from './lives.ts';
import { models } from './models.ts';
import { notes } from './notes.ts';
import { alerts, review } from './review.ts';
import { rules } from './rules.ts';
import { feed, system } from './system.ts';
import { watches } from './watches.ts';

/** Everything that may be asked of the engine. No handler exists outside this value. */
export const contract = {
  lives,
  watches,
  folders,
  lanes,
  cases,
  alerts,
  rules,
  review,
  exports: exportsDesk,
  models,
  evaluations,
  notes,
  system,
  feed,
};
export type Contract = typeof contract;

/** The same calls on a port, on a socket, or directly. */
export type EngineClient = ContractRouterClient<Contract>;

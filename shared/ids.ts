import { v7 } from 'uuid';
import { z } from 'zod';

/** UUID version 7 (RFC 9562): sortable by creation, never colliding between two laptops. */
export const id = z.uuid({ version: 'v7' });
export type Id = string;

/** A new id carrying `atMs` (epoch milliseconds), so that ids sort by the injected clock. */
export function newId(atMs: number): Id {
  return v7({ msecs: atMs });
}

import { z } from 'zod';
import { defineMessage, field } from '../message.js';

/** What must hold of a service's tables does not, as it found under its own role. Settlement lets no money go until people have looked. */
export const InvariantBrokenV1 = defineMessage({
  type: 'invariant.broken.v1',
  from: 'each',
  to: ['settlement'],
  schema: z.strictObject({
    invariant: z.string().min(1).max(20),
    /** The sentence that does not hold. */
    holds: z.string().max(500),
    /** The row that breaks it, and in what. */
    rowNamed: z.string().max(300),
    detail: z.string().max(500),
    foundAt: field.instant,
  }),
  sample: {
    invariant: 'L4', holds: 'Guarded balances never fall below zero.', rowNamed: 'prefund:01900000-0000-7000-8000-000000000001', detail: 'balance 500, debit side',
    foundAt: '2026-03-02T23:00:00.000Z',
  },
});

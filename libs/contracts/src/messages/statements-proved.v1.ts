import { z } from 'zod';
import { defineMessage, field } from '../message.js';

/** As many as fit beside their paths in one message: about 150 kB of usual ones. */
export const PROOFS_PER_MESSAGE = 50;
/** The closing of a statement of a thousand programmes, each with its rule, takes about 120 kB. */
export const PROVED_LEAF_LENGTH_MAX = 160_000;

/** Statements that a checkpoint signed, each with the proof that it is in the log of that size. */
export const StatementsProvedV1 = defineMessage({
  type: 'statements.proved.v1',
  from: 'audit',
  to: ['settlement'],
  schema: z.strictObject({
    size: z.number().int().positive(),
    root: field.sha256,
    proofs: z.array(z.strictObject({
      statementId: field.id,
      eventId: field.id,
      index: field.index,
      /** The bytes that the leaf is the hash of. */
      leaf: z.string().min(1).max(PROVED_LEAF_LENGTH_MAX),
      path: z.array(field.sha256).max(64),
    })).min(1).max(PROOFS_PER_MESSAGE),
  }),
  sample: {
    size: 1, root: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    proofs: [{
      statementId: '01900000-0000-7000-8000-00000000000c', eventId: '01900000-0000-7000-8000-00000000001c', index: 0, leaf: '{"type":"statement.closed.v1"}', path: [],
    }],
  },
});

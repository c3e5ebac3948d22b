import { z } from 'zod';
import { showId, type Id } from '#libs/kernel';
import { checkpointAnswer, shownCheckpoint } from '../publish-checkpoint/checkpoint-answer.js';
import type { Inclusion } from './prove-events.query.js';

const hash = z.string().describe('SHA-256, hex');

/** The form in which a proof of inclusion leaves, whatever was asked for. */
export const inclusionAnswer = z.strictObject({
  eventId: z.string(), index: z.int().describe('place in the log, from 0'), size: z.int(),
  leaf: z.string().describe('the text that the leaf is the hash of'), leafHash: hash,
  path: z.array(hash).describe('RFC 6962: the lowest first'), root: hash,
  checkpoint: checkpointAnswer.nullable().describe('the one of this size'),
});

export const shownInclusion = (eventId: Id<'event'>, { checkpoint, path, ...rest }: Inclusion): z.output<typeof inclusionAnswer> =>
  ({ eventId: showId('event', eventId), ...rest, path: [...path], checkpoint: checkpoint && shownCheckpoint(checkpoint) });

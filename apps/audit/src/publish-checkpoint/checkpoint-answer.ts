import { z } from 'zod';
import type { Checkpoint } from './signed-note.js';

/** The form in which a checkpoint leaves, wherever it is shown. */
export const checkpointAnswer = z.strictObject({
  size: z.int().describe('leaves in the log'),
  root: z.string().describe('root of the tree over them, hex'),
  time: z.string(),
  origin: z.string().describe('the name of this log'),
  keyId: z.string(),
  signature: z.string().describe('Ed25519 over the text of the note, base64'),
  note: z.string().describe('the signed note (C2SP tlog-checkpoint)'),
});

export const shownCheckpoint = ({ size, root, time, origin, keyId, signature, note }: Checkpoint): z.output<typeof checkpointAnswer> =>
  ({ size, root, time, origin, keyId, signature, note });

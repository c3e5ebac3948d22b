// Proofs as audit answers them, and what this page finds by itself: it shares no code with the log.
import { z } from 'zod';
import { checkpointSchema, faultOf, isConsistent, isIncluded, keysOf } from '#libs/proofs';
import { keysShape, type Keys } from '../checkpoints/checkpoints.data.js';

export { keysShape };
const hash = z.string().regex(/^[0-9a-f]{64}$/);

export const checkedInclusion = z.object({
  eventId: z.string(), index: z.int(), size: z.int(), leaf: z.string(), leafHash: hash, path: z.array(hash), root: hash,
  checkpoint: checkpointSchema.nullable(),
}).transform((proof) => ({ ...proof, isProved: isIncluded({ ...proof, leaf: Buffer.from(proof.leaf) }) }));
export const checkedConsistency = z.object({ from: z.int(), to: z.int(), fromRoot: hash, toRoot: hash, path: z.array(hash) })
  .transform((proof) => ({ ...proof, isProved: isConsistent(proof) }));
export type CheckedInclusion = z.output<typeof checkedInclusion>;
export type CheckedConsistency = z.output<typeof checkedConsistency>;

/** The proof is of a root that somebody signed. */
export const isSigned = ({ checkpoint, size, root }: CheckedInclusion, { keys }: Keys): boolean =>
  checkpoint !== null && checkpoint.size === size && checkpoint.root === root
  && faultOf(checkpoint, keysOf(keys.map(({ pem }) => pem))) === undefined;

/** Why there is none, in words. */
export const NO_PROOF: Readonly<Record<string, readonly [french: string, english: string]>> = {
  event_not_found: ['Cet événement n’existe pas dans la copie de l’audit.', 'This event is not in audit’s copy.'],
  event_not_in_log: ['Cet événement est plus récent que ce point de contrôle : choisissez-en un plus grand.', 'This event is newer than this checkpoint: choose a larger one.'],
  checkpoint_not_found: ['Aucun point de contrôle n’est encore signé, ou aucun de cette taille.', 'No checkpoint is signed yet, or none of this size.'],
  log_shorter: ['Le journal n’a pas autant d’événements : choisissez une taille plus petite.', 'The log has fewer events than that: choose a smaller size.'],
};

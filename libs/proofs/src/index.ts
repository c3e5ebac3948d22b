export { EMPTY_ROOT, LeafTree, leafHash } from './leaf-tree.js';
export { isConsistent, isIncluded } from './merkle-proofs.js';
export type { Consistency, Inclusion } from './merkle-proofs.js';
export { checkpointSchema, faultOf, keysOf, readKept, readNote, thumbprint } from './signed-checkpoint.js';
export type { Keys, SignedCheckpoint } from './signed-checkpoint.js';

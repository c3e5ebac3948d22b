// Checkpoints as audit publishes them to anybody, and what this page finds by itself: whether each is signed and follows the one
// before. It shares no code with the log.
import { z } from 'zod';
import { checkpointSchema, faultOf, isConsistent, keysOf } from '#libs/proofs';

const listed = checkpointSchema.extend({
  origin: z.string(), follows: z.object({ size: z.int(), path: z.array(z.string()) }).nullable(),
});
export const checkpointsShape = z.object({ items: z.array(listed), nextCursor: z.string().nullable() });
export const keysShape = z.object({
  origin: z.string(), keys: z.array(z.object({ keyId: z.string(), noteVerifier: z.string(), pem: z.string() })),
});
export type Listed = z.output<typeof checkpointsShape>;
export type Keys = z.output<typeof keysShape>;

export type Judged = Listed['items'][number] & Readonly<{
  isSigned: boolean;
  /** Null where the one before is not on this page. */
  isFollowing: boolean | null;
}>;

export function judged({ items }: Listed, { keys }: Keys): Judged[] {
  const believed = keysOf(keys.map(({ pem }) => pem));
  return items.map((checkpoint, at) => {
    const { size: to, root: toRoot, follows } = checkpoint;
    const before = items[at + 1];
    const isFollowing = !before ? null : follows?.size === before.size
      && isConsistent({ from: before.size, to, fromRoot: before.root, toRoot, path: follows.path });
    return { ...checkpoint, isSigned: faultOf(checkpoint, believed) === undefined, isFollowing };
  });
}

import type { BodyOf, CheckpointPublishedV1 } from '#libs/contracts';
import type { Tx } from '#libs/persistence';

export async function keepCheckpoint(tx: Tx, checkpoint: BodyOf<typeof CheckpointPublishedV1>, eventId: string): Promise<void> {
  const { size, root, time, origin, keyId, signature } = checkpoint;
  await tx.sql.$executeRaw`
    insert into settlement.known_checkpoint (event_id, size, root, signed_at, origin, key_id, signature)
    values (${eventId}::uuid, ${size}::bigint, ${root}, ${time}::timestamptz, ${origin}, ${keyId}, ${signature})`;
}

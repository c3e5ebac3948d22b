import type { BodyOf, CheckpointPublishedV1 } from '#libs/contracts';
import type { Sql, Tx } from '#libs/persistence';

/** `isProved`: whether the proof held that it follows the one that it names; null where it names none. */
export async function keepCheckpoint(
  tx: Tx, checkpoint: BodyOf<typeof CheckpointPublishedV1>, eventId: string, isProved: boolean | null,
): Promise<void> {
  const { size, root, time, origin, keyId, signature, follows } = checkpoint;
  await tx.sql.$executeRaw`
    insert into settlement.known_checkpoint (event_id, size, root, signed_at, origin, key_id, signature, follows_size, follows_root, follows_proved, kept_at)
    values (${eventId}::uuid, ${size}::bigint, ${root}, ${time}::timestamptz, ${origin}, ${keyId}, ${signature},
      ${follows?.size ?? null}::bigint, ${follows?.root ?? null}, ${isProved}::boolean, ${tx.now})`;
}

/** Whether audit ever told that this was the root of this size; of another root it may have told too, which A8 finds. */
export async function isTold(sql: Sql, { size, root }: Readonly<{ size: number; root: string }>): Promise<boolean> {
  const [row] = await sql.$queryRaw<{ told: boolean }[]>`
    select exists (select from settlement.known_checkpoint where size = ${size}::bigint and root = ${root}) as told`;
  return row!.told;
}

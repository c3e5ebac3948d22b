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

/** The root that audit told of this size before: this very one, where it ever told it. */
export async function signedBefore(sql: Sql, { size, root }: Readonly<{ size: number; root: string }>): Promise<string | undefined> {
  const [row] = await sql.$queryRaw<{ root: string }[]>`
    select root from settlement.known_checkpoint where size = ${size}::bigint order by root <> ${root}, kept_at limit 1`;
  return row?.root;
}

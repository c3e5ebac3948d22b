// The SQL of audit.checkpoint_mail: one row per reader and day, and none is ever changed.
import type { Tx } from '#libs/persistence';

export type MailedTo = Readonly<{ day: string; addressSha256: string }>;

/** Two processes that look at once would mail twice. */
export async function lockReader(tx: Tx, { addressSha256 }: MailedTo): Promise<void> {
  await tx.sql.$executeRaw`select pg_advisory_xact_lock(hashtextextended('mereau.audit.checkpoint_mail ' || ${addressSha256}, 0))`;
}

export async function wasMailed(tx: Tx, { day, addressSha256 }: MailedTo): Promise<boolean> {
  const rows = await tx.sql.$queryRaw<unknown[]>`
    select 1 from audit.checkpoint_mail where day = ${day}::date and address_sha256 = ${addressSha256}`;
  return rows.length > 0;
}

/** The size that the reader was mailed last, on a day before. */
export async function sizeMailedBefore(tx: Tx, { day, addressSha256 }: MailedTo): Promise<number | undefined> {
  const [row] = await tx.sql.$queryRaw<{ size: bigint }[]>`
    select size from audit.checkpoint_mail where address_sha256 = ${addressSha256} and day < ${day}::date and message_id is not null
    order by day desc limit 1`;
  return row && Number(row.size);
}

export type Outcome = Readonly<{ size: number; messageId: string | null; refusal: string | null }>;

export async function insertMailed(tx: Tx, { day, addressSha256 }: MailedTo, { size, messageId, refusal }: Outcome): Promise<void> {
  await tx.sql.$executeRaw`
    insert into audit.checkpoint_mail (day, address_sha256, size, message_id, refusal, mailed_at)
    values (${day}::date, ${addressSha256}, ${size}::bigint, ${messageId}, ${refusal}, ${tx.now})`;
}

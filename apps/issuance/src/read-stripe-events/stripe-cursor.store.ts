import type { Sql, Tx } from '#libs/persistence';

export async function readUntil(sql: Sql): Promise<Date | undefined> {
  const [row] = await sql.$queryRaw<{ readUntil: Date }[]>`select read_until as "readUntil" from issuance.stripe_cursor`;
  return row?.readUntil;
}

/** Never back: of two that read at once the later counts. */
export async function noteReadUntil(tx: Tx, moment: Date): Promise<void> {
  await tx.sql.$executeRaw`
    insert into issuance.stripe_cursor (read_until) values (${moment})
    on conflict (only_one) do update set read_until = greatest(issuance.stripe_cursor.read_until, excluded.read_until)`;
}

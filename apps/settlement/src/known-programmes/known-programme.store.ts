import type { BodyOf, ProgrammePublishedV1 } from '#libs/contracts';
import type { BankAccountId, ProgrammeId } from '#libs/kernel';
import type { Sql, Tx } from '#libs/persistence';

/** The latest version stays, in whatever order versions arrive. */
export async function keepProgramme(tx: Tx, programme: BodyOf<typeof ProgrammePublishedV1>): Promise<void> {
  const { programmeId, ruleVersion, name, usableUntil, claimableUntil, custodyAccountId } = programme;
  await tx.sql.$executeRaw`
    insert into settlement.known_programme (programme_id, rule_version, name, usable_until, claimable_until, custody_account_id)
    values (${programmeId}::uuid, ${ruleVersion}, ${name}, ${usableUntil}::date, ${claimableUntil}::date, ${custodyAccountId}::uuid)
    on conflict (programme_id) do update set rule_version = excluded.rule_version, name = excluded.name, usable_until = excluded.usable_until,
      claimable_until = excluded.claimable_until, custody_account_id = excluded.custody_account_id
    where known_programme.rule_version < excluded.rule_version`;
}

/** Of those that were published since settlement hears of programmes. */
export async function programmeNames(sql: Sql, programmeIds: readonly ProgrammeId[]): Promise<ReadonlyMap<ProgrammeId, string>> {
  const rows = await sql.$queryRaw<{ programmeId: ProgrammeId; name: string }[]>`
    select programme_id as "programmeId", name from settlement.known_programme where programme_id = any(${[...programmeIds]}::uuid[])`;
  return new Map(rows.map(({ programmeId, name }) => [programmeId, name]));
}

/** The custody account that the money of each is on. */
export async function programmeAccounts(sql: Sql): Promise<ReadonlyMap<ProgrammeId, BankAccountId>> {
  const rows = await sql.$queryRaw<{ programmeId: ProgrammeId; accountId: BankAccountId }[]>`
    select programme_id as "programmeId", custody_account_id as "accountId" from settlement.known_programme`;
  return new Map(rows.map(({ programmeId, accountId }) => [programmeId, accountId]));
}

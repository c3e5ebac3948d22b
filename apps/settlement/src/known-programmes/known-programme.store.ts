import type { BodyOf, ProgrammePublishedV1 } from '#libs/contracts';
import type { ProgrammeId } from '#libs/kernel';
import type { Sql, Tx } from '#libs/persistence';

/** The latest rules say the name, in whatever order they arrive. */
export async function keepProgramme(tx: Tx, { programmeId, name, ruleVersion }: BodyOf<typeof ProgrammePublishedV1>): Promise<void> {
  await tx.sql.$executeRaw`
    insert into settlement.known_programme (programme_id, name, rule_version) values (${programmeId}::uuid, ${name}, ${ruleVersion})
    on conflict (programme_id) do update set name = excluded.name, rule_version = excluded.rule_version
    where known_programme.rule_version < excluded.rule_version`;
}

/** Of those that were published since settlement hears of programmes. */
export async function programmeNames(sql: Sql, programmeIds: readonly ProgrammeId[]): Promise<ReadonlyMap<ProgrammeId, string>> {
  const rows = await sql.$queryRaw<{ programmeId: ProgrammeId; name: string }[]>`
    select programme_id as "programmeId", name from settlement.known_programme where programme_id = any(${[...programmeIds]}::uuid[])`;
  return new Map(rows.map(({ programmeId, name }) => [programmeId, name]));
}

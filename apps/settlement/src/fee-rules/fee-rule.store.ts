import type { LocalDate, ProgrammeId } from '#libs/kernel';
import type { Sql, Tx } from '#libs/persistence';
import { personOf } from '../settlement.work.js';
import type { AskedFeeRule, FeeRates } from './publish-fee-rule.decision.js';

export type FeeRule = FeeRates & Readonly<{ programmeId: ProgrammeId; version: number; from: LocalDate }>;

export async function latestFeeRule(tx: Tx, programmeId: ProgrammeId): Promise<{ version: number; from: LocalDate } | undefined> {
  const [row] = await tx.sql.$queryRaw<{ version: number; from: LocalDate }[]>`
    select version, effective_from::text as "from" from settlement.fee_rule
    where programme_id = ${programmeId}::uuid order by version desc limit 1`;
  return row;
}

export async function insertFeeRule(tx: Tx, programmeId: ProgrammeId, version: number, rule: AskedFeeRule): Promise<void> {
  await tx.sql.$executeRaw`
    insert into settlement.fee_rule (programme_id, version, effective_from, fee_basis_points, vat_basis_points,
      commons_basis_points, published_by, published_at)
    values (${programmeId}::uuid, ${version}, ${rule.from}::date, ${rule.feeBasisPoints}, ${rule.vatBasisPoints},
      ${rule.commonsBasisPoints}, ${personOf(tx)}, ${tx.now})`;
}

export const listFeeRules = (sql: Sql, programmeId: ProgrammeId): Promise<FeeRule[]> => sql.$queryRaw<FeeRule[]>`
  select programme_id as "programmeId", version, effective_from::text as "from", fee_basis_points as "feeBasisPoints",
    vat_basis_points as "vatBasisPoints", commons_basis_points as "commonsBasisPoints"
  from settlement.fee_rule where programme_id = ${programmeId}::uuid order by version desc`;

import type { LocalDate, ProgrammeId } from '#libs/kernel';
import type { Sql, Tx } from '#libs/persistence';
import { personOf } from '../settlement.work.js';
import type { AskedFeeRule, EarlierRules } from './publish-fee-rule.decision.js';

export type FeeRule = AskedFeeRule & Readonly<{
  programmeId: ProgrammeId; version: number;
  /** What the platform let it take, in all, when it was published. */
  platformCapBasisPoints: number;
}>;

export async function earlierRules(tx: Tx, programmeId: ProgrammeId): Promise<EarlierRules> {
  const rules = await listFeeRules(tx.sql, programmeId);
  const promises = rules.flatMap(({ promisedCapBasisPoints: promise }) => (promise === null ? [] : [promise]));
  return { last: rules[0], promisedCapBasisPoints: promises.length > 0 ? Math.min(...promises) : null };
}

export type NewFeeRule = AskedFeeRule & Readonly<{ version: number; platformCapBasisPoints: number }>;

export async function insertFeeRule(tx: Tx, programmeId: ProgrammeId, rule: NewFeeRule): Promise<void> {
  await tx.sql.$executeRaw`
    insert into settlement.fee_rule (programme_id, version, effective_from, fee_basis_points, vat_basis_points,
      commons_basis_points, promised_cap_basis_points, platform_cap_basis_points, published_by, published_at)
    values (${programmeId}::uuid, ${rule.version}, ${rule.from}::date, ${rule.feeBasisPoints}, ${rule.vatBasisPoints},
      ${rule.commonsBasisPoints}, ${rule.promisedCapBasisPoints}, ${rule.platformCapBasisPoints}, ${personOf(tx)}, ${tx.now})`;
}

export const listFeeRules = (sql: Sql, programmeId: ProgrammeId): Promise<FeeRule[]> => sql.$queryRaw<FeeRule[]>`
  select programme_id as "programmeId", version, effective_from::text as "from", fee_basis_points as "feeBasisPoints",
    vat_basis_points as "vatBasisPoints", commons_basis_points as "commonsBasisPoints", promised_cap_basis_points as "promisedCapBasisPoints",
    platform_cap_basis_points as "platformCapBasisPoints"
  from settlement.fee_rule where programme_id = ${programmeId}::uuid order by version desc`;

/** Who takes vouchers of the programme on that day or later, as far as redemption told; who has left by then is told nothing. */
export async function accreditedPlaces(tx: Tx, programmeId: ProgrammeId, today: LocalDate): Promise<string[]> {
  const rows = await tx.sql.$queryRaw<{ placeId: string }[]>`
    select place_id as "placeId" from settlement.known_accreditation
    where programme_id = ${programmeId}::uuid and (valid_to is null or valid_to >= ${today}::date)
      and not settlement.has_left(place_id, programme_id, ${today}::date) order by place_id`;
  return rows.map(({ placeId }) => placeId);
}

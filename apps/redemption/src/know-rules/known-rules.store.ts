// Copies of what others decided: kept as announced, never edited here.
import type { BodyOf, FeeRulePublishedV1, ProgrammePublishedV1 } from '#libs/contracts';
import { dayIn } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import { OPERATOR_ZONE } from '../limits.js';

/** The latest version, whenever it comes into force. An older one that arrives late changes nothing. */
export async function keepProgramme(tx: Tx, programme: BodyOf<typeof ProgrammePublishedV1>): Promise<void> {
  const { programmeId, ruleVersion, name, kind, faceCents, currency, usableUntil, claimableUntil, custodyAccountId } = programme;
  await tx.sql.$executeRaw`
    insert into redemption.known_programme as known
      (programme_id, rule_version, name, unit, face, currency, usable_until, claimable_until, custody_account_id)
    values (${programmeId}::uuid, ${ruleVersion}, ${name}, ${kind === 'unit'}, ${faceCents}::bigint, ${currency},
      ${usableUntil}::date, ${claimableUntil}::date, ${custodyAccountId}::uuid)
    on conflict (programme_id) do update set
      rule_version = excluded.rule_version, name = excluded.name, unit = excluded.unit, face = excluded.face,
      usable_until = excluded.usable_until, claimable_until = excluded.claimable_until, custody_account_id = excluded.custody_account_id
    where known.rule_version < excluded.rule_version`;
}

/** Without a day of effect it is in force from its arrival. The version is new: each is told once. */
export async function keepProgrammeRule(tx: Tx, programme: BodyOf<typeof ProgrammePublishedV1>): Promise<void> {
  const { programmeId, ruleVersion, effectiveFrom = dayIn(OPERATOR_ZONE, tx.now), territory = [] } = programme;
  const { tariffRaiseNeedsApproval = false } = programme;
  await tx.sql.$executeRaw`
    insert into redemption.known_programme_rule (programme_id, version, effective_from, territory, tariff_raise_needs_approval)
    values (${programmeId}::uuid, ${ruleVersion}, ${effectiveFrom}::date, ${JSON.stringify(territory)}::jsonb, ${tariffRaiseNeedsApproval})`;
}

export async function keepFeeRule(tx: Tx, rule: BodyOf<typeof FeeRulePublishedV1>): Promise<void> {
  await tx.sql.$executeRaw`
    insert into redemption.known_fee_rule (programme_id, version, from_day, fee_basis_points, vat_basis_points, commons_basis_points)
    values (${rule.programmeId}::uuid, ${rule.version}, ${rule.from}::date, ${rule.feeBasisPoints}, ${rule.vatBasisPoints},
      ${rule.commonsBasisPoints})`;
}

// Programmes and the versions of their rules. Which version is in force is found by comparison, each time that somebody asks:
// nothing has to happen when its day comes.
import { cents, type Cents, type LocalDate, type ProgrammeId } from '#libs/kernel';
import type { Sql, Tx } from '#libs/persistence';
import { OPERATOR_ZONE } from './limits.js';
export type { Creditor } from './programme-rule.decision.js';
import type { NewRule, Programme, ProgrammeRule } from './programme-rule.decision.js';

export async function insertProgramme(tx: Tx, { programmeId, kind, custodyAccountId }: Programme): Promise<void> {
  await tx.sql.$executeRaw`
    insert into issuance.programme (id, kind, currency, custody_account_id, created_at)
    values (${programmeId}::uuid, ${kind}, 'EUR', ${custodyAccountId}::uuid, ${tx.now})`;
}

/** In force from now when it is of today, else from the beginning of its day. */
export async function insertRule(tx: Tx, rule: NewRule, publishedBy: string): Promise<void> {
  const { programmeId, version, name, face, faceMin, faceMax, usableUntil, claimableUntil, onExpiry, creditor, limits } = rule;
  await tx.sql.$executeRaw`
    insert into issuance.programme_rule (programme_id, version, name, face_cents, face_min_cents, face_max_cents, usable_until,
      claimable_until, on_expiry, target_publics, target_public_label, territory, services, service_prices, tariff_raise_needs_approval, offline, order_count_min,
      order_count_max, ordered_max_cents, redemption_max_cents, creditor_name, creditor_iban, creditor_bic, in_force_from, published_by, published_at)
    values (${programmeId}::uuid, ${version}, ${name}, ${face}, ${faceMin}, ${faceMax}, ${usableUntil}::date, ${claimableUntil}::date,
      ${onExpiry}, ${rule.targetPublics}::text[], ${rule.targetPublicLabel}, ${JSON.stringify(rule.territory)}::jsonb,
      ${rule.services}::text[], ${JSON.stringify(rule.servicePrices)}::jsonb, ${rule.tariffRaiseNeedsApproval}, ${rule.offline}, ${limits.orderCountMin}::int, ${limits.orderCountMax}::int, ${limits.orderedMax}::bigint,
      ${limits.redemptionMax}::bigint, ${creditor.name}, ${creditor.iban}, ${creditor.bic},
      greatest(${tx.now}::timestamptz, ${rule.effectiveFrom}::date::timestamp at time zone ${OPERATOR_ZONE}), ${publishedBy}, ${tx.now})`;
}

/** The caller holds the lock of the programme. */
export async function nextVersion(tx: Tx, programmeId: ProgrammeId): Promise<number> {
  const [row] = await tx.sql.$queryRaw<{ next: number }[]>`
    select coalesce(max(version), 0) + 1 as next from issuance.programme_rule where programme_id = ${programmeId}::uuid`;
  return row!.next;
}

/** The rules in force; of a programme that has none yet, the first to come. `at` null: now, by the database's clock. */
export async function currentRule(sql: Sql, programmeId: ProgrammeId, at: Date | null): Promise<ProgrammeRule | undefined> {
  return (await readRules(sql, { ...ALL, programmeId, currentOnly: true, at, rowsMax: 1 }))[0];
}

/** Of each programme the rules in force, or the first to come; newest programme first, from the one before `before` on. */
export const listRules = (sql: Sql, before: ProgrammeId | null, at: Date | null, rowsMax: number): Promise<ProgrammeRule[]> =>
  readRules(sql, { ...ALL, before, currentOnly: true, at, rowsMax });

/** All versions of one programme, the latest first, from the one before `beforeVersion` on. */
export const listVersions = (
  sql: Sql, programmeId: ProgrammeId, beforeVersion: number | null, at: Date | null, rowsMax: number,
): Promise<ProgrammeRule[]> => readRules(sql, { ...ALL, programmeId, beforeVersion, at, rowsMax });

type Wanted = Readonly<{
  programmeId: ProgrammeId | null; before: ProgrammeId | null; beforeVersion: number | null; currentOnly: boolean; at: Date | null;
  rowsMax: number;
}>;
const ALL = { programmeId: null, before: null, beforeVersion: null, currentOnly: false } as const;

type Money = 'face' | 'faceMin' | 'faceMax';
type RuleRow = Omit<ProgrammeRule, Money | 'creditor' | 'limits'> & Record<Money, bigint> & Readonly<{
  creditorName: string; creditorIban: string; creditorBic: string | null; orderCountMin: number | null; orderCountMax: number | null;
  orderedMax: bigint | null; redemptionMax: bigint | null;
}>;

async function readRules(sql: Sql, { programmeId, before, beforeVersion, currentOnly, at, rowsMax }: Wanted): Promise<ProgrammeRule[]> {
  const rows = await sql.$queryRaw<RuleRow[]>`
    select p.id as "programmeId", p.kind, p.custody_account_id as "custodyAccountId", r.version, r.name, r.face_cents as face,
      coalesce(r.face_min_cents, case p.kind when 'unit' then r.face_cents else 1 end) as "faceMin",
      coalesce(r.face_max_cents, r.face_cents) as "faceMax", r.usable_until::text as "usableUntil",
      r.claimable_until::text as "claimableUntil", r.on_expiry as "onExpiry", r.target_publics as "targetPublics",
      r.target_public_label as "targetPublicLabel", r.territory, r.services, r.service_prices as "servicePrices",
      r.tariff_raise_needs_approval as "tariffRaiseNeedsApproval", r.offline, r.order_count_min as "orderCountMin",
      r.order_count_max as "orderCountMax", r.ordered_max_cents as "orderedMax", r.redemption_max_cents as "redemptionMax",
      r.creditor_name as "creditorName", r.creditor_iban as "creditorIban", r.creditor_bic as "creditorBic",
      r.effective_from::text as "effectiveFrom", coalesce(r.published_at, r.in_force_from) as "publishedAt",
      case when r.version = f.version then 'in_force'
        when r.in_force_from > n.now and not exists (
          select from issuance.programme_rule o
          where o.programme_id = p.id and o.effective_from = r.effective_from and o.version > r.version) then 'to_come'
        else 'past' end as state
    from (select coalesce(${at}::timestamptz, clock_timestamp()) as now) n, issuance.programme p
    join issuance.programme_rule r on r.programme_id = p.id
    cross join lateral (select issuance.rule_in_force(p.id, n.now) as version) f
    where (${programmeId}::uuid is null or p.id = ${programmeId}::uuid)
      and (${before}::uuid is null or p.id < ${before}::uuid)
      and (${beforeVersion}::int is null or r.version < ${beforeVersion}::int)
      and (not ${currentOnly}::boolean or r.version = coalesce(f.version, (
        select o.version from issuance.programme_rule o where o.programme_id = p.id order by o.effective_from, o.version desc limit 1)))
    order by p.id desc, r.version desc limit ${rowsMax}::int`;
  return rows.map(ruleOf);
}

function ruleOf(row: RuleRow): ProgrammeRule {
  const { creditorName, creditorIban, creditorBic, orderCountMin, orderCountMax, orderedMax, redemptionMax, ...rule } = row;
  return {
    ...rule, face: cents(rule.face), faceMin: cents(rule.faceMin), faceMax: cents(rule.faceMax),
    limits: { orderCountMin, orderCountMax, orderedMax: centsOrNull(orderedMax), redemptionMax: centsOrNull(redemptionMax) },
    creditor: { name: creditorName, iban: creditorIban, bic: creditorBic },
  };
}

const centsOrNull = (amount: bigint | null): Cents | null => (amount === null ? null : cents(amount));

/** The last day of use under one version of the rules. */
export async function lastUseDay(
  sql: Sql, { programmeId, ruleVersion }: Readonly<{ programmeId: ProgrammeId; ruleVersion: number }>,
): Promise<LocalDate> {
  const [row] = await sql.$queryRaw<{ day: LocalDate }[]>`
    select r.usable_until::text as day from issuance.programme_rule r
    where r.programme_id = ${programmeId}::uuid and r.version = ${ruleVersion}::int`;
  return row!.day;
}

/**
 * The last day on which a voucher can be claimed: of an order under any rules or extended beyond them, or of one under those
 * that are in force at `at` or to come. A version that was replaced before its day counts for nothing.
 */
export async function lastClaimDay(sql: Sql, { programmeId, version }: Pick<ProgrammeRule, 'programmeId' | 'version'>, at: Date): Promise<LocalDate> {
  const [row] = await sql.$queryRaw<{ day: LocalDate }[]>`
    select greatest(max(r.claimable_until), (select max(e.claimable_until) from issuance.order_extension e
      join issuance.order o on o.id = e.order_id where o.programme_id = ${programmeId}::uuid))::text as day
    from issuance.programme_rule r where r.programme_id = ${programmeId}::uuid and (r.version = ${version}::int
      or exists (select from issuance.order o where o.programme_id = r.programme_id and o.rule_version = r.version)
      or (r.in_force_from > ${at} and not exists (
        select from issuance.programme_rule n
        where n.programme_id = r.programme_id and n.effective_from = r.effective_from and n.version > r.version)))`;
  return row!.day;
}

/** What all orders of the programme come to, without those that were cancelled; the caller holds its lock where the sum is decided by. */
export async function orderedOf(sql: Sql, programmeId: ProgrammeId): Promise<Cents> {
  const [row] = await sql.$queryRaw<{ total: bigint }[]>`
    select coalesce(sum(o.total_cents), 0)::bigint as total from issuance.order o where o.programme_id = ${programmeId}::uuid
      and not exists (select from issuance.order_step s where s.order_id = o.id and s.step = 'cancelled')`;
  return cents(row!.total);
}

import { cents, type Cents, type LocalDate, type OrderId, type ProgrammeId, type UpstreamFeeRuleId } from '#libs/kernel';
import type { Sql, Tx } from '#libs/persistence';
import { actorOf } from '../issuance.work.js';
import { FEE_RULES_SHOWN_MAX } from '../limits.js';
import type { PreviousRule } from './publish-upstream-fee-rule.decision.js';
import { agreementMaxOf, type FeeTerms, type VatRegime } from './upstream-fee.decision.js';

export type Agreement = Readonly<{ cents: number; basisPoints: number }>;
/** As it was published; of all programmes when `programmeId` is null. */
export type UpstreamFeeRule = Readonly<{
  ruleId: UpstreamFeeRuleId; programmeId: ProgrammeId | null; version: number; from: LocalDate;
  feeBasisPoints: number; vatBasisPoints: number; vatRegime: VatRegime; vatProvision: string | null;
  orderMaxCents: number | null; agreement: Agreement | null;
  services: readonly Readonly<{ label: string; amountCents: number }>[];
}>;

export const termsOf = ({ services, orderMaxCents, agreement, ...rates }: Omit<UpstreamFeeRule, 'ruleId' | 'version' | 'from' | 'programmeId'>): FeeTerms => ({
  feeBasisPoints: rates.feeBasisPoints, vatBasisPoints: rates.vatBasisPoints, vatRegime: rates.vatRegime, vatProvision: rates.vatProvision,
  services: services.map(({ label, amountCents }) => ({ label, amount: cents(amountCents) })),
  caps: { orderMax: orderMaxCents === null ? null : cents(orderMaxCents), agreementMax: agreementMaxOf(agreement) },
});

export async function latestUpstreamFeeRule(tx: Tx, programmeId: ProgrammeId | null): Promise<PreviousRule | undefined> {
  const [row] = await tx.sql.$queryRaw<PreviousRule[]>`
    select version, effective_from::text as "from" from issuance.upstream_fee_rule
    where programme_id is not distinct from ${programmeId}::uuid order by version desc limit 1`;
  return row;
}

export async function insertUpstreamFeeRule(tx: Tx, rule: UpstreamFeeRule): Promise<void> {
  const { ruleId, programmeId, version, from, feeBasisPoints, vatBasisPoints, vatRegime, vatProvision } = rule;
  const { orderMaxCents, agreement, services } = rule;
  await tx.sql.$executeRaw`
    insert into issuance.upstream_fee_rule (id, programme_id, version, effective_from, fee_basis_points, vat_basis_points, vat_regime,
      vat_provision, order_cap_cents, agreement_cents, agreement_cap_basis_points, published_by, published_at)
    values (${ruleId}::uuid, ${programmeId}::uuid, ${version}, ${from}::date, ${feeBasisPoints}, ${vatBasisPoints}, ${vatRegime},
      ${vatProvision}, ${orderMaxCents}::bigint, ${agreement?.cents ?? null}::bigint, ${agreement?.basisPoints ?? null}::int, ${actorOf(tx)}, ${tx.now})`;
  await tx.sql.$executeRaw`
    insert into issuance.upstream_fee_service (rule_id, position, label, amount_cents)
    select ${ruleId}::uuid, s.place - 1, s.label, s.amount
    from unnest(${services.map(({ label }) => label)}::text[], ${services.map(({ amountCents }) => String(amountCents))}::bigint[])
      with ordinality as s(label, amount, place)`;
}

type RuleRow = Omit<UpstreamFeeRule, 'orderMaxCents' | 'agreement'>
  & Readonly<{ orderMaxCents: bigint | null; agreementCents: bigint | null; agreementBasisPoints: number | null }>;

const ruleOf = ({ orderMaxCents, agreementCents, agreementBasisPoints, ...row }: RuleRow): UpstreamFeeRule => ({
  ...row, orderMaxCents: orderMaxCents === null ? null : Number(orderMaxCents),
  agreement: agreementCents === null ? null : { cents: Number(agreementCents), basisPoints: agreementBasisPoints! },
});

/** The rule of a day: the programme's own that is in effect, else the usual one; undefined where nothing is charged. */
export async function upstreamFeeRuleOn(sql: Sql, programmeId: ProgrammeId, day: LocalDate): Promise<UpstreamFeeRule | undefined> {
  return (await readRules(sql, { programmeId, orUsual: true, day, rowsMax: 1 }))[0];
}

export async function upstreamFeeRuleById(
  sql: Sql, programmeId: ProgrammeId, ruleId: UpstreamFeeRuleId,
): Promise<UpstreamFeeRule | undefined> {
  return (await readRules(sql, { programmeId, orUsual: true, day: null, ruleId, rowsMax: 1 }))[0];
}

/** Newest first: those of a programme, or the usual ones. */
export const listUpstreamFeeRules = (sql: Sql, programmeId: ProgrammeId | null): Promise<UpstreamFeeRule[]> =>
  readRules(sql, { programmeId, orUsual: false, day: null, rowsMax: FEE_RULES_SHOWN_MAX });

type Wanted = Readonly<{
  programmeId: ProgrammeId | null; orUsual: boolean; day: LocalDate | null; ruleId?: UpstreamFeeRuleId; rowsMax: number;
}>;

async function readRules(sql: Sql, { programmeId, orUsual, day, ruleId, rowsMax }: Wanted): Promise<UpstreamFeeRule[]> {
  const rows = await sql.$queryRaw<RuleRow[]>`
    select r.id as "ruleId", r.programme_id as "programmeId", r.version, r.effective_from::text as "from",
      r.fee_basis_points as "feeBasisPoints", r.vat_basis_points as "vatBasisPoints", r.vat_regime as "vatRegime",
      r.vat_provision as "vatProvision",
      r.order_cap_cents as "orderMaxCents", r.agreement_cents as "agreementCents", r.agreement_cap_basis_points as "agreementBasisPoints",
      (select coalesce(json_agg(json_build_object('label', s.label, 'amountCents', s.amount_cents) order by s.position), '[]')
        from issuance.upstream_fee_service s where s.rule_id = r.id) as services
    from issuance.upstream_fee_rule r
    where (r.programme_id is not distinct from ${programmeId}::uuid or (${orUsual} and r.programme_id is null))
      and (${day}::date is null or r.effective_from <= ${day}::date) and (${ruleId ?? null}::uuid is null or r.id = ${ruleId ?? null}::uuid)
    order by r.programme_id is null, r.version desc limit ${rowsMax}::int`;
  return rows.map(ruleOf);
}

/** Fees without VAT on all invoices of a programme, less its credit notes. The caller holds the lock of its fees. */
export async function chargedFees(sql: Sql, programmeId: ProgrammeId): Promise<Cents> {
  const [row] = await sql.$queryRaw<{ charged: bigint }[]>`
    select coalesce(sum(case i.kind when 'invoice' then i.fee_cents else -i.fee_cents end), 0)::bigint as charged
    from issuance.invoice i join issuance.order o on o.id = i.order_id
    where o.programme_id = ${programmeId}::uuid and i.kind in ('invoice', 'credit_note')`;
  return cents(row!.charged);
}

export type PastOrder = Readonly<{ orderId: OrderId; placedAt: Date; total: Cents; charged: Cents; vat: Cents }>;

/** Orders placed from the first day to the last, oldest first, with what their invoices charge today. */
export async function pastOrders(
  sql: Sql, { programmeId, from, to }: Readonly<{ programmeId: ProgrammeId; from: LocalDate; to: LocalDate }>,
  zone: string, rowsMax: number,
): Promise<PastOrder[]> {
  const rows = await sql.$queryRaw<(Omit<PastOrder, 'total' | 'charged' | 'vat'> & Record<'total' | 'charged' | 'vat', bigint>)[]>`
    select o.id as "orderId", o.placed_at as "placedAt", o.total_cents as total,
      coalesce(sum(case i.kind when 'invoice' then i.fee_cents when 'credit_note' then -i.fee_cents end), 0)::bigint as charged,
      coalesce(sum(case i.kind when 'invoice' then i.vat_cents when 'credit_note' then -i.vat_cents end), 0)::bigint as vat
    from issuance.order o left join issuance.invoice i on i.order_id = o.id
    where o.programme_id = ${programmeId}::uuid and (o.placed_at at time zone ${zone})::date between ${from}::date and ${to}::date
    group by o.id order by o.id limit ${rowsMax}::int`;
  return rows.map((row) => ({ ...row, total: cents(row.total), charged: cents(row.charged), vat: cents(row.vat) }));
}

import { cents, type Cents, type LocalDate, type ProgrammeId } from '#libs/kernel';
import type { Sql, Tx } from '#libs/persistence';
import type { OnExpiry } from './on-expiry.decision.js';

/** Where payers send their money: the holder and the address of the custody account. */
export type Creditor = Readonly<{ name: string; iban: string; bic: string | null }>;
export type Programme = Readonly<{ programmeId: ProgrammeId; kind: 'unit' | 'balance'; custodyAccountId: string }>;
export type ProgrammeRule = Programme & Readonly<{
  version: number;
  name: string;
  face: Cents;
  usableUntil: LocalDate;
  claimableUntil: LocalDate;
  onExpiry: OnExpiry;
  creditor: Creditor;
}>;
type RuleRow = Omit<ProgrammeRule, 'face' | 'creditor'>
  & { face: bigint; creditorName: string; creditorIban: string; creditorBic: string | null };

export async function insertProgramme(tx: Tx, { programmeId, kind, custodyAccountId }: Programme): Promise<void> {
  await tx.sql.$executeRaw`
    insert into issuance.programme (id, kind, currency, custody_account_id, created_at)
    values (${programmeId}::uuid, ${kind}, 'EUR', ${custodyAccountId}::uuid, ${tx.now})`;
}

export async function insertRule(tx: Tx, rule: ProgrammeRule, publishedBy: string): Promise<void> {
  const { programmeId, version, name, face, usableUntil, claimableUntil, onExpiry, creditor } = rule;
  await tx.sql.$executeRaw`
    insert into issuance.programme_rule (programme_id, version, name, face_cents, usable_until, claimable_until,
      on_expiry, creditor_name, creditor_iban, creditor_bic, in_force_from, published_by)
    values (${programmeId}::uuid, ${version}, ${name}, ${face}, ${usableUntil}::date, ${claimableUntil}::date,
      ${onExpiry}, ${creditor.name}, ${creditor.iban}, ${creditor.bic}, ${tx.now}, ${publishedBy})`;
}

/** The rule in force: the latest version. */
export async function currentRule(sql: Sql, programmeId: ProgrammeId): Promise<ProgrammeRule | undefined> {
  const [row] = await sql.$queryRaw<RuleRow[]>`
    select p.id as "programmeId", p.kind, p.custody_account_id as "custodyAccountId", r.version, r.name, r.face_cents as face,
      r.usable_until::text as "usableUntil", r.claimable_until::text as "claimableUntil",
      r.on_expiry as "onExpiry", r.creditor_name as "creditorName", r.creditor_iban as "creditorIban", r.creditor_bic as "creditorBic"
    from issuance.programme p join issuance.programme_rule r on r.programme_id = p.id
    where p.id = ${programmeId}::uuid order by r.version desc limit 1`;
  return row && ruleOf(row);
}

/** The last day of use under one version of the rules. */
export async function lastUseDay(sql: Sql, { programmeId, ruleVersion }: Readonly<{ programmeId: ProgrammeId; ruleVersion: number }>): Promise<LocalDate> {
  const [row] = await sql.$queryRaw<{ day: LocalDate }[]>`
    select r.usable_until::text as day from issuance.programme_rule r
    where r.programme_id = ${programmeId}::uuid and r.version = ${ruleVersion}::int`;
  return row!.day;
}

/** The last day on which a voucher can be claimed: of an order under any earlier rules, or of one under those in force. */
export async function lastClaimDay(sql: Sql, { programmeId, version }: ProgrammeRule): Promise<LocalDate> {
  const [row] = await sql.$queryRaw<{ day: LocalDate }[]>`
    select max(r.claimable_until)::text as day from issuance.programme_rule r
    where r.programme_id = ${programmeId}::uuid and (r.version = ${version}::int
      or exists (select from issuance.order o where o.programme_id = r.programme_id and o.rule_version = r.version))`;
  return row!.day;
}

/** The rules in force, newest programme first, from the one before `before` on. */
export async function listRules(sql: Sql, before: ProgrammeId | null, rowsMax: number): Promise<ProgrammeRule[]> {
  const rows = await sql.$queryRaw<RuleRow[]>`
    select distinct on (p.id) p.id as "programmeId", p.kind, p.custody_account_id as "custodyAccountId", r.version, r.name,
      r.face_cents as face, r.usable_until::text as "usableUntil", r.claimable_until::text as "claimableUntil",
      r.on_expiry as "onExpiry", r.creditor_name as "creditorName", r.creditor_iban as "creditorIban", r.creditor_bic as "creditorBic"
    from issuance.programme p join issuance.programme_rule r on r.programme_id = p.id
    where ${before}::uuid is null or p.id < ${before}::uuid
    order by p.id desc, r.version desc limit ${rowsMax}::int`;
  return rows.map(ruleOf);
}

function ruleOf({ creditorName, creditorIban, creditorBic, face, ...row }: RuleRow): ProgrammeRule {
  return { ...row, face: cents(face), creditor: { name: creditorName, iban: creditorIban, bic: creditorBic } };
}

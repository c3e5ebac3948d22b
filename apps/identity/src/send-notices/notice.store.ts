// Notices, whom they are for, and the mails that are meant, tried and done.
import type { Sql, Tx } from '#libs/persistence';
import type {
  AccountNotice, ChargeNotice, DocumentNotice, FactorNotice, FeeNotice, FindingNotice, Language, Notice, OrganisationNotice, Party,
  PayeeNotice, VintageNotice,
} from './notice.decision.js';
import type { NoticeFacts } from './notice-words.js';

/** The id of the notice, made now or earlier. */
export function keepNotice(tx: Tx, notice: Notice): Promise<string> {
  if ('documentId' in notice) return keepDocumentNotice(tx, notice);
  if ('payeeId' in notice) return keepPayeeNotice(tx, notice);
  if (notice.notice === 'place_charge_changed') return keepChargeNotice(tx, notice);
  if ('findingId' in notice) return keepFindingNotice(tx, notice);
  return notice.notice === 'fee_rule_changed' ? keepFeeNotice(tx, notice) : keepVintageNotice(tx, notice);
}

/** One per name, programme and last day of use. */
async function keepVintageNotice(tx: Tx, notice: VintageNotice): Promise<string> {
  await tx.sql.$executeRaw`
    insert into identity.notice (id, name, programme_id, programme_name, usable_until, claimable_until, told_at)
    values (${tx.newId()}::uuid, ${notice.notice}, ${notice.programmeId}::uuid, ${notice.programmeName}, ${notice.usableUntil}::date,
      ${notice.claimableUntil}::date, ${tx.now}) on conflict on constraint notice_once do nothing`;
  const [row] = await tx.sql.$queryRaw<{ id: string }[]>`
    select id from identity.notice
    where name = ${notice.notice} and programme_id = ${notice.programmeId}::uuid and usable_until = ${notice.usableUntil}::date`;
  return row!.id;
}

/** One per name, payee and version of its account on a rail. */
async function keepPayeeNotice(tx: Tx, notice: PayeeNotice): Promise<string> {
  await tx.sql.$executeRaw`
    insert into identity.notice (id, name, payee_id, payee_name, rail, bank_version, cooling_off_hours, told_at)
    values (${tx.newId()}::uuid, ${notice.notice}, ${notice.payeeId}::uuid, ${notice.payeeName}, ${notice.rail}, ${notice.bankVersion},
      ${notice.coolingOffHours}, ${tx.now}) on conflict on constraint payee_notice_once do nothing`;
  const [row] = await tx.sql.$queryRaw<{ id: string }[]>`
    select id from identity.notice
    where name = ${notice.notice} and payee_id = ${notice.payeeId}::uuid and rail = ${notice.rail}
      and bank_version = ${notice.bankVersion}`;
  return row!.id;
}

/** One per programme and version of its fee rule. */
async function keepFeeNotice(tx: Tx, { notice, programmeId, programmeName, version, from, before, after }: FeeNotice): Promise<string> {
  await tx.sql.$executeRaw`
    insert into identity.notice (id, name, programme_id, programme_name, fee_rule_version, fee_from, fee_rates, told_at)
    values (${tx.newId()}::uuid, ${notice}, ${programmeId}::uuid, ${programmeName}, ${version}, ${from}::date,
      ${JSON.stringify({ before, after })}::jsonb, ${tx.now}) on conflict on constraint fee_notice_once do nothing`;
  const [row] = await tx.sql.$queryRaw<{ id: string }[]>`
    select id from identity.notice
    where name = ${notice} and programme_id = ${programmeId}::uuid and fee_rule_version = ${version}`;
  return row!.id;
}

/** One per document. */
async function keepDocumentNotice(tx: Tx, { notice, payeeId, payeeName, documentId, ...told }: DocumentNotice): Promise<string> {
  const { number, period, amountCents, dueOn } = told;
  await tx.sql.$executeRaw`
    insert into identity.notice (id, name, payee_id, payee_name, document_id, document, told_at)
    values (${tx.newId()}::uuid, ${notice}, ${payeeId}::uuid, ${payeeName}, ${documentId}::uuid,
      ${JSON.stringify({ number, period, amountCents, dueOn })}::jsonb, ${tx.now}) on conflict on constraint document_notice_once do nothing`;
  const [row] = await tx.sql.$queryRaw<{ id: string }[]>`
    select id from identity.notice where name = ${notice} and document_id = ${documentId}::uuid`;
  return row!.id;
}

/** One per version of the rule. */
async function keepChargeNotice(tx: Tx, { notice, version, from, before, after }: ChargeNotice): Promise<string> {
  await tx.sql.$executeRaw`
    insert into identity.notice (id, name, charge_rule_version, charge_from, charge_terms, told_at)
    values (${tx.newId()}::uuid, ${notice}, ${version}, ${from}::date, ${JSON.stringify({ before, after })}::jsonb, ${tx.now})
    on conflict on constraint charge_notice_once do nothing`;
  const [row] = await tx.sql.$queryRaw<{ id: string }[]>`
    select id from identity.notice where name = ${notice} and charge_rule_version = ${version}`;
  return row!.id;
}

/** One per step of a factor. */
export async function keepFactorNotice(tx: Tx, { notice, factorId }: FactorNotice): Promise<string> {
  const noticeId = tx.newId();
  await tx.sql.$executeRaw`
    insert into identity.notice (id, name, factor_id, told_at) values (${noticeId}::uuid, ${notice}, ${factorId}::uuid, ${tx.now})`;
  return noticeId;
}

export async function keepAccountNotice(tx: Tx, { notice, accountId, link, organisationName }: AccountNotice): Promise<string> {
  const noticeId = tx.newId();
  await tx.sql.$executeRaw`
    insert into identity.notice (id, name, account_id, link_id, link_key_id, organisation_name, told_at)
    values (${noticeId}::uuid, ${notice}, ${accountId}::uuid, ${link?.linkId ?? null}::uuid, ${link?.keyId ?? null}, ${organisationName ?? null}, ${tx.now})`;
  return noticeId;
}

/** One per impersonation, and per step of a key. */
export async function keepOrganisationNotice(tx: Tx, notice: OrganisationNotice): Promise<string> {
  const noticeId = tx.newId();
  const [impersonationId, apiKeyId] = notice.notice === 'impersonation_begun' ? [notice.impersonationId, null] : [null, notice.apiKeyId];
  await tx.sql.$executeRaw`
    insert into identity.notice (id, name, impersonation_id, api_key_id, organisation_name, told_at)
    select ${noticeId}::uuid, ${notice.notice}, ${impersonationId}::uuid, ${apiKeyId}::uuid, o.name, ${tx.now}
    from identity.organisation o where o.id = ${notice.organisationId}::uuid`;
  return noticeId;
}

/** One per step of a finding. */
async function keepFindingNotice(tx: Tx, { notice, findingId, version, severity, replyDue }: FindingNotice): Promise<string> {
  await tx.sql.$executeRaw`
    insert into identity.notice (id, name, finding_id, finding_version, finding_severity, reply_due, told_at)
    values (${tx.newId()}::uuid, ${notice}, ${findingId}::uuid, ${version}, ${severity}, ${replyDue}::date, ${tx.now})
    on conflict on constraint finding_notice_once do nothing`;
  const [row] = await tx.sql.$queryRaw<{ id: string }[]>`
    select id from identity.notice where finding_id = ${findingId}::uuid and finding_version = ${version}`;
  return row!.id;
}

export type Reader = Readonly<{ userId: string; address: string; language: Language; optional: boolean }>;

/** One person, whatever they act for. */
export async function readerOf(sql: Sql, userId: string): Promise<Reader | undefined> {
  const [reader] = await sql.$queryRaw<Reader[]>`
    select u.id as "userId", u.email as address, coalesce(c.language, 'fr') as language, coalesce(c.optional, true) as optional
    from identity."user" u left join identity.notice_choice c on c.user_id = u.id where u.id = ${userId}::uuid`;
  return reader;
}

/** A party as it is known here: the operator and auditing bodies are what their organisation is. */
export type KnownParty = Readonly<{ kind: Party['kind']; partyId: string }>;

export async function knownParty(sql: Sql, { kind, partyId }: Party): Promise<KnownParty | undefined> {
  if (partyId !== null) return { kind, partyId };
  const [row] = await sql.$queryRaw<{ id: string }[]>`select id from identity.organisation where kind = ${kind} and party_id is null`;
  return row && { kind, partyId: row.id };
}

/** Everybody who may act for the party. */
export const readersOf = (sql: Sql, { kind, partyId }: KnownParty): Promise<Reader[]> => sql.$queryRaw<Reader[]>`
  select u.id as "userId", u.email as address, coalesce(c.language, 'fr') as language, coalesce(c.optional, true) as optional
  from identity.organisation o join identity.active_membership m on m.organisation_id = o.id join identity."user" u on u.id = m.user_id
  left join identity.notice_choice c on c.user_id = u.id
  where o.kind = ${kind} and coalesce(o.party_id, o.id) = ${partyId}::uuid order by u.id`;

type Managers = KnownParty & Readonly<{ readers: readonly Reader[] }>;

/** Who answers for an organisation: of a place its managers. */
export async function managersOf(sql: Sql, organisationId: string): Promise<Managers> {
  const [party] = await sql.$queryRaw<KnownParty[]>`
    select kind, coalesce(party_id, id) as "partyId" from identity.organisation where id = ${organisationId}::uuid`;
  const readers = await sql.$queryRaw<Reader[]>`
    select u.id as "userId", u.email as address, coalesce(c.language, 'fr') as language, coalesce(c.optional, true) as optional
    from identity.active_membership m join identity."user" u on u.id = m.user_id left join identity.notice_choice c on c.user_id = u.id
    where m.organisation_id = ${organisationId}::uuid and (m.kind <> 'place' or 'manager' = any (m.roles)) order by u.id`;
  return { ...party!, readers };
}

/** False when the party was told of this notice before. */
export async function insertParty(tx: Tx, noticeId: string, { kind, partyId }: KnownParty, people: number): Promise<boolean> {
  const inserted = await tx.sql.$executeRaw`
    insert into identity.notice_party (notice_id, kind, party_id, people, told_at)
    values (${noticeId}::uuid, ${kind}, ${partyId}::uuid, ${people}, ${tx.now}) on conflict do nothing`;
  return inserted === 1;
}

/** Undefined for a person who gets this notice already, as a member of another party. */
export async function insertMail(tx: Tx, noticeId: string, kind: Party['kind'] | 'person', { userId, address, language }: Reader): Promise<string | undefined> {
  const [row] = await tx.sql.$queryRaw<{ id: string }[]>`
    insert into identity.notice_mail (id, notice_id, user_id, kind, address, language, meant_at, next_try_at)
    values (${tx.newId()}::uuid, ${noticeId}::uuid, ${userId}::uuid, ${kind}, ${address}, ${language}, ${tx.now}, ${tx.now})
    on conflict on constraint mail_once do nothing returning id`;
  return row?.id;
}

export type Outcome = Readonly<{ outcome: 'taken' | 'declined' | 'refused'; messageId?: string; code?: string }>;

export async function insertOutcome(tx: Tx, mailId: string, { outcome, messageId = undefined, code = undefined }: Outcome): Promise<void> {
  await tx.sql.$executeRaw`
    insert into identity.notice_outcome (mail_id, outcome, message_id, code, at)
    values (${mailId}::uuid, ${outcome}, ${messageId ?? null}, ${code ?? null}, ${tx.now})`;
}

/** Columns of what the notice is not of are null beside these. */
export type WaitingMail = Readonly<{
  mailId: string; address: string; language: Language; tries: number; linkId: string | null; linkKeyId: string | null;
}> & NoticeFacts;

/**
 * The next one that is due, locked; another process takes the one after. In the order in which they were meant.
 * The race: a rival that commits between this statement's snapshot and its lock leaves a row that looks undone here, because
 * an outcome stands in another table. So the outcome is looked for once more under the lock.
 */
export async function lockNextMail(tx: Tx): Promise<WaitingMail | undefined> {
  for (;;) {
    const [row] = await tx.sql.$queryRaw<WaitingMail[]>`
      select m.id as "mailId", m.address, m.language, m.tries, n.name, n.programme_name as "programmeName",
        n.usable_until::text as "usableUntil", n.claimable_until::text as "claimableUntil",
        n.payee_name as "payeeName", n.rail, n.cooling_off_hours as "coolingOffHours", n.fee_from::text as "feeFrom", n.fee_rates as "feeRates",
        n.document, n.charge_from::text as "chargeFrom", n.charge_terms as "chargeTerms",
        n.finding_severity as "findingSeverity", n.reply_due::text as "replyDue",
        n.organisation_name as "organisationName", n.link_id as "linkId", n.link_key_id as "linkKeyId",
        i.reason, i.expires_at as until, k.label as "keyLabel", k.prefix as "keyPrefix",
        (select u.name from identity."user" u where u.id = case n.name when 'api_key_ended' then k.ended_by when 'api_key_made' then k.made_by else i.user_id end) as "doneBy"
      from identity.notice_mail m join identity.notice n on n.id = m.notice_id
        left join identity.impersonation i on i.id = n.impersonation_id left join identity.api_key k on k.id = n.api_key_id
      where m.next_try_at <= ${tx.now} and not exists (select from identity.notice_outcome o where o.mail_id = m.id)
      order by m.meant_at, m.id limit 1 for update of m skip locked`;
    if (!row || !await hasOutcome(tx, row.mailId)) return row;
  }
}

async function hasOutcome(tx: Tx, mailId: string): Promise<boolean> {
  const rows = await tx.sql.$queryRaw<unknown[]>`select 1 from identity.notice_outcome where mail_id = ${mailId}::uuid`;
  return rows.length > 0;
}

export async function putOff(tx: Tx, mailId: string, until: Date): Promise<void> {
  await tx.sql.$executeRaw`
    update identity.notice_mail set tries = tries + 1, next_try_at = ${until} where id = ${mailId}::uuid`;
}

export async function hasWaitingMail(sql: Sql): Promise<boolean> {
  const rows = await sql.$queryRaw<unknown[]>`
    select 1 from identity.notice_mail m where m.tries = 0
      and not exists (select from identity.notice_outcome o where o.mail_id = m.id) limit 1`;
  return rows.length > 0;
}

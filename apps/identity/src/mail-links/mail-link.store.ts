import type { Sql, Tx } from '#libs/persistence';
import { mailboxOf } from '../mailbox.js';
import type { AccountNoticeName } from '../send-notices/notice.decision.js';
import type { LinkKey, LinkPurpose, MailLink } from './mail-link.decision.js';

export type LinkFor = Readonly<{ userId: string; purpose: LinkPurpose; seconds: number }>;

/** In the place of the one before: of a purpose a person has one link at a time. */
export async function insertLink(tx: Tx, { linkId, keyId }: LinkKey, { userId, purpose, seconds }: LinkFor): Promise<void> {
  await endOpenLinks(tx, userId, { purposes: [purpose], ending: 'replaced' });
  await tx.sql.$executeRaw`
    insert into identity.mail_link (id, user_id, purpose, key_id, made_at, expires_at)
    values (${linkId}::uuid, ${userId}::uuid, ${purpose}, ${keyId}, ${tx.now}::timestamptz,
      ${new Date(tx.now.getTime() + seconds * 1_000)}::timestamptz)`;
}

export const findLink = (sql: Sql, linkId: string): Promise<MailLink | undefined> => one(sql.$queryRaw<MailLink[]>`
  select l.id as "linkId", l.key_id as "keyId", l.user_id as "userId", u.name, u.email, l.purpose, l.expires_at as "expiresAt",
    l.ended_at is not null as "isOver"
  from identity.mail_link l join identity."user" u on u.id = l.user_id where l.id = ${linkId}::uuid`);

/** Of two who bring one link the second waits here, and sees that it was used. */
export async function lockLink(tx: Tx, linkId: string): Promise<MailLink | undefined> {
  await tx.sql.$queryRaw`select 1 from identity.mail_link where id = ${linkId}::uuid for update`;
  return findLink(tx.sql, linkId);
}

export async function useLink(tx: Tx, linkId: string): Promise<void> {
  await tx.sql.$executeRaw`update identity.mail_link set ended_at = ${tx.now}::timestamptz, ending = 'used' where id = ${linkId}::uuid`;
}

type Ending = Readonly<{ purposes: readonly LinkPurpose[]; ending: 'replaced' | 'withdrawn' }>;

export async function endOpenLinks(tx: Tx, userId: string, { purposes, ending }: Ending): Promise<void> {
  await tx.sql.$executeRaw`
    update identity.mail_link set ended_at = ${tx.now}::timestamptz, ending = ${ending}
    where user_id = ${userId}::uuid and purpose = any (${purposes}::text[]) and ended_at is null`;
}

/** The one of a purpose that still opens something at this moment. */
export const openLinkOf = (sql: Sql, userId: string, purpose: LinkPurpose, at: Date): Promise<LinkKey | undefined> => one(sql.$queryRaw<LinkKey[]>`
  select id as "linkId", key_id as "keyId" from identity.mail_link
  where user_id = ${userId}::uuid and purpose = ${purpose} and ended_at is null and expires_at > ${at}::timestamptz`);

/** Mails about an account that anybody could cause who knows its address, by what they told: also where the same link was mailed again. */
export async function toldSince(sql: Sql, userId: string, names: readonly AccountNoticeName[], since: Date): Promise<number> {
  const [row] = await sql.$queryRaw<{ count: number }[]>`
    select count(*)::int as count from identity.notice
    where account_id = ${userId}::uuid and name = any (${names}::text[]) and told_at > ${since}::timestamptz`;
  return row!.count;
}

type Invited = Readonly<{ email: string; organisationName: string }>;

/** Invitations by one organisation that reached a mailbox, by whichever of its addresses: what another sends does not count against it. */
export async function invitedSince(sql: Sql, { email, organisationName }: Invited, since: Date): Promise<number> {
  const rows = await sql.$queryRaw<{ email: string }[]>`
    select u.email from identity.notice n join identity."user" u on u.id = n.account_id
    where n.told_at > ${since}::timestamptz and n.name in ('invited', 'member_added') and n.organisation_name = ${organisationName}
      and split_part(u.email, '@', 2) = split_part(${email}, '@', 2)`;
  const mailbox = mailboxOf(email);
  return rows.filter((row) => mailboxOf(row.email) === mailbox).length;
}

const one = async <Row>(rows: Promise<Row[]>): Promise<Row | undefined> => (await rows)[0];

// The SQL of `user` and `credential`, for what better-auth does not do: creating people on behalf of others.
import type { Sql, Tx } from '#libs/persistence';
import { mailboxOf } from './mailbox.js';

export type User = Readonly<{ userId: string; name: string; email: string }>;

/** Two commands for one mailbox queue here, so that the second sees the person whom the first made. */
export async function lockEmail(tx: Tx, email: string): Promise<void> {
  await tx.sql.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`identity:email:${mailboxOf(email)}`}, 0))`;
}

/** For the first operator: only one start, of all processes that start, looks for users at a time. */
export async function lockUsers(tx: Tx): Promise<void> {
  await tx.sql.$executeRaw`select pg_advisory_xact_lock(hashtextextended('identity:first-operator', 0))`;
}

export async function findUserByEmail(sql: Sql, email: string): Promise<User | undefined> {
  const [row] = await sql.$queryRaw<User[]>`select id as "userId", name, email from identity."user" where email = ${email}`;
  return row;
}

/** What the others act for whose addresses lead to this mailbox; memberships that wait for confirmation count, ended ones do not. */
export async function kindsOfMailbox(sql: Sql, email: string): Promise<string[]> {
  const rows = await sql.$queryRaw<{ email: string; kind: string }[]>`
    select distinct u.email, m.kind from identity."user" u join identity.membership m on m.user_id = u.id and m.ended_at is null
    where u.email <> ${email} and split_part(u.email, '@', 2) = split_part(${email}, '@', 2)`;
  const mailbox = mailboxOf(email);
  return [...new Set(rows.filter((row) => mailboxOf(row.email) === mailbox).map(({ kind }) => kind))].sort();
}

export async function findUser(sql: Sql, userId: string): Promise<User | undefined> {
  const [row] = await sql.$queryRaw<User[]>`select id as "userId", name, email from identity."user" where id = ${userId}::uuid`;
  return row;
}

export async function hasUsers(sql: Sql): Promise<boolean> {
  const rows = await sql.$queryRaw<unknown[]>`select 1 from identity."user" limit 1`;
  return rows.length > 0;
}

/** Without a password: until one is chosen by the person, nobody signs in as them. */
export async function insertUser(tx: Tx, { userId, name, email }: User): Promise<void> {
  await tx.sql.$executeRaw`
    insert into identity."user" (id, name, email, created_at, updated_at)
    values (${userId}::uuid, ${name}, ${email}, ${tx.now}::timestamptz, ${tx.now}::timestamptz)`;
}

/** In the form in which better-auth finds it: provider `credential`, account = user. */
export async function setPassword(tx: Tx, userId: string, passwordHash: string): Promise<void> {
  await tx.sql.$executeRaw`
    insert into identity.credential (id, user_id, account_id, provider_id, password, created_at, updated_at)
    values (${tx.newId()}::uuid, ${userId}::uuid, ${userId}, 'credential', ${passwordHash}, ${tx.now}::timestamptz, ${tx.now}::timestamptz)
    on conflict (provider_id, account_id) do update set password = excluded.password, updated_at = excluded.updated_at`;
}

export async function hasPassword(sql: Sql, userId: string): Promise<boolean> {
  const rows = await sql.$queryRaw<unknown[]>`
    select 1 from identity.credential where provider_id = 'credential' and account_id = ${userId} and password is not null`;
  return rows.length > 0;
}

/** Who opened a link that was mailed there has the address. */
export async function verifyEmail(tx: Tx, userId: string): Promise<void> {
  await tx.sql.$executeRaw`update identity."user" set email_verified = true, updated_at = ${tx.now}::timestamptz where id = ${userId}::uuid`;
}

// The SQL of `passkey` and of what each was used for. Nothing is deleted: what ended stays, with when and by whom.
import type { Sql, Tx } from '#libs/persistence';
import type { Key } from './passkey-desk.js';

export type Passkey = Key & Readonly<{ passkeyId: string; userId: string; isEnded: boolean }>;
export type NewPasskey = Key & Readonly<{ passkeyId: string; userId: string; name: string }>;
export type ShownPasskey = Readonly<{ passkeyId: string; name: string; addedAt: Date; usedAt: Date | null }>;

/** Of one person those that have not ended. */
export const passkeysOf = (sql: Sql, userId: string): Promise<Passkey[]> => sql.$queryRaw<Passkey[]>`
  select id as "passkeyId", user_id as "userId", credential_id as "credentialId", public_key as "publicKey", counter::float8 as counter, transports,
    false as "isEnded"
  from identity.passkey where user_id = ${userId}::uuid and ended_at is null order by added_at, id`;

/** With when each was last shown, the newest first. */
export const shownPasskeys = (sql: Sql, userId: string): Promise<ShownPasskey[]> => sql.$queryRaw<ShownPasskey[]>`
  select p.id as "passkeyId", p.name, p.added_at as "addedAt", max(u.used_at) as "usedAt"
  from identity.passkey p left join identity.passkey_use u on u.passkey_id = p.id
  where p.user_id = ${userId}::uuid and p.ended_at is null group by p.id order by p.added_at desc, p.id`;

/** Of two answers of one device the second sees the counter of the first; who ends it at the same moment waits. */
export async function lockPasskey(tx: Tx, credentialId: Uint8Array<ArrayBuffer>): Promise<Passkey | undefined> {
  const [row] = await tx.sql.$queryRaw<Passkey[]>`
    select id as "passkeyId", user_id as "userId", credential_id as "credentialId", public_key as "publicKey", counter::float8 as counter, transports,
      ended_at is not null as "isEnded"
    from identity.passkey where credential_id = ${credentialId} for update`;
  return row;
}

/** False where this challenge has made one, or this key is one already. */
export async function insertPasskey(tx: Tx, passkey: NewPasskey): Promise<boolean> {
  const { passkeyId, userId, name, credentialId, publicKey, counter, transports } = passkey;
  const inserted = await tx.sql.$executeRaw`
    insert into identity.passkey (id, user_id, name, credential_id, public_key, counter, transports, added_at)
    values (${passkeyId}::uuid, ${userId}::uuid, ${name}, ${credentialId as Uint8Array<ArrayBuffer>}, ${publicKey as Uint8Array<ArrayBuffer>},
      ${counter}::bigint, ${[...transports]}::text[], ${tx.now}::timestamptz)
    on conflict do nothing`;
  return inserted === 1;
}

export async function isPasskey(tx: Tx, passkeyId: string): Promise<boolean> {
  const rows = await tx.sql.$queryRaw<unknown[]>`select 1 from identity.passkey where id = ${passkeyId}::uuid`;
  return rows.length > 0;
}

export async function countOn(tx: Tx, passkeyId: string, counter: number): Promise<void> {
  await tx.sql.$executeRaw`update identity.passkey set counter = ${counter}::bigint where id = ${passkeyId}::uuid`;
}

/** `sessionId`: the open sign-in that it counts for; a sign-in that it opens names the use. `challengeId` is the id of the use. */
export type PasskeyUse = Readonly<{ challengeId: string; passkeyId: string; sessionId?: string; usedAt: Date }>;

/** False where the challenge was answered before. */
export async function insertPasskeyUse(tx: Tx, { challengeId, passkeyId, sessionId, usedAt }: PasskeyUse): Promise<boolean> {
  const inserted = await tx.sql.$executeRaw`
    insert into identity.passkey_use (id, passkey_id, what, session_id, used_at)
    values (${challengeId}::uuid, ${passkeyId}::uuid, ${sessionId ? 'proof' : 'sign_in'}, ${sessionId ?? null}::uuid, ${usedAt}::timestamptz)
    on conflict do nothing`;
  return inserted === 1;
}

export async function namePasskey(tx: Tx, passkeyId: string, name: string): Promise<void> {
  await tx.sql.$executeRaw`update identity.passkey set name = ${name} where id = ${passkeyId}::uuid`;
}

export async function endPasskey(tx: Tx, passkeyId: string, endedBy: string): Promise<void> {
  await tx.sql.$executeRaw`
    update identity.passkey set ended_at = ${tx.now}::timestamptz, ended_by = ${endedBy} where id = ${passkeyId}::uuid`;
}

/** Sign-ins that it opened, and those that it was shown in. */
export async function sessionsBy(tx: Tx, passkeyId: string): Promise<string[]> {
  const rows = await tx.sql.$queryRaw<{ id: string }[]>`
    select s.id from identity.passkey_use u join identity.session s on s.opened_with = u.id or s.id = u.session_id
    where u.passkey_id = ${passkeyId}::uuid`;
  return rows.map(({ id }) => id);
}

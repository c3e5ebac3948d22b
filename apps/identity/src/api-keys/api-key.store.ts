// The SQL of `api_key`. Real time throughout: the tokens of a key run by it, whatever the clock of the installation says.
import type { KeyScope, OrganisationKind } from '#libs/auth';
import { ApiKeyEndedV1, ApiKeyMadeV1 } from '#libs/contracts';
import type { Sql, Tx } from '#libs/persistence';
import { KEY_TOKEN_WINDOW_MINUTES } from '../limits.js';
import { insertRevocations } from '../revocations/revocation.store.js';

export type NewApiKey = Readonly<{
  keyId: string; organisationId: string; kind: OrganisationKind; label: string; prefix: string; sha256: Uint8Array<ArrayBuffer>;
  scopes: readonly KeyScope[]; madeBy: string; days: number;
}>;

/** When it will be too old. */
export async function insertApiKey(tx: Tx, key: NewApiKey): Promise<Date> {
  const [row] = await tx.sql.$queryRaw<{ expiresAt: Date }[]>`
    insert into identity.api_key (id, organisation_id, kind, label, prefix, key_sha256, scopes, made_by, made_at, expires_at)
    select ${key.keyId}::uuid, ${key.organisationId}::uuid, ${key.kind}, ${key.label}, ${key.prefix}, ${key.sha256}, ${key.scopes}::text[],
      ${key.madeBy}::uuid, now, now + make_interval(days => ${key.days}) from clock_timestamp() now
    returning expires_at as "expiresAt"`;
  const { keyId: apiKeyId, organisationId } = key;
  await tx.emit(ApiKeyMadeV1, {
    subject: `api_key:${apiKeyId}`, body: { apiKeyId, organisationId, scopes: [...key.scopes], expiresAt: row!.expiresAt.toISOString() },
  });
  return row!.expiresAt;
}

/** Two who make keys of one organisation queue here, so that the second counts the first. */
export async function countInForce(tx: Tx, organisationId: string): Promise<number> {
  await tx.sql.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`identity:api-keys:${organisationId}`}, 0))`;
  const [row] = await tx.sql.$queryRaw<{ count: number }[]>`
    select count(*)::int as count from identity.api_key
    where organisation_id = ${organisationId}::uuid and ended_at is null and expires_at > clock_timestamp()`;
  return row!.count;
}

export type HeldKey = Readonly<{ keyId: string; organisationId: string; expiresAt: Date; endedAt: Date | null; now: Date }>;

export async function lockApiKey(tx: Tx, keyId: string): Promise<HeldKey | undefined> {
  const [row] = await tx.sql.$queryRaw<HeldKey[]>`
    select id as "keyId", organisation_id as "organisationId", expires_at as "expiresAt", ended_at as "endedAt", clock_timestamp() as now
    from identity.api_key where id = ${keyId}::uuid for update`;
  return row;
}

/** Its tokens are refused within seconds. */
export async function endApiKey(tx: Tx, { keyId, organisationId }: HeldKey, endedBy: string): Promise<void> {
  await tx.sql.$executeRaw`
    update identity.api_key set ended_at = clock_timestamp(), ended_by = ${endedBy}::uuid where id = ${keyId}::uuid`;
  await insertRevocations(tx, 'key', [keyId]);
  await tx.emit(ApiKeyEndedV1, { subject: `api_key:${keyId}`, body: { apiKeyId: keyId, organisationId } });
}

export type ListedKey = Readonly<{
  keyId: string; label: string; prefix: string; scopes: KeyScope[]; madeBy: string; madeById: string; madeAt: Date; expiresAt: Date;
  endedAt: Date | null;
  endedBy: string | null; lastUsedAt: Date | null; state: 'in_force' | 'ended' | 'too_old';
}>;

/** Those in force first, then the newest. Never the hash. */
export const listApiKeys = (sql: Sql, organisationId: string, countMax: number): Promise<ListedKey[]> => sql.$queryRaw<ListedKey[]>`
  select k.id as "keyId", k.label, k.prefix, k.scopes, m.name as "madeBy", m.id as "madeById", k.made_at as "madeAt", k.expires_at as "expiresAt",
    k.ended_at as "endedAt", e.name as "endedBy", k.last_used_at as "lastUsedAt",
    case when k.ended_at is not null then 'ended' when k.expires_at <= clock_timestamp() then 'too_old' else 'in_force' end as state
  from identity.api_key k join identity."user" m on m.id = k.made_by left join identity."user" e on e.id = k.ended_by
  where k.organisation_id = ${organisationId}::uuid
  order by k.ended_at is not null or k.expires_at <= clock_timestamp(), k.made_at desc, k.id limit ${countMax}`;

export type FoundKey = HeldKey & Readonly<{
  kind: OrganisationKind; partyId: string; label: string; scopes: KeyScope[]; sha256: Uint8Array;
  /** By somebody who may make and end keys of its organisation today. */ isAnsweredFor: boolean;
}>;

export async function findApiKey(sql: Sql, prefix: string): Promise<FoundKey | undefined> {
  const [row] = await sql.$queryRaw<FoundKey[]>`
    select k.id as "keyId", k.organisation_id as "organisationId", k.kind, o.party_id as "partyId", k.label, k.scopes,
      k.key_sha256 as sha256, k.expires_at as "expiresAt", k.ended_at as "endedAt", clock_timestamp() as now,
      exists (select from identity.active_membership m where m.organisation_id = k.organisation_id
        and (m.kind <> 'place' or 'manager' = any (m.roles))) as "isAnsweredFor"
    from identity.api_key k join identity.organisation o on o.id = k.organisation_id where k.prefix = ${prefix} and o.party_id is not null`;
  return row;
}

export type CountedExchange = Readonly<{ count: number; secondsLeft: number }>;

/** Counts a token of a key and keeps the hour. Undefined where it ended in this moment. */
export async function countExchange(sql: Sql, keyId: string): Promise<CountedExchange | undefined> {
  const [row] = await sql.$queryRaw<CountedExchange[]>`
    update identity.api_key k set token_count = case when k.token_window = w.begins then k.token_count + 1 else 1 end,
      token_window = w.begins, last_used_at = date_trunc('hour', clock_timestamp(), 'UTC')
    from (select date_bin(make_interval(mins => ${KEY_TOKEN_WINDOW_MINUTES}), clock_timestamp(), timestamptz '2000-01-01') as begins) w
    where k.id = ${keyId}::uuid and k.ended_at is null
    returning k.token_count as count,
      ceil(extract(epoch from w.begins + make_interval(mins => ${KEY_TOKEN_WINDOW_MINUTES}) - clock_timestamp()))::int as "secondsLeft"`;
  return row;
}

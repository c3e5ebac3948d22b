// Terms of netting, who accepted which, and what that means for a closing.
import type { LocalDate, PayeeId, PlaceId } from '#libs/kernel';
import type { Sql, Tx } from '#libs/persistence';
import type { Reader } from '../reader.js';
import { personOf } from '../settlement.work.js';
import type { Terms } from './accept-terms.decision.js';
import type { Acceptance, PublishedTerms } from './netting.commands.js';

type NewTerms = Readonly<{ text: string; sha256: string; from: LocalDate }>;

/** To be called under the lock of the terms: two at once would both call themselves the next version. */
export async function insertTerms(tx: Tx, { text, sha256, from }: NewTerms): Promise<number> {
  const [row] = await tx.sql.$queryRaw<{ version: number }[]>`
    insert into settlement.netting_terms (version, text, sha256, from_day, published_by, published_at)
    select 1 + coalesce(max(version), 0), ${text}, ${sha256}, ${from}::date, ${personOf(tx)}, ${tx.now} from settlement.netting_terms
    returning version`;
  return row!.version;
}

export const listTerms = (sql: Sql): Promise<PublishedTerms[]> => sql.$queryRaw<PublishedTerms[]>`
  select version, sha256, text, from_day::text as "from", published_at as "publishedAt" from settlement.netting_terms order by version desc`;

export async function payeeBehind(tx: Tx, placeId: PlaceId): Promise<PayeeId | undefined> {
  const [row] = await tx.sql.$queryRaw<{ payeeId: PayeeId }[]>`
    select payee_id as "payeeId" from settlement.payee_site where place_id = ${placeId}::uuid for share`;
  return row?.payeeId;
}

/** The first acceptance of a version stays; answers when that was. */
export async function keepAcceptance(
  tx: Tx, payeeId: PayeeId, placeId: PlaceId, { version, sha256 }: Terms,
): Promise<{ at: Date; isNew: boolean }> {
  const inserted = await tx.sql.$executeRaw`
    insert into settlement.netting_acceptance (payee_id, version, sha256, place_id, accepted_by, accepted_at)
    values (${payeeId}::uuid, ${version}, ${sha256}, ${placeId}::uuid, ${personOf(tx)}, ${tx.now}) on conflict do nothing`;
  const [row] = await tx.sql.$queryRaw<{ at: Date }[]>`
    select accepted_at as at from settlement.netting_acceptance where payee_id = ${payeeId}::uuid and version = ${version}`;
  return { at: row!.at, isNew: inserted === 1 };
}

/** Newest first; a place sees those of its own payee. */
export const listAcceptances = (sql: Sql, { placeId }: Reader, payeeId: PayeeId | null, rowsMax: number): Promise<Acceptance[]> => sql.$queryRaw<Acceptance[]>`
  select a.payee_id as "payeeId", a.version, a.sha256, a.place_id as "placeId", a.accepted_by as "acceptedBy", a.accepted_at as "acceptedAt"
  from settlement.netting_acceptance a
  where (${payeeId}::uuid is null or a.payee_id = ${payeeId}::uuid) and (${placeId}::uuid is null or exists (
    select from settlement.payee_site s where s.payee_id = a.payee_id and s.place_id = ${placeId}::uuid))
  order by a.accepted_at desc, a.payee_id, a.version desc limit ${rowsMax}::int`;

/** By which terms the fees of a payee are kept; null: none are in force, and it is as was agreed elsewhere. */
export type Netting = Readonly<{ isNetted: boolean; version: number | null }>;

/** Of the payees of one step of a closing, in one look. An acceptance holds until a later version is accepted. */
export async function nettingOn(sql: Sql, payeeIds: readonly PayeeId[], today: LocalDate): Promise<(payeeId: PayeeId) => Netting> {
  const [inForce] = await sql.$queryRaw<unknown[]>`select 1 from settlement.netting_terms where from_day <= ${today}::date limit 1`;
  if (inForce === undefined) return () => ({ isNetted: true, version: null });
  const rows = await sql.$queryRaw<{ payeeId: PayeeId; version: number }[]>`
    select payee_id as "payeeId", max(version) as version from settlement.netting_acceptance
    where payee_id = any(${[...payeeIds]}::uuid[]) group by 1`;
  const accepted = new Map(rows.map(({ payeeId, version }) => [payeeId, version]));
  return (payeeId) => ({ isNetted: accepted.has(payeeId), version: accepted.get(payeeId) ?? null });
}

// Payees and the places behind them. Every place has a payee from its first mention on, whichever message brings it.
import type { BodyOf, PlaceAccreditedV1 } from '#libs/contracts';
import { idOf, type PayeeId, type PlaceId } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import { cutText } from '../bank-files/cut-text.js';
import { personOf } from '../settlement.work.js';

/** A payee's name has at most so many characters, a payer's may be longer. */
const LEGAL_NAME_MAX = 140;

export type KnownPlace = Readonly<{ placeId: PlaceId; siteId: string; name: string; siret: string; address: string | null; asOf: string }>;

/**
 * The payee behind a place, made when the place is new: a redemption may arrive before its place's accreditation.
 * A rival that mentions the same place first wins; the payee that we drew is then taken back.
 */
export async function payeeOfPlace(tx: Tx, placeId: PlaceId): Promise<PayeeId> {
  const known = await readPayee(tx, placeId);
  if (known) return known;
  const drawn = idOf('payee', tx.newId());
  await tx.sql.$executeRaw`insert into settlement.payee (id, created_at) values (${drawn}::uuid, ${tx.now})`;
  const inserted = await tx.sql.$executeRaw`
    insert into settlement.payee_site (place_id, payee_id, since) values (${placeId}::uuid, ${drawn}::uuid, ${tx.now})
    on conflict do nothing`;
  if (inserted === 1) return drawn;
  await deletePayee(tx, drawn);
  return (await readPayee(tx, placeId))!;
}

async function readPayee(tx: Tx, placeId: PlaceId): Promise<PayeeId | undefined> {
  const [row] = await tx.sql.$queryRaw<{ payeeId: PayeeId }[]>`
    select payee_id as "payeeId" from settlement.payee_site where place_id = ${placeId}::uuid`;
  return row?.payeeId;
}

/** The newest word about a place stays, in whatever order the words arrive. */
export async function keepPlace(tx: Tx, { placeId, siteId, name, siret, address, asOf }: KnownPlace): Promise<void> {
  await tx.sql.$executeRaw`
    insert into settlement.known_place (place_id, site_id, name, siret, address, as_of)
    values (${placeId}::uuid, ${siteId}::uuid, ${name}, ${siret}, ${address}, ${asOf}::timestamptz)
    on conflict (place_id) do update set site_id = excluded.site_id, name = excluded.name, siret = excluded.siret,
      address = coalesce(excluded.address, known_place.address), as_of = excluded.as_of
    where known_place.as_of < excluded.as_of`;
}

/** The latest version stays; the first that is told replaces what was known by claims only. */
export async function keepAccreditation(tx: Tx, fact: BodyOf<typeof PlaceAccreditedV1>): Promise<void> {
  const { placeId, programmeId, accreditationVersion, from, to } = fact;
  await tx.sql.$executeRaw`
    insert into settlement.known_accreditation (place_id, programme_id, version, valid_from, valid_to)
    values (${placeId}::uuid, ${programmeId}::uuid, ${accreditationVersion}, ${from}::date, ${to}::date)
    on conflict (place_id, programme_id) do update set version = excluded.version, valid_from = excluded.valid_from, valid_to = excluded.valid_to
    where known_accreditation.version < excluded.version`;
}

export type PayeeOfPlace = Readonly<{ payeeId: PayeeId; siren: string | null; claims: boolean }>;

/** Locks the place's row, so that no claim line comes in between: its foreign key waits for this lock. */
export async function lockPayeeOfPlace(tx: Tx, placeId: PlaceId): Promise<PayeeOfPlace | undefined> {
  const [row] = await tx.sql.$queryRaw<PayeeOfPlace[]>`
    select s.payee_id as "payeeId", p.siren, false as claims
    from settlement.payee_site s join settlement.payee p on p.id = s.payee_id
    where s.place_id = ${placeId}::uuid for update of s`;
  if (!row) return undefined;
  const [line] = await tx.sql.$queryRaw<unknown[]>`select from settlement.claim_line where place_id = ${placeId}::uuid limit 1`;
  return { ...row, claims: line !== undefined };
}

export async function payeeOfSiren(tx: Tx, siren: string): Promise<PayeeId | undefined> {
  const [row] = await tx.sql.$queryRaw<{ id: PayeeId }[]>`select id from settlement.payee where siren = ${siren}`;
  return row?.id;
}

/**
 * The payee that a legal body is: the one that has its siren already, or a new one, complete from the start. The caller holds the lock of
 * the siren.
 */
export async function payeeOfBody(
  tx: Tx, { legalName, siren }: Readonly<{ legalName: string; siren: string }>,
): Promise<Readonly<{ payeeId: PayeeId; known: boolean }>> {
  const known = await payeeOfSiren(tx, siren);
  if (known) return { payeeId: known, known: true };
  const payeeId = idOf('payee', tx.newId());
  await tx.sql.$executeRaw`
    insert into settlement.payee (id, legal_name, siren, completed_by, completed_at, created_at)
    values (${payeeId}::uuid, ${cutText(legalName, LEGAL_NAME_MAX)}, ${siren}, ${personOf(tx)}, ${tx.now}, ${tx.now})`;
  return { payeeId, known: false };
}

export async function completePayee(tx: Tx, payeeId: PayeeId, body: { legalName: string; siren: string }): Promise<void> {
  await tx.sql.$executeRaw`
    update settlement.payee set legal_name = ${body.legalName}, siren = ${body.siren},
      completed_by = ${personOf(tx)}, completed_at = ${tx.now}
    where id = ${payeeId}::uuid`;
}

/** The place's own payee is empty and goes; what is redeemed there from now on is owed to the other one. */
export async function movePlace(tx: Tx, placeId: PlaceId, from: PayeeId, to: PayeeId): Promise<void> {
  await tx.sql.$executeRaw`
    update settlement.payee_site set payee_id = ${to}::uuid, since = ${tx.now} where place_id = ${placeId}::uuid`;
  await deletePayee(tx, from);
}

async function deletePayee(tx: Tx, payeeId: PayeeId): Promise<void> {
  await tx.sql.$executeRaw`delete from settlement.payee where id = ${payeeId}::uuid`;
}

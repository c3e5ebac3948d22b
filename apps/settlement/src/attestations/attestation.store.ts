// What settlement holds of a payee, its places, its programmes and its past statements.
import { showId, type LocalDate, type PayeeId, type PlaceId, type ProgrammeId } from '#libs/kernel';
import type { Sql } from '#libs/persistence';
import { BANK_TIME_ZONE } from '../limits.js';
import type { Reader } from '../reader.js';
import type { Delay, Facts } from './attestation.decision.js';

export async function attestedPayee(
  sql: Sql, { placeId }: Reader, payeeId: PayeeId,
): Promise<{ legalName: string | null; siren: string | null } | undefined> {
  const [row] = await sql.$queryRaw<{ legalName: string | null; siren: string | null }[]>`
    select legal_name as "legalName", siren from settlement.payee p where id = ${payeeId}::uuid
      and (${placeId}::uuid is null or exists (
        select from settlement.payee_site s where s.payee_id = p.id and s.place_id = ${placeId}::uuid))`;
  return row;
}

type PlaceRow = Readonly<{
  id: PlaceId; name: string | null; siret: string | null;
  accreditations: readonly { programmeId: ProgrammeId; from: LocalDate; to: LocalDate }[];
}>;

/** Up to the evening before a departure, where a place stated one that nothing has ended. */
export async function attestedPlaces(sql: Sql, payeeId: PayeeId): Promise<Facts['places']> {
  const rows = await sql.$queryRaw<PlaceRow[]>`
    select s.place_id as id, k.name, k.siret, (
      select coalesce(jsonb_agg(jsonb_build_object('programmeId', a.programme_id, 'from', a.valid_from, 'to', a.last_day) order by a.valid_from, a.programme_id), '[]')
      from (
        select n.programme_id, n.valid_from, least(n.valid_to, (
          select min(d.from_day) - 1 from settlement.known_departure d where d.place_id = n.place_id and d.programme_id = n.programme_id
            and not exists (select from settlement.known_departure_end e where e.departure_id = d.departure_id))) as last_day
        from settlement.known_accreditation n where n.place_id = s.place_id and n.version > 0) a
      where a.last_day >= a.valid_from) as accreditations
    from settlement.payee_site s left join settlement.known_place k on k.place_id = s.place_id
    where s.payee_id = ${payeeId}::uuid order by k.name, s.place_id`;
  return rows.map(({ id, accreditations, ...place }) => ({
    id: showId('place', id), ...place,
    accreditations: accreditations.map(({ programmeId, ...days }) => ({ programmeId: showId('programme', programmeId), ...days })),
  }));
}

type ProgrammeRow = Omit<Facts['programmes'][number], 'id' | 'rule'> & Readonly<{ programmeId: ProgrammeId }>;

/** Those that its places are accredited for, and those that it was ever paid for; the fee rule is that in force on the day. */
export const attestedProgrammes = (sql: Sql, payeeId: PayeeId, asOf: LocalDate): Promise<ProgrammeRow[]> => sql.$queryRaw<ProgrammeRow[]>`
  select p.programme_id as "programmeId", k.name, k.usable_until::text as "usableUntil", k.claimable_until::text as "claimableUntil",
    (select jsonb_build_object('name', b.name, 'iban', b.iban, 'bic', b.bic) from settlement.bank_account b where b.id = k.custody_account_id) as "custodyAccount",
    (select jsonb_build_object('version', f.version, 'from', f.effective_from, 'feeBasisPoints', f.fee_basis_points,
        'vatBasisPoints', f.vat_basis_points, 'commonsBasisPoints', f.commons_basis_points)
      from settlement.fee_rule f where f.programme_id = p.programme_id and f.effective_from <= ${asOf}::date order by f.version desc limit 1) as fee
  from (
    select a.programme_id from settlement.known_accreditation a join settlement.payee_site s using (place_id) where s.payee_id = ${payeeId}::uuid
    union
    select f.programme_id from settlement.statement_fee f join settlement.statement s on s.id = f.statement_id where s.payee_id = ${payeeId}::uuid) p
  left join settlement.known_programme k using (programme_id) order by k.name, p.programme_id`;

type MeasuredRow = Readonly<{ statements: number; paidStatements: number }
  & Record<'closingMedian' | 'closingMax' | 'debitMedian' | 'debitMax' | 'allMedian' | 'allMax', number | null>>;

/**
 * Per line of its statements, from the day of the service; what took a line back, or was too much, was no service. A debit note is a
 * statement that nobody pays to it, and what Stripe sent left on that day, without a line at the bank.
 */
export async function measuredDelays(sql: Sql, payeeId: PayeeId): Promise<Facts['measured']> {
  const [row] = await sql.$queryRaw<MeasuredRow[]>`
    with stated as materialized (
      select s.id, (s.closed_at at time zone ${BANK_TIME_ZONE})::date as closed_on, (
        select max(coalesce(m.booked_on, (t.sent_at at time zone ${BANK_TIME_ZONE})::date)) from settlement.payment_statement ps
        join settlement.payment p on p.id = ps.payment_id and p.state = 'booked'
        left join settlement.payment_movement m on m.payment_id = p.id and m.movement = 'booked'
        left join settlement.stripe_transfer t on t.payment_id = p.id where ps.statement_id = s.id) as booked_on
      from settlement.statement s where s.payee_id = ${payeeId}::uuid and s.net > 0),
    day as (
      select d.closed_on - l.service_date as closing, d.booked_on - l.service_date as all_of_it
      from stated d join settlement.statement_line l on l.statement_id = d.id where l.incident_id is null and l.gross > 0)
    select (select count(*)::int from stated) as statements, (select count(booked_on)::int from stated) as "paidStatements",
      (select (percentile_disc(0.5) within group (order by booked_on - closed_on))::int from stated) as "debitMedian",
      (select max(booked_on - closed_on)::int from stated) as "debitMax",
      (percentile_disc(0.5) within group (order by closing))::int as "closingMedian", max(closing)::int as "closingMax",
      (percentile_disc(0.5) within group (order by all_of_it))::int as "allMedian", max(all_of_it)::int as "allMax"
    from day`;
  const { statements, paidStatements, closingMedian, closingMax, debitMedian, debitMax, allMedian, allMax } = row!;
  const delay = (median: number | null, max: number | null): Delay => (median === null || max === null ? null : { median, max });
  return {
    statements, paidStatements, serviceToClosing: delay(closingMedian, closingMax), closingToDebit: delay(debitMedian, debitMax),
    serviceToDebit: delay(allMedian, allMax),
  };
}

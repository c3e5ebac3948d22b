// The lines of statements: what each redemption came to for the place, and for whom the rest was.
import type { Listing } from '#libs/listing';

/** `undone` takes back a redemption; `corrected` what an earlier statement paid too much, or a gesture gives. */
export const LINE_KINDS = ['redeemed', 'undone', 'corrected'] as const;

/** `$1`: the place, which sees those of the payee behind it; `$2`: one statement, or null for all of them. */
export const statementLines: Listing = {
  rows: `select coalesce(l.incident_id, l.claim_line_id) as id, l.claim_line_id as "claimLineId", l.incident_id as "incidentId",
      l.redemption_id as "redemptionId", l.place_id as "placeId", coalesce(kp.name, '') as "placeName", coalesce(k.name, '') as "programmeName",
      l.service_date as "serviceDate", l.gross as "grossCents", l.statement_id as "statementId", c.period,
      case when l.incident_id is not null then 'corrected' when l.gross < 0 then 'undone' else 'redeemed' end as kind
    from settlement.payee_site site join settlement.statement s on s.payee_id = site.payee_id
    join settlement.statement_closing c on c.up_to_seq = s.up_to_seq
    join settlement.statement_line l on l.statement_id = s.id
    left join settlement.known_place kp on kp.place_id = l.place_id
    left join settlement.known_programme k on k.programme_id = l.programme_id
    where site.place_id = $1::uuid and s.net > 0 and ($2::uuid is null or s.id = $2::uuid)`,
  columns: {
    period: { kind: 'text', sort: true, filter: 'contains' },
    serviceDate: { kind: 'day', sort: true, filter: 'range' },
    placeName: { kind: 'text', sort: true, filter: 'contains' },
    programmeName: { kind: 'text', sort: true, filter: 'contains' },
    grossCents: { kind: 'cents', sort: true, filter: 'range', sum: true },
    kind: { kind: 'text', filter: 'choice', choices: LINE_KINDS },
  },
  usualSort: '-serviceDate',
};

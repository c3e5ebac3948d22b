// Statements, to look through, add up and take away: a place's own, or everybody's for those who oversee.
import type { Listing } from '#libs/listing';

export const STATEMENT_STATES = ['not_ordered', 'set_off', 'instructed', 'released', 'booked', 'returned', 'rejected', 'cancelled'] as const;

/** `$1`: the place, which sees those of the payee behind it; null sees all. */
export const statementHistory: Listing = {
  rows: `select s.id, s.payee_id as "payeeId", coalesce(payee.legal_name, '') as "legalName", c.period, s.closed_at as "closedAt", s.line_count as "lines", s.gross as "grossCents", s.fee + s.vat as "feeCents",
      s.commons as "commonsCents", s.net as "netCents", settlement.to_pay(s.id, s.net) as "toPayCents",
      case when settlement.to_pay(s.id, s.net) = 0 then 'set_off' else coalesce(paid.state, 'not_ordered') end as state,
      paid.booked_on as "paidOn", paid.end_to_end_id as "reference"
    from settlement.statement s join settlement.payee payee on payee.id = s.payee_id
    join settlement.statement_closing c on c.up_to_seq = s.up_to_seq
    left join lateral (
      select pay.state, pay.end_to_end_id, coalesce(m.booked_on, (t.sent_at at time zone 'Europe/Paris')::date) as booked_on
      from settlement.payment_statement ps join settlement.payment pay on pay.id = ps.payment_id
      left join settlement.payment_movement m on m.payment_id = pay.id and m.movement = 'booked'
      left join settlement.stripe_transfer t on t.payment_id = pay.id
      where ps.statement_id = s.id order by pay.id desc limit 1) paid on true
    where s.net > 0 and ($1::uuid is null or s.payee_id in (select site.payee_id from settlement.payee_site site where site.place_id = $1::uuid))`,
  columns: {
    payeeId: { kind: 'uuid', of: 'payee', filter: 'equal' },
    legalName: { kind: 'text', sort: true, filter: 'contains' },
    period: { kind: 'text', sort: true, filter: 'contains' },
    reference: { kind: 'text', filter: 'contains' },
    closedAt: { kind: 'moment', sort: true, filter: 'range' },
    state: { kind: 'text', sort: true, filter: 'choice', choices: STATEMENT_STATES },
    lines: { kind: 'whole', sort: true, sum: true },
    grossCents: { kind: 'cents', sort: true, sum: true },
    feeCents: { kind: 'cents', sort: true, sum: true },
    commonsCents: { kind: 'cents', sum: true },
    netCents: { kind: 'cents', sort: true, sum: true },
    toPayCents: { kind: 'cents', sort: true, filter: 'range', sum: true },
  },
  usualSort: '-closedAt',
};

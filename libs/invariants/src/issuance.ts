// Issuance's facts against its ledger: a payer's cover comes from its own money only, and activations are paid from cover.
import { movements, type Invariant } from './invariant.js';

export const ISSUANCE_RULES: readonly Invariant[] = [
  {
    id: 'I1',
    holds: 'a bank credit never funds more than itself',
    tier: 'local', schema: 'issuance',
    fault: 'match one bank line to two orders',
    sql: `select 'receipt:' || r.bank_line_id as row_named,
        'of ' || r.amount_cents || ' cents, ' || sum(m.amount_cents) || ' were matched, to orders ' || string_agg(m.order_id::text, ', ') as detail
      from issuance.receipt r join issuance.receipt_match m using (bank_line_id)
      group by r.bank_line_id, r.amount_cents having sum(m.amount_cents) > r.amount_cents`,
  },
  {
    id: 'I2',
    holds: 'each match of a bank credit is posted to the cover of its payer, with the same amount',
    tier: 'local', schema: 'issuance',
    fault: 'change the amount of a match',
    sql: `select 'receipt_match:' || m.bank_line_id || '/' || m.order_id as row_named,
        'says ' || m.amount_cents || ' of payer ' || m.payer_id || ', posted ' || coalesce(sum(t.amount), 0) as detail
      from issuance.receipt_match m join issuance.order o on o.id = m.order_id
      left join issuance.transfer t on t.event_id = m.event_id and t.rule = '3' and t.credit = 'prefund:' || o.programme_id || ':' || m.payer_id
      group by m.bank_line_id, m.order_id, m.payer_id, m.amount_cents having m.amount_cents is distinct from coalesce(sum(t.amount), 0)`,
  },
  {
    id: 'I4',
    holds: 'what a payer has paid of its share is what was matched to it and what it paid by card, to the cent',
    tier: 'local', schema: 'issuance',
    fault: "count one payer's money as another's",
    sql: `with paid as (select order_id, payer_id, sum(amount) as amount from (
        select order_id, payer_id, amount_cents as amount from issuance.receipt_match
        union all select p.order_id, p.payer_id, r.cover_cents from issuance.card_receipt r join issuance.card_payment p on p.id = r.card_payment_id
      ) part group by 1, 2)
      select 'order_share:' || s.order_id || '/' || s.payer_id as row_named,
        'funded ' || s.funded_cents || ' of ' || s.amount_cents || ', paid ' || coalesce(paid.amount, 0) as detail
      from issuance.order_share s left join paid using (order_id, payer_id) where s.funded_cents <> coalesce(paid.amount, 0)
      union all
      select 'order:' || o.id, 'funded ' || o.funded_cents || ', its shares ' || sum(s.funded_cents)
      from issuance.order o join issuance.order_share s on s.order_id = o.id group by o.id having o.funded_cents <> sum(s.funded_cents)`,
  },
  {
    id: 'I5',
    holds: 'each card payment is posted once: to the cover of its payer, and to unmatched what is too much',
    tier: 'local', schema: 'issuance',
    fault: 'post a card payment twice',
    sql: `with posted as (select event_id, split_part(credit, ':', 3) as payer,
          coalesce(sum(amount) filter (where credit like 'prefund:%'), 0) as cover,
          coalesce(sum(amount) filter (where credit = 'unmatched'), 0) as excess
        from issuance.transfer where rule = '4' group by 1, 2),
      whole as (select event_id, max(payer) as payer, sum(cover) as cover, sum(excess) as excess from posted group by 1)
      select 'card_receipt:' || coalesce(r.card_payment_id, whole.event_id) as row_named,
        'says ' || coalesce(r.cover_cents, 0) || ' and ' || coalesce(r.excess_cents, 0) || ' too much, posted '
          || coalesce(whole.cover, 0) || ' and ' || coalesce(whole.excess, 0) as detail
      from issuance.card_receipt r full join whole using (event_id) left join issuance.card_payment p on p.id = r.card_payment_id
      where r.cover_cents is distinct from whole.cover or r.excess_cents is distinct from whole.excess
        or (whole.cover > 0 and p.payer_id::text is distinct from whole.payer)`,
  },
  {
    id: 'L9',
    holds: "the payers' shares of each activation add up to it, and are what the ledger drew from each",
    tier: 'local', schema: 'issuance',
    fault: 'move a cent from one payer to another',
    sql: `with drawn as (select event_id, split_part(debit, ':', 3)::uuid as payer_id, sum(amount) as amount
        from issuance.transfer where rule = '6' group by 1, 2),
      said as (select s.activation_id, s.payer_id, s.amount_cents, a.amount_cents as whole
        from issuance.activation_share s join issuance.activation a on a.id = s.activation_id)
      select 'activation:' || activation_id as row_named, 'shares ' || sum(amount_cents) || ' of ' || whole as detail
      from said group by activation_id, whole having sum(amount_cents) <> whole
      union all
      select 'issuance.transfer:' || drawn.event_id, 'drew ' || amount || ' cents from payer ' || payer_id || ', no share says so'
      from drawn where not exists (select 1 from said where said.payer_id = drawn.payer_id and said.amount_cents = drawn.amount)`,
  },
  {
    id: 'I3',
    holds: 'what was activated is what left the cover, batch by batch',
    tier: 'local', schema: 'issuance',
    fault: 'activate without a posting',
    sql: `select 'issuance' as row_named, 'activated ' || activated || ' cents, ledger says ' || posted as detail
      from (select coalesce((select sum(amount_cents) from issuance.activation), 0) as activated,
        coalesce((select sum(-amount) from (${movements('issuance')}) m where account = 'clearing:redemption'), 0) as posted) x
      where activated <> posted`,
  },
];

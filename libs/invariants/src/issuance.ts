// Issuance's facts against its ledger: a payer's cover comes from its own money only, and activations are paid from cover.
import { movements, type Invariant } from './invariant.js';

export const ISSUANCE_RULES: readonly Invariant[] = [
  {
    id: 'I1',
    holds: 'a bank credit never funds and gives back more than itself',
    tier: 'local', schema: 'issuance',
    fault: 'match one bank line to two orders',
    sql: `select 'receipt:' || r.bank_line_id as row_named,
        'of ' || r.amount_cents || ' cents, ' || sum(m.amount_cents) || ' were matched or given back, to orders ' || string_agg(m.order_id::text, ', ') as detail
      from issuance.receipt r join (select bank_line_id, order_id, amount_cents from issuance.receipt_match
        union all select bank_line_id, null, amount_cents from issuance.receipt_release) m using (bank_line_id)
      group by r.bank_line_id, r.amount_cents having sum(m.amount_cents) > r.amount_cents`,
  },
  {
    id: 'I2',
    holds: 'each match of a bank credit is posted to the cover of its payer, and its part for fee and VAT to what that payer owes',
    tier: 'local', schema: 'issuance',
    fault: 'change the amount of a match',
    sql: `select 'receipt_match:' || m.bank_line_id || '/' || m.order_id as row_named,
        'says ' || m.amount_cents - m.fee_cents || ' and ' || m.fee_cents || ' of fee, of payer ' || m.payer_id || ', posted '
          || coalesce(sum(t.amount) filter (where t.credit like 'prefund:%'), 0) || ' and '
          || coalesce(sum(t.amount) filter (where t.credit like 'receivable:%'), 0) as detail
      from issuance.receipt_match m join issuance.order o on o.id = m.order_id
      left join issuance.transfer t on t.event_id = m.event_id and t.rule = '3'
        and t.credit in ('prefund:' || o.programme_id || ':' || m.payer_id, 'receivable:' || m.payer_id)
      group by m.bank_line_id, m.order_id, m.payer_id, m.amount_cents, m.fee_cents, m.event_id
      having m.fee_cents <> coalesce(sum(t.amount) filter (where t.credit like 'receivable:%'), 0)
        or m.amount_cents - m.fee_cents <> coalesce(sum(t.amount) filter (where t.credit like 'prefund:%'), 0)`,
  },
  {
    id: 'I9',
    holds: 'each credit given back is posted once, with its amount',
    tier: 'local', schema: 'issuance',
    fault: 'give a credit back without its posting',
    sql: `select 'receipt_release:' || coalesce(r.id, t.event_id) as row_named,
        'says ' || coalesce(r.amount_cents::text, 'nothing') || ', posted ' || coalesce(t.amount::text, 'nothing') as detail
      from issuance.receipt_release r full join (select event_id, sum(amount) as amount from issuance.transfer where rule = '3b' group by 1) t using (event_id)
      where r.amount_cents is distinct from t.amount`,
  },
  {
    id: 'I7',
    holds: 'what a payer has paid of its share is what was matched to it and what it paid through Stripe, less what Stripe took back, to the cent',
    tier: 'local', schema: 'issuance',
    fault: "count one payer's money as another's",
    sql: `with paid as (select order_id, payer_id, sum(amount) as amount from (
        select order_id, payer_id, amount_cents - fee_cents as amount from issuance.receipt_match
        union all select p.order_id, p.payer_id, r.cover_cents from issuance.card_receipt r join issuance.card_payment p on p.id = r.card_payment_id
        union all select order_id, payer_id, -cover_back_cents from issuance.dispute
        union all select d.order_id, d.payer_id, e.cover_again_cents from issuance.dispute_end e join issuance.dispute d on d.id = e.dispute_id
      ) part group by 1, 2)
      select 'order_share:' || s.order_id || '/' || s.payer_id as row_named,
        'funded ' || s.funded_cents || ' of ' || s.amount_cents || ', paid ' || coalesce(paid.amount, 0) as detail
      from issuance.order_share s left join paid using (order_id, payer_id) where s.funded_cents <> coalesce(paid.amount, 0)
      union all
      select 'order:' || o.id, 'funded ' || o.funded_cents || ', its shares ' || sum(s.funded_cents)
      from issuance.order o join issuance.order_share s on s.order_id = o.id group by o.id having o.funded_cents <> sum(s.funded_cents)`,
  },
  {
    id: 'I8',
    holds: 'each card payment is posted once: to the cover of its payer, to its fee and VAT, and to unmatched what is too much',
    tier: 'local', schema: 'issuance',
    fault: 'post a card payment twice',
    sql: `with posted as (select event_id, case when credit like 'prefund:%' then split_part(credit, ':', 3) else split_part(credit, ':', 2) end as payer,
          coalesce(sum(amount) filter (where credit like 'prefund:%'), 0) as cover,
          coalesce(sum(amount) filter (where credit like 'receivable:%'), 0) as fee,
          coalesce(sum(amount) filter (where credit = 'unmatched'), 0) as excess
        from issuance.transfer where rule = '4' group by 1, 2),
      whole as (select event_id, max(payer) as payer, sum(cover) as cover, sum(fee) as fee, sum(excess) as excess from posted group by 1)
      select 'card_receipt:' || coalesce(r.card_payment_id, whole.event_id) as row_named,
        'says ' || coalesce(r.cover_cents, 0) || ', ' || coalesce(r.fee_cents, 0) || ' of fee and ' || coalesce(r.excess_cents, 0)
          || ' too much, posted ' || coalesce(whole.cover, 0) || ', ' || coalesce(whole.fee, 0) || ' and ' || coalesce(whole.excess, 0) as detail
      from issuance.card_receipt r full join whole using (event_id) left join issuance.card_payment p on p.id = r.card_payment_id
      where r.cover_cents is distinct from whole.cover or r.fee_cents is distinct from whole.fee or r.excess_cents is distinct from whole.excess
        or (whole.cover + whole.fee > 0 and p.payer_id::text is distinct from whole.payer)`,
  },
  {
    id: 'I30',
    holds: 'a payer owes each payment that Stripe took back, less what had not been used of it, and nothing of one that came again',
    tier: 'local', schema: 'issuance',
    fault: 'take a dispute without its posting',
    sql: `with said as (
        select event_id, payer_id, amount_cents as owed, cover_back_cents as cover, excess_back_cents as excess from issuance.dispute
        union all select e.event_id, d.payer_id, -e.amount_cents, -e.cover_again_cents, -e.excess_again_cents
          from issuance.dispute_end e left join issuance.dispute d on d.id = e.dispute_id where e.outcome = 'won'),
      rest as (select rest_event_id, event_id from issuance.dispute union all select rest_event_id, event_id from issuance.dispute_end),
      moved as (select coalesce(rest.event_id, t.event_id) as event_id, t.debit, t.credit, t.amount
        from issuance.transfer t left join rest on rest.rest_event_id = t.event_id where t.rule = '30'),
      posted as (select event_id,
          max(case when debit like 'receivable:%' then split_part(debit, ':', 2) else split_part(credit, ':', 2) end) as payer,
          coalesce(sum(case when credit = 'clearing:settlement' then amount when debit = 'clearing:settlement' then -amount end), 0) as owed,
          coalesce(sum(case when debit like 'prefund:%' then amount when credit like 'prefund:%' then -amount end), 0) as cover,
          coalesce(sum(case when debit = 'unmatched' then amount when credit = 'unmatched' then -amount end), 0) as excess
        from moved group by 1)
      select 'event:' || event_id as row_named, 'says ' || coalesce(said.owed, 0) || ', cover ' || coalesce(said.cover, 0) || ', too much '
        || coalesce(said.excess, 0) || '; posted ' || coalesce(posted.owed, 0) || ', ' || coalesce(posted.cover, 0) || ', ' || coalesce(posted.excess, 0) as detail
      from said full join posted using (event_id)
      where (said.owed, said.cover, said.excess) is distinct from (posted.owed::bigint, posted.cover::bigint, posted.excess::bigint)
        or said.payer_id::text <> posted.payer`,
  },
  {
    id: 'L9',
    holds: "the payers' shares of each activation and of each statement add up to it, and are what the ledger drew from each",
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
      from drawn where not exists (select 1 from said where said.payer_id = drawn.payer_id and said.amount_cents = drawn.amount)
      union all
      select 'payer:' || payer_id, 'bore ' || coalesce(bore.amount, 0) || ' cents by its shares, drawn from it were ' || coalesce(took.amount, 0)
      from (select payer_id, sum(amount_cents) as amount from said group by payer_id) bore
      full join (select payer_id, sum(amount) as amount from drawn group by payer_id) took using (payer_id) where bore.amount is distinct from took.amount
      union all
      select 'statement:' || c.id, 'payer ' || h.payer_id || ' bore ' || h.activated_cents || ' by the statement, ' || coalesce(sum(a.amount_cents), 0) || ' by activations'
      from issuance.signed_statement s join issuance.contradictory_statement c on c.id = s.statement_id
      join issuance.contradictory_statement_share h on h.statement_id = c.id
      left join (issuance.activation_share a join issuance.activation v on v.id = a.activation_id join issuance.batch b on b.id = v.batch_id)
        on b.order_id = c.order_id and a.payer_id = h.payer_id
      where s.ends_order group by c.id, h.payer_id, h.activated_cents having h.activated_cents <> coalesce(sum(a.amount_cents), 0)
      union all
      select 'statement:' || c.id, 'expired ' || c.expired_cents || ', shares ' || sum(h.expired_cents)
      from issuance.contradictory_statement c join issuance.contradictory_statement_share h on h.statement_id = c.id
      group by c.id having c.expired_cents <> sum(h.expired_cents) or c.redeemed_cents <> sum(h.redeemed_cents) or c.rejected_cents <> sum(h.rejected_cents)`,
  },
  {
    id: 'L9:rejected',
    holds: "the payers' shares of each rejected claim add up to it, and are what each got back as cover",
    tier: 'local', schema: 'issuance',
    fault: 'take a rejected claim without giving it back',
    sql: `with given as (select event_id, split_part(credit, ':', 3)::uuid as payer_id, sum(amount) as amount
        from issuance.transfer where rule in ('11', '19') group by 1, 2),
      said as (select c.event_id, s.payer_id, s.amount_cents as amount
        from issuance.rejected_claim_share s join issuance.rejected_claim c using (claim_line_id))
      select 'rejected_claim:' || c.claim_line_id as row_named, 'shares ' || coalesce(sum(s.amount_cents), 0) || ' of ' || c.amount_cents as detail
      from issuance.rejected_claim c left join issuance.rejected_claim_share s using (claim_line_id)
      group by c.claim_line_id, c.amount_cents having c.amount_cents <> coalesce(sum(s.amount_cents), 0)
      union all
      select 'issuance.transfer:' || event_id, 'gave ' || coalesce(given.amount, 0) || ' cents to payer ' || payer_id || ', its share is ' || coalesce(said.amount, 0)
      from given full join said using (event_id, payer_id) where given.amount is distinct from said.amount`,
  },
  {
    id: 'I3',
    holds: 'what was activated, in any batch, is what left the cover',
    tier: 'local', schema: 'issuance',
    fault: 'activate without a posting',
    sql: `select 'issuance' as row_named, 'activated ' || activated || ' cents, ledger says ' || posted as detail
      from (select coalesce((select sum(amount_cents) from issuance.activation), 0) as activated,
        coalesce((select sum(amount) from issuance.transfer where rule = '6' and credit = 'clearing:redemption'), 0) as posted) x
      where activated <> posted`,
  },
  {
    id: 'I4',
    holds: 'each chunk that redemption said has expired is posted once, with its own amount',
    tier: 'local', schema: 'issuance',
    fault: 'keep a chunk without its posting',
    sql: `select 'expired_chunk:' || coalesce(c.run_id || '/' || c.chunk, t.event_id::text) as row_named,
        'says ' || coalesce(c.amount_cents::text, 'nothing') || ', posted ' || coalesce(t.amount::text, 'nothing') as detail
      from issuance.expired_chunk c full join (select * from issuance.transfer where rule = '22') t on t.event_id = c.event_id
      where c.amount_cents is distinct from t.amount`,
  },
  {
    id: 'I5',
    holds: 'expired value leaves its order as all have signed: to each payer its share, whole to the commons, or back to its vouchers, but for what pays a debt of a disputed payment',
    tier: 'local', schema: 'issuance',
    fault: 'move expired value without a signed statement',
    sql: `with signed as (
        select s.event_id, 'expired:' || s.order_id as debit,
          case c.outcome when 'refund' then 'refund_due:' || h.payer_id when 'commons' then 'clearing:settlement'
            else 'prefund:' || o.programme_id || ':' || h.payer_id end as credit, h.expired_cents - coalesce(x.amount_cents, 0) as amount
        from issuance.signed_statement s join issuance.contradictory_statement c on c.id = s.statement_id
        join issuance.order o on o.id = s.order_id join issuance.contradictory_statement_share h on h.statement_id = c.id
        left join issuance.expired_for_debt x on x.statement_id = c.id and x.payer_id = h.payer_id
        where s.ends_order
        union all select x.event_id, 'expired:' || s.order_id, 'receivable:' || x.payer_id, x.amount_cents
        from issuance.expired_for_debt x join issuance.signed_statement s on s.statement_id = x.statement_id
        union all
        select b.event_id, 'expired:' || x.order_id, 'clearing:redemption', b.amount_cents
        from issuance.batch_extension b join issuance.order_extension x on x.id = b.extension_id where x.statement_id is not null),
      said as (select event_id, debit, credit, sum(amount) as amount from signed group by 1, 2, 3 having sum(amount) > 0),
      moved as (select event_id, debit, credit, sum(amount) as amount from issuance.transfer where debit like 'expired:%' group by 1, 2, 3)
      select 'event:' || event_id as row_named, debit || ' to ' || credit || ': signed ' || coalesce(said.amount::text, 'nothing')
        || ', moved ' || coalesce(moved.amount::text, 'nothing') as detail
      from said full join moved using (event_id, debit, credit) where said.amount is distinct from moved.amount`,
  },
  {
    id: 'I6',
    holds: 'what is due back to a payer is what was signed for it and not ordered yet, and each refund is posted with its amount',
    tier: 'local', schema: 'issuance',
    fault: 'order a refund without a posting',
    sql: `with due as (select split_part(account, ':', 2)::uuid as payer_id, -sum(amount) as amount
        from (${movements('issuance')}) m where account like 'refund_due:%' group by account),
      open as (select h.payer_id, sum(h.expired_cents - coalesce(x.amount_cents, 0)) as amount from issuance.signed_statement s
        join issuance.contradictory_statement c on c.id = s.statement_id and c.outcome = 'refund'
        join issuance.contradictory_statement_share h on h.statement_id = c.id
        left join issuance.expired_for_debt x on x.statement_id = c.id and x.payer_id = h.payer_id
        where not exists (select from issuance.refund r where r.statement_id = c.id and r.payer_id = h.payer_id) group by h.payer_id)
      select 'payer:' || payer_id as row_named, 'signed and not ordered ' || coalesce(open.amount, 0) || ', due ' || coalesce(due.amount, 0) as detail
      from due full join open using (payer_id) where coalesce(due.amount, 0) <> coalesce(open.amount, 0)
      union all
      select 'refund:' || coalesce(r.id, t.event_id), 'says ' || coalesce(r.amount_cents::text, 'nothing') || ', posted ' || coalesce(t.amount::text, 'nothing')
      from issuance.refund r full join (select * from issuance.transfer where rule = '26') t on t.event_id = r.event_id
      where r.amount_cents is distinct from t.amount`,
  },
  {
    id: 'I24',
    holds: 'what extensions gave back of a batch was told as expired before, and what is left stands on its order',
    tier: 'local', schema: 'issuance',
    fault: 'give back more of a batch than had expired of it',
    sql: `with told as (select batch_id, sum(amount_cents) as amount from issuance.expired_chunk group by batch_id),
      given as (select batch_id, sum(amount_cents) as amount from issuance.batch_extension group by batch_id)
      select 'batch:' || given.batch_id as row_named, 'gave back ' || given.amount || ' of ' || coalesce(told.amount, 0) || ' that had expired' as detail
      from given left join told using (batch_id) where given.amount > coalesce(told.amount, 0)`,
  },
];

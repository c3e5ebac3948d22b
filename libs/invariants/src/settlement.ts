// Settlement's claims, statements and payments against its ledger, against redemption, and against the bank.
import { CHART } from '#libs/ledger';
import { movements, type Invariant } from './invariant.js';

const balanceOf = (kind: string) => `
  select split_part(account, ':', 2)::uuid as id, -sum(amount) as amount
  from (${movements('settlement')}) m where account like '${kind}:%' group by account`;

/**
 * What is at Stripe, by custody account: the balance as Stripe lists it, and payments that Stripe called paid and has not
 * listed to us yet. A movement that nobody has explained counts where it took money, and not where it brought some.
 */
const atStripe = `
  select bank_account_id as id, sum(case
      when kind = 'payout' or (kind = 'charge' and exists (select from issuance.card_receipt r where r.stripe_payment_id = m.payment_id)) then net
      when kind = 'charge' then -fee else least(net, 0) end)::bigint as amount
  from settlement.stripe_movement m group by 1
  union all
  select p.custody_account_id, sum(r.amount_cents)::bigint from issuance.card_receipt r
    join issuance.card_payment c on c.id = r.card_payment_id join issuance.order o on o.id = c.order_id
    join issuance.programme p on p.id = o.programme_id
  where not exists (select from settlement.stripe_movement m where m.payment_id = r.stripe_payment_id and m.kind = 'charge') group by 1`;

const kindsOf = (ledger: 'issuance' | 'settlement', wanted: (entry: (typeof CHART)[number]) => boolean): string =>
  CHART.filter((entry) => entry.ledger === ledger && wanted(entry)).map(({ kind }) => `'${kind}'`).join(', ');
/** What somebody owes the account. */
const CLAIMS = ['receivable', 'advance', 'place_receivable'];

/**
 * The coverage gap, by custody account: the operator's costs above what it earned there, and what is owed to the account by
 * others. Never below zero: what the operator earned is no cover for anybody else's money that is missing.
 */
const coverageGap = `
  select custody_account_id as id, greatest(sum(amount), 0)::bigint as amount from (
    select custody_account_id, amount from (${movements('issuance')}) i
      where split_part(account, ':', 1) in (${kindsOf('issuance', (entry) => entry.class === 'own' || CLAIMS.includes(entry.kind))})
    union all
    select custody_account_id, amount from (${movements('settlement')}) s
      where split_part(account, ':', 1) in (${kindsOf('settlement', (entry) => entry.class === 'own' || CLAIMS.includes(entry.kind))})
        -- The operator's own bank account: what it took out of this one, less what it paid in.
        or (account like 'bank:%' and account <> 'bank:' || custody_account_id)
  ) own group by 1`;

export const SETTLEMENT_RULES: readonly Invariant[] = [
  {
    id: 'S1',
    holds: 'each claim line is posted once, with its own gross, by the redemption that it owes or by the undoing that takes it back',
    tier: 'local', schema: 'settlement',
    fault: 'post the accrual of one redemption twice',
    sql: `select 'claim_line:' || coalesce(c.redemption_id, t.event_id) as row_named,
        'gross ' || coalesce(c.gross::text, 'nothing') || ', posted ' || coalesce(t.amount::text, 'nothing') as detail
      from settlement.claim_line c full join (
        select event_id, amount from settlement.transfer where rule = '7'
        union all select event_id, -amount from settlement.transfer where rule = '8') t on t.event_id = coalesce(c.undo_id, c.redemption_id)
      where c.gross is distinct from t.amount`,
  },
  {
    id: 'S2',
    holds: 'each claim line says what redemption says of the same redemption',
    tier: 'inspector',
    fault: 'edit the amount of one paid redemption as a superuser',
    sql: `select 'redemption:' || r.id as row_named,
        'redeemed ' || r.amount || ' at place ' || r.place_id || ', claimed ' || c.gross || ' by place ' || c.place_id as detail
      from settlement.claim_line c join redemption.redemption r on r.id = c.redemption_id
      where r.amount <> abs(c.gross) or r.place_id <> c.place_id
      union all
      select 'claim_line:' || c.id, 'no such undoing of redemption ' || c.redemption_id from settlement.claim_line c
      where c.undo_id is not null and not exists (
        select 1 from redemption.undone_redemption u where u.id = c.undo_id and u.redemption_id = c.redemption_id)
      union all
      select 'claim_line:' || c.id, 'no such redemption: ' || c.redemption_id from settlement.claim_line c
      where not exists (select 1 from redemption.redemption r where r.id = c.redemption_id)`,
  },
  {
    id: 'S3',
    holds: 'a statement is the sum of the claim lines that came due in its range',
    tier: 'local', schema: 'settlement',
    fault: 'change the gross of a claim line of a closed statement',
    sql: `select 'statement:' || s.id as row_named,
        'says ' || s.gross || ' in ' || s.line_count || ' lines, lines say ' || coalesce(sum(l.gross), 0) || ' in ' || count(l.claim_line_id) as detail
      from settlement.statement s left join settlement.statement_line l on l.statement_id = s.id
      group by s.id, s.gross, s.line_count having s.gross <> coalesce(sum(l.gross), 0) or s.line_count <> count(l.claim_line_id)`,
  },
  {
    id: 'S10',
    holds: 'a statement that pays a redemption has in it that it was undone, if it was',
    tier: 'local', schema: 'settlement',
    fault: 'undo a redemption of a closed statement',
    sql: `select 'redemption:' || u.redemption_id as row_named,
        'undone by number ' || u.source_seq || ', paid by statement ' || s.id || ' up to ' || s.up_to_seq as detail
      from settlement.claim_line u join settlement.claim_line c on c.redemption_id = u.redemption_id and c.undo_id is null
      join settlement.statement s on s.payee_id = c.payee_id and s.custody_account_id = c.custody_account_id
        and c.source_seq > coalesce(s.from_seq, 0) and c.source_seq <= s.up_to_seq
      where u.undo_id is not null and u.source_seq > s.up_to_seq`,
  },
  {
    id: 'S4',
    holds: 'a statement, and a refund, is in one live payment at most',
    tier: 'local', schema: 'settlement',
    fault: 'pay one statement a second time',
    sql: `select 'statement:' || ps.statement_id as row_named,
        count(*) || ' live payments: ' || string_agg(p.id::text, ', ') as detail
      from settlement.payment_statement ps join settlement.payment p on p.id = ps.payment_id
      where p.state in ('instructed', 'released', 'booked') group by ps.statement_id having count(*) > 1
      union all
      select 'refund:' || pf.refund_id, count(*) || ' live payments: ' || string_agg(p.id::text, ', ')
      from settlement.payment_refund pf join settlement.payment p on p.id = pf.payment_id
      where p.state in ('instructed', 'released', 'booked') group by pf.refund_id having count(*) > 1`,
  },
  {
    id: 'S5',
    holds: 'a payment pays exactly the net of its statements, or its refunds',
    tier: 'local', schema: 'settlement',
    fault: 'change the amount of a payment',
    sql: `with owed as (
        select ps.payment_id, 'place' as purpose, s.net as amount from settlement.payment_statement ps join settlement.statement s on s.id = ps.statement_id
        union all
        select pf.payment_id, 'refund', f.amount from settlement.payment_refund pf join settlement.refund f on f.id = pf.refund_id)
      select 'payment:' || p.id as row_named, 'pays ' || p.amount || ' as ' || p.purpose || ', what it pays says ' || coalesce(sum(o.amount), 0) as detail
      from settlement.payment p left join owed o on o.payment_id = p.id and o.purpose = p.purpose
      group by p.id, p.amount, p.purpose having p.amount <> coalesce(sum(o.amount), 0)`,
  },
  {
    id: 'L6',
    holds: 'what a payee redeemed, but for rejected lines, is accrued, held, payable, under way, paid, or taken as fee, VAT and commons share',
    tier: 'local', schema: 'settlement',
    fault: 'pay a payee more than it redeemed',
    sql: `with accrued as (${balanceOf('accrued')}), held as (${balanceOf('held')}), payable as (${balanceOf('payable')}),
      redeemed as (select payee_id as id, sum(gross) as amount from (
        select payee_id, gross from settlement.claim_line
        union all select c.payee_id, -c.gross from settlement.hold_decision d join settlement.held_line l on l.hold_id = d.hold_id
          join settlement.claim_line c on c.id = l.claim_line_id where d.outcome = 'rejected') r group by 1),
      taken as (select payee_id as id, sum(fee + vat + commons) as amount from settlement.statement group by 1),
      paid as (select payee_id as id, sum(amount) as amount from settlement.payment
        where purpose = 'place' and state in ('released', 'booked') group by 1),
      parts as (select id, sum(amount) as amount from (select * from accrued union all select * from held union all
        select * from payable union all select * from taken union all select * from paid) p group by id)
      select 'payee:' || coalesce(redeemed.id, parts.id) as row_named,
        'redeemed ' || coalesce(redeemed.amount, 0) || ', accounted for ' || coalesce(parts.amount, 0) as detail
      from redeemed full join parts using (id) where coalesce(redeemed.amount, 0) <> coalesce(parts.amount, 0)`,
  },
  {
    id: 'L7',
    holds: "the bank and Stripe, as they state themselves, cover every debt of the account, but for the coverage gap: the operator's costs above what it earned",
    tier: 'inspector',
    fault: 'delete one bank line, or owe more than came in',
    sql: `with bank as (select distinct on (bank_account_id) bank_account_id as id, closing_balance as amount
        from settlement.bank_statement order by bank_account_id, ordinal desc),
      stripe as (${atStripe}),
      assets as (select id, sum(amount) as amount from (select * from bank union all select * from stripe union all
        select custody_account_id, amount from (${movements('settlement')}) m where account = 'cash_in_transit') a group by id),
      debts as (select custody_account_id as id, sum(amount) as amount from (
        select custody_account_id, -amount as amount, split_part(account, ':', 1) as kind from (${movements('issuance')}) i
          where split_part(account, ':', 1) in ('unmatched', 'prefund', 'expired', 'refund_due')
        union all select custody_account_id, -amount, 'outstanding' from (${movements('redemption')}) r where account like 'outstanding:%'
        union all select custody_account_id, -amount, split_part(account, ':', 1) from (${movements('settlement')}) s
          where split_part(account, ':', 1) in ('bank_unknown', 'accrued', 'held', 'payable', 'allocated', 'refund_payable', 'transit',
            'commons', 'commons_lent')) d group by 1),
      gap as (${coverageGap})
      select 'bank_account:' || debts.id as row_named,
        'bank, Stripe and what is between them state ' || coalesce(assets.amount, 0) || ' cents, debts are ' || debts.amount
          || ', the gap accounts for ' || coalesce(gap.amount, 0) as detail
      from debts left join assets using (id) left join gap using (id)
      where coalesce(assets.amount, 0) + coalesce(gap.amount, 0) < debts.amount`,
  },
  {
    id: 'L7p',
    holds: 'the ledger knows of the balance at Stripe what Stripe lists, but for payments not listed yet and movements that nobody has explained',
    tier: 'local', schema: 'settlement',
    fault: 'post a fee that Stripe never took',
    sql: `with ledger as (select coalesce(sum(amount), 0) as amount from (${movements('settlement')}) m where account = 'psp'),
      stated as (select coalesce(sum(net), 0) as amount from settlement.stripe_movement),
      unlisted as (select coalesce(sum(amount), 0) as amount from settlement.stripe_charge c
        where not exists (select from settlement.stripe_movement m where m.payment_id = c.payment_id and m.kind = 'charge')),
      unexplained as (select coalesce(sum(case kind when 'other' then net else amount end), 0) as amount from settlement.stripe_movement m
        where kind = 'other' or (kind = 'charge' and not exists (select from settlement.stripe_charge c where c.payment_id = m.payment_id)))
      select 'psp' as row_named, 'Stripe lists ' || stated.amount || ', ledger ' || ledger.amount || ', not listed yet ' || unlisted.amount
        || ', unexplained ' || unexplained.amount as detail
      from ledger, stated, unlisted, unexplained where ledger.amount - unlisted.amount <> stated.amount - unexplained.amount`,
  },
  {
    id: 'S13',
    holds: 'what lies in bank_unknown is the unknown credits that nobody has identified',
    tier: 'local', schema: 'settlement',
    fault: 'take money out of bank_unknown without saying what it was',
    sql: `with posted as (select coalesce(-sum(amount), 0) as amount from (${movements('settlement')}) m where account = 'bank_unknown'),
      lines as (select coalesce(sum(l.amount), 0) as amount from settlement.bank_line l where l.kind = 'unknown_credit'
        and not exists (select from settlement.bank_line_identification i where i.bank_line_id = l.id))
      select 'bank_unknown' as row_named, 'holds ' || posted.amount || ', lines say ' || lines.amount as detail
      from posted, lines where posted.amount <> lines.amount`,
  },
  {
    id: 'S14',
    holds: 'a payout of Stripe that arrived left the way between, and one that has not is still on it',
    tier: 'local', schema: 'settlement',
    fault: 'bring a payout in without its posting',
    sql: `with way as (select coalesce(sum(amount), 0) as amount from (${movements('settlement')}) m
        where account = 'cash_in_transit' and event_id in (select event_id from settlement.stripe_movement where kind = 'payout'
          union all select event_id from settlement.stripe_payout_arrival)),
      open as (select coalesce(sum(p.amount), 0) as amount from settlement.stripe_payout p
        where not exists (select from settlement.stripe_payout_arrival a where a.payout_id = p.id)),
      entered as (select coalesce(sum(amount), 0) as amount from settlement.transfer where rule = '5' and credit = 'cash_in_transit'),
      arrived as (select coalesce(sum(amount), 0) as amount from settlement.stripe_payout_arrival)
      select 'cash_in_transit' as row_named, 'payouts on the way ' || open.amount || ', ledger ' || way.amount || '; arrived ' || arrived.amount
        || ', posted ' || entered.amount as detail
      from way, open, entered, arrived where way.amount <> open.amount or entered.amount <> arrived.amount`,
  },
  {
    id: 'L7b',
    holds: 'the ledger knows of each bank account what the bank states, but for debits that nobody has explained',
    tier: 'local', schema: 'settlement',
    fault: 'delete one bank line with its posting',
    sql: `with stated as (select bank_account_id as id, closing_balance as amount,
        row_number() over (partition by bank_account_id order by ordinal desc) as place,
        first_value(opening_balance) over (partition by bank_account_id order by ordinal) as opening from settlement.bank_statement),
      ledger as (select split_part(account, ':', 2)::uuid as id, sum(amount) as amount
        from (${movements('settlement')}) m where account like 'bank:%' group by account),
      unexplained as (select bank_account_id as id, sum(amount) as amount from settlement.bank_line where kind = 'unknown_debit' group by 1)
      select 'bank_account:' || stated.id as row_named, 'bank states ' || stated.amount || ', ledger ' || coalesce(ledger.amount, 0)
        || ', unexplained debits ' || coalesce(unexplained.amount, 0) as detail
      from stated left join ledger using (id) left join unexplained using (id)
      where stated.place = 1 and stated.amount - stated.opening <> coalesce(ledger.amount, 0) - coalesce(unexplained.amount, 0)`,
  },
  {
    id: 'L8',
    holds: 'the transit of a payment holds its amount between release and debit, and nothing before or after',
    tier: 'local', schema: 'settlement',
    fault: 'book half of a payment',
    sql: `with transit as (${balanceOf('transit')})
      select 'payment:' || coalesce(p.id, transit.id) as row_named,
        coalesce(p.state, 'unknown') || ' for ' || coalesce(p.amount, 0) || ', transit holds ' || coalesce(transit.amount, 0) as detail
      from settlement.payment p full join transit on transit.id = p.id
      where coalesce(transit.amount, 0) <> case when p.state = 'released' then p.amount else 0 end`,
  },
  {
    id: 'S6',
    holds: 'each bank line that names an event is posted to the bank with its amount',
    tier: 'local', schema: 'settlement',
    fault: 'delete the posting of one bank line',
    sql: `select 'bank_line:' || l.id as row_named, l.kind || ' of ' || l.amount || ', posted ' || coalesce(sum(t.amount), 0) as detail
      from settlement.bank_line l left join settlement.transfer t on t.event_id = l.event_id
      where l.event_id is not null group by l.id, l.kind, l.amount having l.amount <> coalesce(sum(t.amount), 0)`,
  },
  {
    id: 'S7',
    holds: 'what is held of a payee is the lines of its holds that nobody has decided',
    tier: 'local', schema: 'settlement',
    fault: 'release a hold without its posting',
    sql: `with held as (${balanceOf('held')}),
      open as (select c.payee_id as id, sum(c.gross) as amount from settlement.held_line l join settlement.claim_line c on c.id = l.claim_line_id
        where not exists (select from settlement.hold_decision d where d.hold_id = l.hold_id) group by 1)
      select 'payee:' || coalesce(held.id, open.id) as row_named,
        'ledger holds ' || coalesce(held.amount, 0) || ', undecided lines are ' || coalesce(open.amount, 0) as detail
      from held full join open using (id) where coalesce(held.amount, 0) <> coalesce(open.amount, 0)`,
  },
  {
    id: 'S8',
    holds: 'a claim line is in one statement at most, by its own number or by that of its release',
    tier: 'local', schema: 'settlement',
    fault: 'close a second statement over the same numbers',
    sql: `select 'claim_line:' || claim_line_id as row_named, 'in statements ' || string_agg(statement_id::text, ', ') as detail
      from settlement.statement_line group by claim_line_id having count(*) > 1`,
  },
  {
    id: 'S9',
    holds: 'a payment is rejected exactly when a report says so, and what it was to pay went back from its transit once',
    tier: 'local', schema: 'settlement',
    fault: 'mark a payment as rejected that the bank has debited',
    sql: `select 'payment:' || p.id as row_named,
        p.state || ' for ' || p.amount || case when r.payment_id is null then ', no report rejects it' else '' end
          || ', taken back ' || coalesce(t.amount, 0) as detail
      from settlement.payment p left join settlement.payment_rejection r on r.payment_id = p.id
      left join (select split_part(debit, ':', 2)::uuid as id, sum(amount) as amount from settlement.transfer where rule = '16' group by 1) t on t.id = p.id
      where (p.state = 'rejected') <> (r.payment_id is not null) or coalesce(t.amount, 0) <> case when p.state = 'rejected' then p.amount else 0 end`,
  },
  {
    id: 'S11',
    holds: 'what was ordered back to a payer is owed to it, under way, or paid',
    tier: 'local', schema: 'settlement',
    fault: 'take a refund without its posting',
    sql: `with owed as (${balanceOf('refund_payable')}),
      ordered as (select payer_id as id, sum(amount) as amount from settlement.refund group by 1),
      paid as (select f.payer_id as id, sum(f.amount) as amount from settlement.payment_refund pf
        join settlement.payment p on p.id = pf.payment_id join settlement.refund f on f.id = pf.refund_id
        where p.state in ('released', 'booked') group by 1),
      parts as (select id, sum(amount) as amount from (select * from owed union all select * from paid) p group by id)
      select 'payer:' || coalesce(ordered.id, parts.id) as row_named,
        'ordered back ' || coalesce(ordered.amount, 0) || ', accounted for ' || coalesce(parts.amount, 0) as detail
      from ordered full join parts using (id) where coalesce(ordered.amount, 0) <> coalesce(parts.amount, 0)`,
  },
  {
    id: 'S12',
    holds: 'each refund that settlement owes is one that issuance ordered, with the same payer and amount',
    tier: 'inspector',
    fault: 'change the amount of a refund that settlement took',
    sql: `select 'refund:' || s.id as row_named,
        'owes ' || s.amount || ' to payer ' || s.payer_id || ', ordered ' || coalesce(i.amount_cents::text, 'nothing') as detail
      from settlement.refund s left join issuance.refund i on i.id = s.id
      where (s.amount, s.payer_id) is distinct from (i.amount_cents, i.payer_id)`,
  },
];

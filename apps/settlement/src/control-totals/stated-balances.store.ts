// What the bank and Stripe state of themselves, as it was known at a moment, beside what the ledger says; each difference
// by its line, and what no line explains.
import type { StatedBalance, Totals } from '#libs/control-totals';
import type { Sql } from '#libs/persistence';
import { UNEXPLAINED_SHOWN_MAX } from '../limits.js';

type Difference = StatedBalance['differences'][number];
type BankRow = Readonly<{ id: string; statedOn: string | null; stated: bigint; opening: bigint; unexplained: bigint }>;
type StripeRow = Readonly<{ id: string; stated: bigint; unlisted: bigint; sent: bigint; transferred: bigint; unexplained: bigint }>;

export async function statedBalances(sql: Sql, cutAt: Date, lines: Totals['lines']): Promise<StatedBalance[]> {
  return [...await bankBalances(sql, cutAt, lines), ...await stripeBalances(sql, cutAt, lines)];
}

const ledgerOf = (lines: Totals['lines'], account: string): number =>
  lines.filter((line) => line.account === account).reduce((sum, { amountCents }) => sum + amountCents, 0);

function balanced(
  head: Pick<StatedBalance, 'custodyAccountId' | 'kind' | 'statedOn' | 'statedCents' | 'countedCents' | 'ledgerCents'>, differences: Difference[],
): StatedBalance {
  const explained = differences.reduce((sum, { amountCents }) => sum + amountCents, 0);
  return { ...head, differences, unaccountedCents: head.statedCents - head.ledgerCents - explained };
}

async function bankBalances(sql: Sql, cutAt: Date, lines: Totals['lines']): Promise<StatedBalance[]> {
  const rows = await sql.$queryRaw<BankRow[]>`
    select a.id, last.closed_on::text as "statedOn", coalesce(last.closing_balance, 0)::bigint as stated,
      coalesce(first.opening_balance, 0)::bigint as opening,
      (select coalesce(sum(l.amount), 0)::bigint from settlement.bank_line l join settlement.bank_statement s on s.id = l.bank_statement_id
        where l.bank_account_id = a.id and l.kind = 'unknown_debit' and s.imported_at <= ${cutAt}) as unexplained
    from settlement.bank_account a
    left join lateral (select closed_on, closing_balance from settlement.bank_statement
      where bank_account_id = a.id and imported_at <= ${cutAt} order by ordinal desc limit 1) last on true
    left join lateral (select opening_balance from settlement.bank_statement
      where bank_account_id = a.id and imported_at <= ${cutAt} and ordinal = 1) first on true
    where a.opened_at <= ${cutAt} order by a.id`;
  return Promise.all(rows.map(async ({ id, statedOn, stated, opening, unexplained }) => {
    const debits = await unexplainedDebits(sql, id, cutAt);
    const shown = debits.reduce((sum, { amountCents }) => sum + amountCents, 0);
    const rest = -Number(unexplained) - shown;
    return balanced({
      custodyAccountId: id, kind: 'bank', statedOn, statedCents: Number(stated), countedCents: Number(stated), ledgerCents: ledgerOf(lines, `bank:${id}`),
    }, [
      ...(opening === 0n ? [] : [{ what: 'opening_balance', reference: null, amountCents: Number(opening) }]), ...debits,
      ...(rest === 0 ? [] : [{ what: 'further_unexplained_debits', reference: null, amountCents: rest }]),
    ]);
  }));
}

async function unexplainedDebits(sql: Sql, bankAccountId: string, cutAt: Date): Promise<Difference[]> {
  const rows = await sql.$queryRaw<{ id: string; amount: bigint }[]>`
    select l.id, l.amount from settlement.bank_line l join settlement.bank_statement s on s.id = l.bank_statement_id
    where l.bank_account_id = ${bankAccountId}::uuid and l.kind = 'unknown_debit' and s.imported_at <= ${cutAt}
    order by l.id desc limit ${UNEXPLAINED_SHOWN_MAX}::int`;
  return rows.map(({ id, amount }) => ({ what: 'unexplained_debit', reference: `bankLine:${id}`, amountCents: -Number(amount) }));
}

/**
 * As L7 counts it: what Stripe called paid and has not listed yet is there, what it called sent back is not; a gain that nobody
 * has explained covers nothing.
 */
async function stripeBalances(sql: Sql, cutAt: Date, lines: Totals['lines']): Promise<StatedBalance[]> {
  const rows = await sql.$queryRaw<StripeRow[]>`
    with moved as (select * from settlement.stripe_movement where read_at <= ${cutAt}),
      charged as (select * from settlement.stripe_charge where taken_at <= ${cutAt}),
      sent as (select s.stripe_refund_id, f.amount from settlement.stripe_refund s join settlement.refund f on f.id = s.refund_id
        where s.refunded_at <= ${cutAt}),
      transferred as (select * from settlement.stripe_transfer where sent_at <= ${cutAt})
    select s.bank_account_id as id, (select coalesce(sum(net), 0)::bigint from moved) as stated,
      (select coalesce(sum(c.amount), 0)::bigint from charged c
        where not exists (select from moved m where m.payment_id = c.payment_id and m.kind = 'charge')) as unlisted,
      (select coalesce(sum(t.amount), 0)::bigint from sent t
        where not exists (select from moved m where m.source_id = t.stripe_refund_id and m.kind = 'refund')) as sent,
      (select coalesce(sum(t.amount), 0)::bigint from transferred t
        where not exists (select from moved m where m.transfer_id = t.stripe_transfer_id and m.kind = 'transfer')) as transferred,
      (select coalesce(sum(case m.kind when 'other' then m.net else m.amount end), 0)::bigint from moved m where m.kind = 'other'
        or (m.kind = 'charge' and not exists (select from charged c where c.payment_id = m.payment_id))
        or (m.kind = 'refund' and not exists (select from sent t where t.stripe_refund_id = m.source_id))
        or (m.kind = 'refund_failure' and not exists (
          select from settlement.stripe_refund s where s.stripe_refund_id = m.source_id and s.failed_at <= ${cutAt}))
        or (m.kind = 'dispute' and not exists (select from settlement.stripe_dispute d where d.movement_id = m.id and d.booked_at <= ${cutAt}))
        or (m.kind = 'dispute_reversal' and not exists (
          select from settlement.stripe_dispute_end e where e.movement_id = m.id and e.ended_at <= ${cutAt}))
        or (m.kind = 'transfer' and not exists (select from transferred t where t.stripe_transfer_id = m.transfer_id))
        or (m.kind = 'transfer_reversal' and not exists (
          select from transferred t where t.reversal_movement_id = m.id and t.reversed_at <= ${cutAt}))) as unexplained
    from settlement.stripe_account s where s.connected_at <= ${cutAt}`;
  return rows.map(({ id, stated, unlisted, sent, transferred, unexplained }) => balanced({
    custodyAccountId: id, kind: 'psp', statedOn: null, statedCents: Number(stated), ledgerCents: ledgerOf(lines, 'psp'),
    countedCents: Number(stated) + Number(unlisted) - Number(sent) - Number(transferred) - Math.max(Number(unexplained), 0),
  }, [
    ...(unlisted === 0n ? [] : [{ what: 'payments_not_listed_yet', reference: null, amountCents: -Number(unlisted) }]),
    ...(sent === 0n ? [] : [{ what: 'refunds_not_listed_yet', reference: null, amountCents: Number(sent) }]),
    ...(transferred === 0n ? [] : [{ what: 'transfers_not_listed_yet', reference: null, amountCents: Number(transferred) }]),
    ...(unexplained === 0n ? [] : [{ what: 'unexplained_movements', reference: null, amountCents: Number(unexplained) }]),
  ]));
}

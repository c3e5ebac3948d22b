// Contradictory statements, their signatures, and the one of an order that every side has signed. Whoever draws up or signs
// holds the lock of the order.
import { cents, type Cents, type ContradictoryStatementId, type OrderId, type PayerId, type ProgrammeId } from '#libs/kernel';
import type { Sql, Tx } from '#libs/persistence';
import type { EndShare } from './contradictory-statements/draw-up-statement.decision.js';
import type { LaterDates } from './extend-order/later-dates.decision.js';
import type { StatementOutcome } from './on-expiry.decision.js';

export type NewStatement = Readonly<{
  statementId: ContradictoryStatementId; orderId: OrderId; version: number; outcome: StatementOutcome;
  activated: Cents; redeemed: Cents; rejected: Cents; expired: Cents; extension: LaterDates | null;
  shares: readonly EndShare[]; content: string; sha256: string;
}>;

export async function insertStatement(tx: Tx, statement: NewStatement, drawnUpBy: string): Promise<void> {
  const { statementId, orderId, version, outcome, activated, redeemed, rejected, expired, extension, shares, content, sha256 } = statement;
  await tx.sql.$executeRaw`
    insert into issuance.contradictory_statement (id, order_id, version, outcome, activated_cents, redeemed_cents, expired_cents,
      rejected_cents, extended_usable_until, extended_claimable_until, currency, content, sha256, drawn_up_by, drawn_up_at)
    values (${statementId}::uuid, ${orderId}::uuid, ${version}, ${outcome}, ${activated}, ${redeemed}, ${expired}, ${rejected},
      ${extension?.usableUntil ?? null}::date, ${extension?.claimableUntil ?? null}::date, 'EUR', ${content}, ${sha256}, ${drawnUpBy}, ${tx.now})`;
  const of = (amount: (share: EndShare) => Cents) => shares.map((share) => amount(share).toString());
  await tx.sql.$executeRaw`
    insert into issuance.contradictory_statement_share (statement_id, payer_id, activated_cents, redeemed_cents, expired_cents, rejected_cents)
    select ${statementId}::uuid, s.payer_id, s.activated, s.redeemed, s.expired, s.rejected
    from unnest(${shares.map(({ payerId }) => payerId)}::uuid[], ${of((share) => share.activated)}::bigint[],
      ${of((share) => share.redeemed)}::bigint[], ${of((share) => share.expired)}::bigint[],
      ${of((share) => share.rejected)}::bigint[]) as s(payer_id, activated, redeemed, expired, rejected)`;
}

export async function nextVersion(tx: Tx, orderId: OrderId): Promise<number> {
  const [row] = await tx.sql.$queryRaw<{ version: number }[]>`
    select coalesce(max(version), 0)::int + 1 as version from issuance.contradictory_statement where order_id = ${orderId}::uuid`;
  return row!.version;
}

/** Not by an extension: that one does not end it. */
export async function isOrderSigned(tx: Tx, orderId: OrderId): Promise<boolean> {
  const rows = await tx.sql.$queryRaw<unknown[]>`select 1 as found from issuance.signed_statement where order_id = ${orderId}::uuid and ends_order`;
  return rows.length > 0;
}

export type NamedPayer = Readonly<{ payerId: PayerId; name: string; siren: string; basisPoints: number }>;

/** Of an order, by priority, with the name of its programme under the rules that it was placed under. */
export async function payersOf(tx: Tx, orderId: OrderId): Promise<{ programmeName: string; payers: NamedPayer[] }> {
  const rows = await tx.sql.$queryRaw<(NamedPayer & { programmeName: string })[]>`
    select r.name as "programmeName", p.id as "payerId", p.name, p.siren, s.basis_points as "basisPoints"
    from issuance.order o
    join issuance.programme_rule r on r.programme_id = o.programme_id and r.version = o.rule_version
    join issuance.order_share s on s.order_id = o.id join issuance.payer p on p.id = s.payer_id
    where o.id = ${orderId}::uuid order by s.priority`;
  return {
    programmeName: rows[0]!.programmeName,
    payers: rows.map(({ payerId, name, siren, basisPoints }) => ({ payerId, name, siren, basisPoints })),
  };
}

export type Statement = Readonly<{
  statementId: ContradictoryStatementId; orderId: OrderId; programmeId: ProgrammeId; custodyAccountId: string; outcome: StatementOutcome;
  activated: Cents; redeemed: Cents; rejected: Cents; expired: Cents; extension: LaterDates | null; sha256: string; drawnUpBy: string;
  shares: readonly Readonly<{ payerId: PayerId; name: string; siren: string; expired: Cents }>[];
  /** `operator`, or the id of a payer. */
  signedParties: readonly string[];
  signed: boolean;
  /** A later version is there. */
  replaced: boolean;
  /** What stands on the order now. */
  expiredBalance: Cents;
  /** What its claims were rejected for by now, incidents included. */
  rejectedNow: Cents;
}>;
type Money = 'activated' | 'redeemed' | 'rejected' | 'expired' | 'expiredBalance' | 'rejectedNow';
type StatementRow = Omit<Statement, Money | 'shares'> & Record<Money, bigint>
  & { shares: readonly (Omit<Statement['shares'][number], 'expired'> & { expired: number })[] };

export async function orderOfStatement(sql: Sql, statementId: ContradictoryStatementId): Promise<OrderId | undefined> {
  const [row] = await sql.$queryRaw<{ orderId: OrderId }[]>`
    select order_id as "orderId" from issuance.contradictory_statement where id = ${statementId}::uuid`;
  return row?.orderId;
}

/** Of each payer's share: what paid its debt of a disputed payment. Written with the last signature. */
export async function expiredForDebt(tx: Tx, statementId: ContradictoryStatementId): Promise<ReadonlyMap<PayerId, Cents>> {
  const rows = await tx.sql.$queryRaw<{ payerId: PayerId; amount: bigint }[]>`
    select payer_id as "payerId", amount_cents as amount from issuance.expired_for_debt where statement_id = ${statementId}::uuid`;
  return new Map(rows.map(({ payerId, amount }) => [payerId, cents(amount)]));
}

export async function insertExpiredForDebt(
  tx: Tx, statementId: ContradictoryStatementId, parts: ReadonlyMap<PayerId, Cents>, eventId: string,
): Promise<void> {
  for (const [payerId, amount] of parts) {
    await tx.sql.$executeRaw`
      insert into issuance.expired_for_debt (statement_id, payer_id, amount_cents, currency, event_id)
      values (${statementId}::uuid, ${payerId}::uuid, ${amount}, 'EUR', ${eventId}::uuid)`;
  }
}

/** To be read under the lock of its order. */
export async function readStatement(tx: Tx, statementId: ContradictoryStatementId): Promise<Statement | undefined> {
  const [row] = await tx.sql.$queryRaw<StatementRow[]>`
    select c.id as "statementId", c.order_id as "orderId", o.programme_id as "programmeId", p.custody_account_id as "custodyAccountId",
      c.outcome, c.activated_cents as activated, c.redeemed_cents as redeemed, c.expired_cents as expired, c.sha256,
      c.drawn_up_by as "drawnUpBy",
      (select json_agg(json_build_object('payerId', y.id, 'name', y.name, 'siren', y.siren, 'expired', s.expired_cents) order by y.id)
        from issuance.contradictory_statement_share s join issuance.payer y on y.id = s.payer_id where s.statement_id = c.id) as shares,
      array(select g.party from issuance.statement_signature g where g.statement_id = c.id) as "signedParties",
      exists (select from issuance.signed_statement d where d.statement_id = c.id or (d.order_id = c.order_id and d.ends_order)) as signed,
      c.rejected_cents as rejected, case when c.outcome = 'extension' then json_build_object('usableUntil', c.extended_usable_until,
        'claimableUntil', c.extended_claimable_until) end as extension,
      exists (select from issuance.contradictory_statement l where l.order_id = c.order_id and l.version > c.version) as replaced,
      coalesce((select b.balance from issuance.guarded_balance b where b.account = 'expired:' || c.order_id), 0)::bigint as "expiredBalance",
      (select coalesce(sum(r.amount_cents), 0)::bigint from issuance.rejected_claim r where r.order_id = c.order_id) as "rejectedNow"
    from issuance.contradictory_statement c join issuance.order o on o.id = c.order_id join issuance.programme p on p.id = o.programme_id
    where c.id = ${statementId}::uuid`;
  return row && {
    ...row, activated: cents(row.activated), redeemed: cents(row.redeemed), rejected: cents(row.rejected), expired: cents(row.expired),
    expiredBalance: cents(row.expiredBalance), rejectedNow: cents(row.rejectedNow),
    shares: row.shares.map((share) => ({ ...share, expired: cents(share.expired) })),
  };
}

export type NewSignature = Readonly<{ statementId: ContradictoryStatementId; payerId: PayerId | null; sha256: string }>;

export async function insertSignature(tx: Tx, { statementId, payerId, sha256 }: NewSignature, signedBy: string): Promise<void> {
  await tx.sql.$executeRaw`
    insert into issuance.statement_signature (statement_id, party, payer_id, sha256, signed_by, signed_at)
    values (${statementId}::uuid, ${payerId ?? 'operator'}, ${payerId}::uuid, ${sha256}, ${signedBy}, ${tx.now})`;
}

export async function insertSignedStatement(tx: Tx, { orderId, statementId, outcome }: Statement, eventId: string): Promise<void> {
  await tx.sql.$executeRaw`
    insert into issuance.signed_statement (order_id, statement_id, event_id, signed_at, ends_order)
    values (${orderId}::uuid, ${statementId}::uuid, ${eventId}::uuid, ${tx.now}, ${outcome !== 'extension'})`;
}

// Card payments: asked, opened at Stripe, paid. Whoever books one holds the lock of its order.
import { cents, type CardPaymentId, type Cents, type OrderId, type PayerId } from '#libs/kernel';
import type { Sql, Tx } from '#libs/persistence';
import type { FoundPayment, PaymentMethod, PaymentState } from '#libs/stripe';

export type AskedCardPayment = Readonly<{ cardPaymentId: CardPaymentId; orderId: OrderId; payerId: PayerId; amount: Cents }>;
export type CardReceipt = Readonly<{ stripePaymentId: string; cover: Cents; excess: Cents }>;

/** The custody account that cards pay into; undefined until settlement has connected Stripe to one. */
export async function cardCustodyAccount(sql: Sql): Promise<string | undefined> {
  const [row] = await sql.$queryRaw<{ custodyAccountId: string }[]>`
    select a.custody_account_id as "custodyAccountId" from issuance.card_account a`;
  return row?.custodyAccountId;
}

/** Settlement connects once; a second time under another event is a fault that somebody must see. */
export async function insertCardAccount(tx: Tx, custodyAccountId: string, eventId: string): Promise<void> {
  await tx.sql.$executeRaw`
    insert into issuance.card_account (custody_account_id, event_id, connected_at)
    values (${custodyAccountId}::uuid, ${eventId}::uuid, ${tx.now})`;
}

export async function insertCardPayment(tx: Tx, payment: AskedCardPayment, method: PaymentMethod, openedBy: string): Promise<void> {
  const { cardPaymentId, orderId, payerId, amount } = payment;
  await tx.sql.$executeRaw`
    insert into issuance.card_payment (id, order_id, payer_id, amount_cents, currency, method, opened_by, opened_at)
    values (${cardPaymentId}::uuid, ${orderId}::uuid, ${payerId}::uuid, ${amount}, 'EUR', ${method}, ${openedBy}, ${tx.now})`;
}

export async function countOpenedSince(tx: Tx, orderId: OrderId, payerId: PayerId, since: Date): Promise<number> {
  const [row] = await tx.sql.$queryRaw<{ count: number }[]>`
    select count(*)::int as count from issuance.card_payment p
    where p.order_id = ${orderId}::uuid and p.payer_id = ${payerId}::uuid and p.opened_at > ${since}
      and not exists (select from issuance.card_receipt r where r.card_payment_id = p.id)`;
  return row!.count;
}

/**
 * Debits that may still cost us: pages that are open or on their way, those that a bank may still take back, and those that
 * it took. `openedAfter` is when the oldest page that is still open was opened, `bookedAfter` when the return period began.
 */
export async function openDebits(
  tx: Tx, payerId: PayerId, { openedAfter, bookedAfter }: Readonly<{ openedAfter: Date; bookedAfter: Date }>,
): Promise<Readonly<{ open: Cents; openOfPayer: Cents }>> {
  const [row] = await tx.sql.$queryRaw<{ open: bigint; openOfPayer: bigint }[]>`
    select coalesce(sum(p.amount_cents), 0)::bigint as open,
      coalesce(sum(p.amount_cents) filter (where p.payer_id = ${payerId}::uuid), 0)::bigint as "openOfPayer"
    from issuance.card_payment p
    left join issuance.card_payment_state s on s.card_payment_id = p.id
    left join issuance.card_receipt r on r.card_payment_id = p.id
    where p.method = 'sepa_debit' and case
      when r.card_payment_id is not null then r.booked_at > ${bookedAfter} or exists (
        select from issuance.dispute d left join issuance.dispute_end e on e.dispute_id = d.id
        where d.card_payment_id = p.id and e.outcome is distinct from 'won')
      when coalesce(s.state, 'open') = 'open' then p.opened_at > ${openedAfter}
      else s.state in ('processing', 'paid') end`;
  return { open: cents(row!.open), openOfPayer: cents(row!.openOfPayer) };
}

/** As Stripe said it last; what is booked is a receipt and not this. */
export async function noteState(tx: Tx, cardPaymentId: CardPaymentId, found: FoundPayment): Promise<void> {
  const { state, announcedCents, instructionsUrl = null } = found;
  await tx.sql.$executeRaw`
    insert into issuance.card_payment_state (card_payment_id, state, announced_cents, currency, instructions_url, looked_at)
    values (${cardPaymentId}::uuid, ${state}, ${announcedOf(state, found, announcedCents)}, 'EUR', ${instructionsUrl}, ${tx.now})
    on conflict (card_payment_id) do update set state = excluded.state, announced_cents = excluded.announced_cents,
      instructions_url = excluded.instructions_url, looked_at = excluded.looked_at
    -- Two looks at once: what is paid never becomes anything else.
    where issuance.card_payment_state.state <> 'paid'`;
}

/** A debit announces all of it, a transfer what has come so far. */
const announcedOf = (state: PaymentState, { amountCents, instructionsUrl }: FoundPayment, come: Cents): Cents =>
  (state === 'processing' && instructionsUrl === undefined ? amountCents : come);

export type CardSession = Readonly<{ sessionId: string; url: string }>;

export async function sessionOf(sql: Sql, cardPaymentId: CardPaymentId): Promise<CardSession | undefined> {
  const [row] = await sql.$queryRaw<CardSession[]>`
    select s.session_id as "sessionId", s.url from issuance.card_session s where s.card_payment_id = ${cardPaymentId}::uuid`;
  return row;
}

/** Two that opened it at once under one key were given the same session by Stripe. */
export async function noteSession(tx: Tx, cardPaymentId: CardPaymentId, { sessionId, url }: CardSession): Promise<void> {
  await tx.sql.$executeRaw`
    insert into issuance.card_session (card_payment_id, session_id, url, opened_at)
    values (${cardPaymentId}::uuid, ${sessionId}, ${url}, ${tx.now}) on conflict (card_payment_id) do nothing`;
}

export async function cardPaymentOf(sql: Sql, sessionId: string): Promise<AskedCardPayment | undefined> {
  const [row] = await sql.$queryRaw<(Omit<AskedCardPayment, 'amount'> & { amount: bigint })[]>`
    select p.id as "cardPaymentId", p.order_id as "orderId", p.payer_id as "payerId", p.amount_cents as amount
    from issuance.card_session s join issuance.card_payment p on p.id = s.card_payment_id where s.session_id = ${sessionId}`;
  return row && { ...row, amount: cents(row.amount) };
}

export async function isBooked(sql: Sql, cardPaymentId: CardPaymentId): Promise<boolean> {
  const [row] = await sql.$queryRaw<{ booked: boolean }[]>`
    select exists (select from issuance.card_receipt r where r.card_payment_id = ${cardPaymentId}::uuid) as booked`;
  return row!.booked;
}

export async function insertCardReceipt(
  tx: Tx, { cardPaymentId, amount }: AskedCardPayment, { stripePaymentId, cover, excess }: CardReceipt, eventId: string,
): Promise<void> {
  await tx.sql.$executeRaw`
    insert into issuance.card_receipt (card_payment_id, stripe_payment_id, amount_cents, cover_cents, excess_cents, currency,
      event_id, booked_at)
    values (${cardPaymentId}::uuid, ${stripePaymentId}, ${amount}, ${cover}, ${excess}, 'EUR', ${eventId}::uuid, ${tx.now})`;
}

/** Sessions of which no money is known, the latest first: an older one expired long ago. */
export async function unbookedSessions(sql: Sql, rowsMax: number): Promise<string[]> {
  const rows = await sql.$queryRaw<{ sessionId: string }[]>`
    select s.session_id as "sessionId" from issuance.card_session s
    where not exists (select from issuance.card_receipt r where r.card_payment_id = s.card_payment_id)
    order by s.opened_at desc, s.card_payment_id desc limit ${rowsMax}::int`;
  return rows.map(({ sessionId }) => sessionId);
}

export type ShownCardPayment = AskedCardPayment & Readonly<{
  sessionId: string | null; openedAt: Date; bookedAt: Date | null; cover: Cents | null; excess: Cents | null; method: PaymentMethod;
  state: PaymentState; announced: Cents; instructionsUrl: string | null;
}>;
type ShownRow = Omit<ShownCardPayment, 'amount' | 'cover' | 'excess' | 'announced'>
  & { amount: bigint; announced: bigint; cover: bigint | null; excess: bigint | null };
export type CardPaymentFilter = Readonly<{
  payerId: PayerId | null; orderId: OrderId | null; before: CardPaymentId | null; rowsMax: number;
}>;

/** Newest first; a payer's own, or all. */
export async function listCardPayments(sql: Sql, { payerId, orderId, before, rowsMax }: CardPaymentFilter): Promise<ShownCardPayment[]> {
  const rows = await sql.$queryRaw<ShownRow[]>`
    select p.id as "cardPaymentId", p.order_id as "orderId", p.payer_id as "payerId", p.amount_cents as amount,
      s.session_id as "sessionId", p.opened_at as "openedAt", r.booked_at as "bookedAt", r.cover_cents as cover,
      r.excess_cents as excess, p.method, coalesce(t.state, 'open') as state, coalesce(t.announced_cents, 0)::bigint as announced,
      t.instructions_url as "instructionsUrl"
    from issuance.card_payment p left join issuance.card_session s on s.card_payment_id = p.id
    left join issuance.card_payment_state t on t.card_payment_id = p.id
    left join issuance.card_receipt r on r.card_payment_id = p.id
    where (${payerId}::uuid is null or p.payer_id = ${payerId}::uuid) and (${orderId}::uuid is null or p.order_id = ${orderId}::uuid)
      and (${before}::uuid is null or p.id < ${before}::uuid)
    order by p.id desc limit ${rowsMax}::int`;
  const centsOrNull = (amount: bigint | null) => (amount === null ? null : cents(amount));
  return rows.map(({ amount, announced, cover, excess, ...row }) => ({
    ...row, amount: cents(amount), announced: cents(announced), cover: centsOrNull(cover), excess: centsOrNull(excess),
  }));
}

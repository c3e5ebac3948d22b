// Stripe promises no order. A payment by direct debit is promised, succeeds, is refunded in part at Stripe and then taken back
// by its bank; the six events that tell of it reach issuance and settlement in all 720 orders, and every order leaves one state
// and one set of postings. Each order has a payment of its own; all are told their k-th event before any is told the next.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { PaymentDisputeClosedV1, PaymentDisputedV1, PaymentSucceededV1, StripeAccountConnectedV1, type Contract } from '#libs/contracts';
import { CATALOGUE, inspect } from '#libs/invariants';
import { FakeStripe, parseStripeEvent, type StripeEvent } from '#libs/stripe';
import { keepHints } from '../../apps/issuance/src/book-card-payments/keep-hints.js';
import { hintOf } from '../../apps/issuance/src/book-card-payments/stripe-hint.js';
import { insertStripeEvent } from '../../apps/settlement/src/stripe-balance/stripe-event.store.js';
import { IssuanceWorld, plain } from '../builders/issuance-world.js';
import { SettlementWorld, shown } from '../builders/settlement-world.js';

const SIX = [
  'payment_intent.processing', 'checkout.session.completed', 'payment_intent.succeeded', 'charge.refunded', 'charge.dispute.created',
  'charge.dispute.closed',
] as const;
const ORDERS = permutations([0, 1, 2, 3, 4, 5]);
const [AMOUNT, REFUNDED] = [1_000, 100];
const DISPUTED = AMOUNT - REFUNDED;
const META = { kind: 'process', name: 'spec', correlationId: 'spec' } as const;

let fake: FakeStripe;
let issuance: IssuanceWorld;
let settlement: SettlementWorld;
beforeAll(async () => {
  fake = await FakeStripe.start();
  const cardProcessor = { secretKey: 'sk_test_spec', apiBase: fake.baseUrl, webhookSecrets: ['whsec_spec'] };
  issuance = await IssuanceWorld.create({ cardProcessor, connected: false });
  settlement = await SettlementWorld.create({ cardProcessor });
  await settlement.done('stripe-accounts', { bankAccountId: shown('bankAccount', settlement.bankAccountId) });
  await issuance.take(StripeAccountConnectedV1, { custodyAccountId: settlement.bankAccountId });
}, 60_000);
afterAll(async () => {
  await Promise.all([issuance.close(), settlement.close()]);
  await fake.stop();
});

/** As many orders of one payer, each with a page opened at Stripe, as issuance would have left them. */
async function askedFor(count: number): Promise<readonly Readonly<{ cardPaymentId: string; orderId: string; sessionId: string }>[]> {
  const [payerId, programmeId] = [
    plain(await issuance.payer()), plain(await issuance.programme({ custodyAccountId: shown('bankAccount', settlement.bankAccountId) })),
  ];
  const asked = Array.from({ length: count }, () => {
    const [cardPaymentId, orderId] = [issuance.newId(), issuance.newId()];
    const form = new Map(Object.entries({
      mode: 'payment', success_url: 'https://example.org', client_reference_id: orderId, 'payment_method_types[0]': 'sepa_debit',
      'line_items[0][price_data][unit_amount]': String(AMOUNT), 'line_items[0][price_data][currency]': 'eur',
      'payment_intent_data[metadata][card_payment_id]': cardPaymentId,
    }));
    return { cardPaymentId, orderId, sessionId: fake.account.openSession(form, fake.baseUrl).id };
  });
  const admin = new pg.Client({ connectionString: issuance.database.adminUrl });
  await admin.connect();
  const rows = JSON.stringify(asked.map((one, at) => ({ ...one, reference: `RF00MRO${String(at).padStart(10, '0')}` })));
  await admin.query('set session_replication_role = replica');
  const insert = (into: string, select: string) => admin.query(
    `insert into issuance.${into} select ${select} from jsonb_to_recordset($1) as t("cardPaymentId" uuid, "orderId" uuid, "sessionId" text, reference text)`, [rows]);
  await insert('order (id, reference, programme_id, rule_version, count, face_cents, total_cents, currency, placed_by, placed_at)',
    `"orderId", reference, '${programmeId}', 1, 1, ${AMOUNT}, ${AMOUNT}, 'EUR', 'x', now()`);
  await insert('order_share (order_id, payer_id, basis_points, priority, amount_cents, reference)', `"orderId", '${payerId}', 10000, 0, ${AMOUNT}, reference`);
  await insert('card_payment (id, order_id, payer_id, amount_cents, currency, method, opened_by, opened_at)',
    `"cardPaymentId", "orderId", '${payerId}', ${AMOUNT}, 'EUR', 'sepa_debit', 'x', now()`);
  await insert('card_session (card_payment_id, session_id, url, opened_at)', `"cardPaymentId", "sessionId", 'x', now()`);
  await admin.end();
  return asked;
}

/** All of it happens at Stripe, and nobody is told. The refund was made by hand at Stripe: it is not one of ours. */
function happened(sessionId: string): readonly StripeEvent[] {
  const from = fake.account.events.length;
  fake.account.delayed.promise(sessionId);
  fake.account.delayed.collect(sessionId);
  const paymentId = fake.account.find('checkout.session', sessionId).payment_intent!;
  fake.account.refunds.make(new Map([['payment_intent', paymentId], ['amount', String(REFUNDED)]]));
  fake.account.disputes.failLate(paymentId);
  const events = fake.account.events.slice(from).map((event) => parseStripeEvent(event)!);
  return SIX.map((type) => events.find((event) => event.type === type)!);
}

/** As the two services keep what they are told, each event once. */
async function tell(events: readonly StripeEvent[]): Promise<void> {
  await issuance.work.once(META, (tx) => keepHints(tx, events.map(hintOf), false));
  await settlement.work.once(META, async (tx) => {
    for (const { id: eventId, type, livemode, createdAt } of events) {
      if (type.startsWith('charge.')) await insertStripeEvent(tx, { eventId, type, livemode, createdAt }, null);
    }
  });
}

const carried = new Set<string>();
async function fresh<C extends Contract>(contract: C, from: IssuanceWorld | SettlementWorld) {
  const messages = (await from.emitted(contract)).filter(({ id }) => !carried.has(id));
  for (const { id } of messages) carried.add(id);
  return messages;
}

async function look(): Promise<void> {
  while (!await issuance.booker.idle()) await issuance.booker.bookWaiting((_, error) => { throw error; }, () => undefined);
  await settlement.reader.readWaiting();
  for (const { id, body } of await fresh(PaymentSucceededV1, issuance)) await settlement.take(PaymentSucceededV1, body, { id });
}

/** Only so many open disputes are asked for in one reading. The two messages of a dispute come in the other order. */
async function hear(): Promise<void> {
  const ended = async () => (await settlement.emitted(PaymentDisputeClosedV1)).length;
  for (let before = -1; before < await ended();) {
    before = await ended();
    await settlement.reader.readWaiting(true);
  }
  for (const { id, body } of await fresh(PaymentDisputeClosedV1, settlement)) await issuance.take(PaymentDisputeClosedV1, body, id);
  for (const { id, body } of await fresh(PaymentDisputedV1, settlement)) await issuance.take(PaymentDisputedV1, body, id);
}

/** What each payment came to, as a text without its ids, and how many came to it. */
const outcomes = (world: IssuanceWorld | SettlementWorld, sql: string) => world.rows(`select outcome, count(*)::int as count from (${sql}) o group by outcome`);
const postings = (schema: string) => `select string_agg(rule || ' ' || split_part(debit, ':', 1) || ' ' || split_part(credit, ':', 1) || ' ' || amount,
  ', ' order by rule, debit, credit) from ${schema}.transfer where event_id in`;

describe('the six events of a payment', () => {
  it('leave one state and one set of postings in all 720 orders', async () => {
    expect([ORDERS.length, new Set(ORDERS.map(String)).size]).toEqual([720, 720]);
    const told = (await askedFor(ORDERS.length)).map(({ sessionId }) => happened(sessionId));
    for (let step = 0; step < SIX.length; step += 1) {
      await tell(ORDERS.map((order, at) => told[at]![order[step]!]!));
      await look();
    }
    await hear();
    expect(await outcomes(issuance, `select concat_ws(', ', r.amount_cents, r.cover_cents, s.state, d.amount_cents, d.cover_back_cents, e.outcome, h.funded_cents) as outcome
      from issuance.card_payment p left join issuance.card_receipt r on r.card_payment_id = p.id left join issuance.card_payment_state s on s.card_payment_id = p.id
      left join issuance.dispute d on d.card_payment_id = p.id left join issuance.dispute_end e on e.dispute_id = d.id
      join issuance.order_share h on h.order_id = p.order_id`))
      .toEqual([{ outcome: `${AMOUNT}, ${AMOUNT}, paid, ${DISPUTED}, ${DISPUTED}, lost, ${REFUNDED}`, count: 720 }]);
    expect(await outcomes(issuance, `select (${postings('issuance')} (r.event_id, d.event_id, d.rest_event_id, e.event_id, e.rest_event_id)) as outcome from issuance.card_receipt r
      join issuance.dispute d using (card_payment_id) join issuance.dispute_end e on e.dispute_id = d.id`)).toEqual([{
      outcome: `30 prefund receivable ${DISPUTED}, 30 receivable clearing ${DISPUTED}, 4 clearing prefund ${AMOUNT}`, count: 720,
    }]);
    expect(await outcomes(settlement, `select (${postings('settlement')} (c.event_id, d.event_id, e.event_id)) as outcome from settlement.stripe_charge c
      join settlement.stripe_dispute d using (payment_id) join settlement.stripe_dispute_end e on e.dispute_id = d.id`)).toEqual([{
      outcome: `30 clearing psp ${DISPUTED}, 4 psp clearing ${AMOUNT}`, count: 720,
    }]);
    expect(await issuance.rows('select count(*)::int as count from issuance.stripe_event')).toEqual([{ count: 720 * SIX.length }]);
    const local = (schema: string) => CATALOGUE.filter(({ tier, schema: of }) => tier === 'local' && of === schema);
    expect((await inspect(issuance.database.inspectorUrl, local('issuance'))).broken).toEqual([]);
    expect((await inspect(settlement.database.inspectorUrl, local('settlement'))).broken).toEqual([]);
  }, 600_000);
});

function permutations(items: readonly number[]): number[][] {
  if (items.length <= 1) return [[...items]];
  return items.flatMap((first, at) => permutations([...items.slice(0, at), ...items.slice(at + 1)]).map((rest) => [first, ...rest]));
}

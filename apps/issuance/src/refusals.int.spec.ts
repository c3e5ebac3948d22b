// Every refusal of the catalogue, told over HTTP with the catalogue's status.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import {
  APPROVER, CUSTODY, distributorMemberOf, ENDED, IssuanceWorld, memberOf, NOW, OPERATOR, plain, type Answer,
} from '../../../test/builders/issuance-world.js';
import { newPrinter } from '../../../test/builders/printer.js';
import type { Principal } from '#libs/auth';
import { BatchExpiryDueV1, ClaimLineHeldV1, StripeAccountConnectedV1 } from '#libs/contracts';
import { FakeStripe } from '#libs/stripe';
import Stripe from 'stripe';
import { REFUSALS } from './refusals.js';

type Code = keyof typeof REFUSALS;

let world: IssuanceWorld;
let fake: FakeStripe;
beforeAll(async () => {
  fake = await FakeStripe.start();
  const cardProcessor = { secretKey: 'sk_test_spec', apiBase: fake.baseUrl, webhookSecrets: ['whsec_spec'] };
  world = await IssuanceWorld.create({ cardProcessor, connected: false });
});
afterAll(async () => {
  await world.close();
  await fake.stop();
});

const orderOf = async (over: object) =>
  world.post('orders', { body: { programmeId: await world.programme(), count: 1, shares: [{ payerId: await world.payer(), basisPoints: 10_000 }], ...over } });
const match = (bankLineId: string, orderId: string) => world.post(`credits/${bankLineId}/matches`, { body: { orderId } });
const nextYear = async (act: () => Promise<Answer>, day = '2027-01-01') => {
  world.clock.set(`${day}T00:00:00.000Z`);
  const answer = await act();
  world.clock.set(NOW);
  return answer;
};
const batchOfTen = async () => {
  const order = await world.order();
  return { order, batchId: await world.batch(order.orderId) };
};

const replace = (batchId: string, first = 0, last = 9) => world.post(`batches/${batchId}/replacements`, { body: { first, last } });
const stoppedBatch = async () => {
  const { order, batchId } = await batchOfTen();
  await world.spendable(order, batchId);
  await world.stop(batchId);
  return batchId;
};
const endedOrder = async () => {
  const order = await world.usedOrder();
  await world.expire(order.batchId, [8_000]);
  return { order, statement: await world.drawnUp(order) };
};
/** A batch of 100 shipped whole to a distributor. */
const delivered = async () => {
  const [batchId, distributorId] = [await world.printedBatch(), await world.distributor()];
  return { batchId, distributorId, as: distributorMemberOf(distributorId), deliveryId: await world.ship(batchId, distributorId) };
};
const received = async () => {
  const all = await delivered();
  await world.done(`deliveries/${all.deliveryId}/receipts`, {}, all.as);
  return all;
};
/** Two vouchers of a stock, activated and stopped. */
const stoppedOfAnother = async () => {
  const order = await world.order({ count: 100 });
  const batchId = await world.batch(order.orderId);
  await world.done(`batches/${batchId}/print-files`, { format: 'csv' });
  await world.spendable(order, batchId);
  const distributorId = await world.distributor();
  const [as, range] = [distributorMemberOf(distributorId), { first: 0, last: 1 }];
  await world.done(`deliveries/${await world.ship(batchId, distributorId)}/receipts`, {}, as);
  await world.stop(batchId, [range]);
  return { batchId, range, as };
};
const handOver = (batchId: string, as: Principal) => world.post('hand-overs', { body: { handOvers: [{ batchId, first: 0, last: 9 }] }, as });
const byCard = ({ orderId }: { orderId: string }, method = 'card') => world.post(`orders/${orderId}/card-payments`, { body: { method } });
let connected: Promise<void> | undefined;
const connect = () => (connected ??= world.take(StripeAccountConnectedV1, { custodyAccountId: CUSTODY }));
const webhook = async (payload: string, secret = 'whsec_spec', timestamp = Math.floor(Date.now() / 1000)): Promise<Answer> => {
  const signature = Stripe.webhooks.generateTestHeaderString({ payload, secret, timestamp });
  const headers = { 'content-type': 'application/json', 'stripe-signature': signature };
  const { statusCode, payload: text } = await world.app.inject({ method: 'POST', url: '/issuance/stripe-webhooks', payload, headers });
  return { status: statusCode, headers: {}, text, body: JSON.parse(text) as Answer['body'] };
};

const credit = (invoiceId: string, body: object) => world.post(`invoices/${invoiceId}/credit-notes`, { body: { reason: 'correction', ...body } });
async function plantOrders(programmeId: string, count: number): Promise<void> {
  const admin = new pg.Client({ connectionString: world.database.adminUrl });
  await admin.connect();
  await admin.query('set session_replication_role = replica');
  await admin.query(`insert into issuance.order (id, reference, programme_id, rule_version, count, face_cents, total_cents, currency, placed_by, placed_at)
    select gen_random_uuid(), 'RF01MRO' || lpad(n::text, 10, '0'), $1, 1, 1, 1, 1, 'EUR', 'x', '2026-03-02' from generate_series(1, $2::int) n`, [plain(programmeId), count]);
  await admin.end();
}
const submitProof = (orderId: string) => world.post(`orders/${orderId}/proofs`, { body: { reference: 'BAT 12', sha256: 'a'.repeat(64) } });
const answerProof = (orderId: string, as: Principal, sha256 = 'a'.repeat(64)) =>
  world.post(`orders/${orderId}/proof-answers`, { body: { sha256, answer: 'approved' }, as });
/** On paper, of two payers, of whom the first leads. */
const printedOrder = async () => {
  const order = await world.coFunded({ paper: true });
  const [as, second] = order.shares.map(({ payerId }) => memberOf(payerId));
  return { ...order, as: as!, second: second! };
};
const LATER = { usableUntil: '2027-06-30', claimableUntil: '2027-07-31' };
type Step = 'fifteen_days' | 'seven_days';
const dueVintage = async (...steps: Step[]) => {
  const order = await world.usedOrder();
  for (const step of steps.length > 0 ? steps : ['fifteen_days'] as const) {
    const due = { ...BatchExpiryDueV1.sample, batchId: plain(order.batchId), programmeId: plain(order.programmeId), step };
    await world.take(BatchExpiryDueV1, due);
  }
  return order;
};
const signOff = (programmeId: string, payerId: string, step: Step, sha256: string) =>
  world.post('vintage-sign-offs', { body: { programmeId, usableUntil: '2026-12-31', step, sha256 }, as: memberOf(payerId) });
const shownSha256 = async (payerId: string, step: Step) =>
  ((await world.get('vintages', memberOf(payerId))).body['items'] as { step: string; sha256: string }[]).find((one) => one.step === step)!.sha256;

const REACHED: Readonly<Record<Code, () => Promise<Answer>>> = {
  card_payments_off: async () => {
    const without = await IssuanceWorld.create();
    const answer = await without.post(`orders/${(await without.order()).orderId}/card-payments`);
    await without.close();
    return answer;
  },
  webhook_signature_wrong: () => webhook('{}', 'whsec_other'),
  webhook_signature_old: () => webhook('{}', 'whsec_spec', Math.floor(Date.now() / 1000) - 301),
  sepa_exposure_exceeded: async () => {
    const sepaDebit = { exposureCents: 9_999, exposurePerPayerCents: 9_999 };
    const small = await IssuanceWorld.create({ cardProcessor: { secretKey: 'sk_test_spec', apiBase: fake.baseUrl, webhookSecrets: ['whsec_spec'], sepaDebit } });
    const answer = await small.post(`orders/${(await small.order()).orderId}/card-payments`, { body: { method: 'sepa_debit' } });
    await small.close();
    return answer;
  },
  dispute_open: async () => {
    const { order, statement } = await endedOrder();
    // As settlement will have told it; only that it is there matters here.
    const client = new pg.Client({ connectionString: world.database.adminUrl });
    await client.connect();
    await client.query('set session_replication_role = replica');
    await client.query(`insert into issuance.dispute (id, card_payment_id, order_id, payer_id, amount_cents, cover_back_cents, excess_back_cents,
      currency, event_id, taken_at) values ('dp_open', gen_random_uuid(), $1, $2, 1, 0, 0, 'EUR', gen_random_uuid(), now())`, [plain(order.orderId), plain(order.payerId)]);
    await client.end();
    return world.sign(statement, APPROVER);
  },
  webhook_not_understood: () => webhook('{}'),
  card_account_missing: async () => byCard(await world.order()),
  card_account_other: async () => {
    await connect();
    return byCard(await world.order({ programmeId: await world.programme({ custodyAccountId: `bac_${randomUUID()}` }) }));
  },
  sepa_debit_off: async () => {
    await connect();
    return byCard(await world.order(), 'sepa_debit');
  },
  card_payments_too_many: async () => {
    await connect();
    const order = await world.order();
    for (let at = 0; at < 10; at += 1) await byCard(order);
    return byCard(order);
  },
  card_amount_not_chargeable: async () => {
    await connect();
    return byCard(await world.order({ programmeId: await world.programme({ faceCents: 49 }), count: 1 }));
  },
  payer_not_found: () => orderOf({ shares: [{ payerId: `pyr_${randomUUID()}`, basisPoints: 10_000 }] }),
  shares_short: async () => orderOf({ shares: [{ payerId: await world.payer(), basisPoints: 10_000, capCents: 1 }] }),
  quote_not_found: async () => {
    const { orderId, as } = await world.draft();
    return world.answer({ orderId, version: 1 }, as);
  },
  order_accepted: async () => {
    const quote = await world.quoted();
    await world.accept(quote);
    return world.post(`order-drafts/${quote.orderId}/quotes`);
  },
  order_cancelled: async () => {
    const { orderId } = await world.order();
    await world.done(`orders/${orderId}/cancellation`, { reason: 'test' });
    return world.post(`orders/${orderId}/batches`);
  },
  purchase_outside_rule: async () => world.get(`orders/${(await world.order()).orderId}/report?usedByPicCents=0`),
  publics_outside_rule: async () => world.get(`orders/${(await world.order()).orderId}/report?usedByPicCents=1`),
  order_expired: async () => {
    const order = await world.usedOrder();
    await world.expire(order.batchId, [8_000]);
    return world.post(`orders/${order.orderId}/cancellation`, { body: { reason: 'test' } });
  },
  production_costs_unfounded: async () =>
    world.post(`orders/${(await world.order()).orderId}/cancellation`, { body: { reason: 'test', productionCents: 1 } }),
  cancellation_not_yours: async () => {
    const order = await world.order();
    return world.post(`orders/${order.orderId}/cancellation`, { body: { reason: 'test' }, as: memberOf(order.payerId) });
  },
  proof_not_needed: async () => submitProof((await world.order()).orderId),
  proof_approved: async () => {
    const { orderId, as } = await printedOrder();
    await submitProof(orderId);
    await answerProof(orderId, as);
    return submitProof(orderId);
  },
  proof_not_approved: async () => world.post(`orders/${(await printedOrder()).orderId}/batches`),
  payer_not_leading: async () => {
    const { orderId, second } = await printedOrder();
    await submitProof(orderId);
    return answerProof(orderId, second);
  },
  proof_not_submitted: async () => {
    const { orderId, as } = await printedOrder();
    return answerProof(orderId, as);
  },
  proof_hash_differs: async () => {
    const { orderId, as } = await printedOrder();
    await submitProof(orderId);
    return answerProof(orderId, as, 'b'.repeat(64));
  },
  range_not_received: async () => {
    const order = await world.order({ activateOn: 'receipt' });
    await world.fund(order, order.amountCents);
    return world.activate(await world.batch(order.orderId));
  },
  quote_open: async () => world.post(`order-drafts/${(await world.quoted()).orderId}/quotes`),
  quote_outdated: async () => {
    const quote = await world.quoted();
    await world.answer(quote, quote.as, 'refused');
    await world.done(`order-drafts/${quote.orderId}/quotes`, {});
    return world.answer(quote, quote.as);
  },
  quote_refused: async () => {
    const payers = [await world.payer(), await world.payer()];
    const quote = await world.quoted({ shares: payers.map((payerId) => ({ payerId, basisPoints: 5_000 })) });
    await world.answer(quote, memberOf(payers[0]!), 'refused');
    return world.answer(quote, memberOf(payers[1]!));
  },
  quote_lapsed: async () => {
    const quote = await world.quoted();
    return nextYear(() => world.answer(quote, quote.as), '2026-05-02');
  },
  quote_answered: async () => {
    const quote = await world.quoted();
    await world.answer(quote, quote.as, 'refused');
    return world.answer(quote, quote.as);
  },
  programme_not_found: () => orderOf({ programmeId: `prg_${randomUUID()}` }),
  receipt_not_found: async () => match(`bkn_${randomUUID()}`, (await world.order()).orderId),
  order_not_found: () => world.get(`orders/ord_${randomUUID()}`),
  share_not_found: async () => {
    const { orderId } = await world.order();
    return world.post(`credits/${await world.fund({ reference: 'NONE' }, 1)}/matches`, { body: { orderId, payerId: `pyr_${randomUUID()}` } });
  },
  share_not_named: async () => match(await world.fund({ reference: 'NONE' }, 1), (await world.coFunded()).orderId),
  batch_not_found: () => world.activate(`bat_${randomUUID()}`),
  invoice_not_found: () => world.get(`invoices/inv_${randomUUID()}`),
  seller_not_configured: async () => {
    const without = await IssuanceWorld.create({ seller: null });
    const answer = await without.post(`orders/${(await without.order()).orderId}/invoices`);
    await without.close();
    return answer;
  },
  payer_billing_missing: async () => {
    const payerId = await world.payer({ billed: false });
    return world.post(`orders/${(await world.order({ shares: [{ payerId, basisPoints: 10_000 }] })).orderId}/invoices`);
  },
  billing_reference_missing: async () => {
    const order = await world.order();
    await world.billed([order.payerId], { needsServiceCode: true });
    return world.post(`orders/${order.orderId}/invoices`);
  },
  order_invoiced: async () => world.post(`orders/${(await world.invoiced()).orderId}/invoices`),
  upstream_fee_rule_too_early: () => world.post('upstream-fee-rules', { body: { from: '2026-03-01', feeBasisPoints: 0, vatBasisPoints: 0, vatRegime: 'multi_purpose' } }),
  window_too_long: async () => {
    const programmeId = await world.programme();
    // More orders than are gone through, as a superuser writes them: to place them one by one would take minutes.
    await plantOrders(programmeId, 1_001);
    const rule = { feeBasisPoints: 0, vatBasisPoints: 0, vatRegime: 'multi_purpose' };
    return world.post('upstream-fee-rules/simulate', { body: { rule, window: { programmeId, from: '2026-01-01', to: '2026-12-31' } } });
  },
  invoice_not_creditable: async () => {
    const { orderId } = await world.quoted();
    const { body } = await world.get(`invoices?orderId=${orderId}`);
    return credit((body['items'] as { invoiceId: string }[])[0]!.invoiceId, {});
  },
  credit_exceeds_invoice: async () => credit((await world.invoiced()).invoices[0]!.invoiceId, { faceCents: 10_001 }),
  nothing_to_credit: async () => {
    const { invoices: [invoice] } = await world.invoiced();
    await credit(invoice!.invoiceId, {});
    return credit(invoice!.invoiceId, {});
  },
  import_not_found: () => world.get(`payer-imports/imp_${randomUUID()}/rows`),
  table_malformed: () => world.send('payer-imports', 'nom,siren\n1,"A\n'),
  table_empty: () => world.send('payer-imports', 'nom,siren\n'),
  table_too_long: () => world.send('payer-imports', `nom,siren\n${'A,1\n'.repeat(50_001)}`),
  table_columns_missing: () => world.send('payer-imports', 'nom,code_postal\nA,26000\n'),
  distributor_not_found: async () =>
    world.post(`batches/${await world.printedBatch()}/deliveries`, { body: { distributorId: `dst_${randomUUID()}` } }),
  delivery_not_found: () => world.post(`deliveries/dlv_${randomUUID()}/receipts`),
  hand_over_not_found: async () =>
    world.post(`hand-overs/hnd_${randomUUID()}/returns`, { as: distributorMemberOf(await world.distributor()) }),
  distributor_exists: async () => {
    const body = { name: 'Bureau de poste', siret: '35600000049837' };
    await world.done('distributors', body);
    return world.post('distributors', { body });
  },
  booklet_incomplete: async () => world.post(`orders/${(await world.order()).orderId}/batches`, { body: { count: 9, bookletSize: 5 } }),
  batch_key_destroyed: async () => world.post(`batches/${(await received()).batchId}/print-files`),
  print_file_too_large: async () => {
    const { orderId } = await world.order({ count: 100_010 });
    const { batchId } = await world.done(`orders/${orderId}/batches`, {});
    return world.post(`batches/${String(batchId)}/print-files`, { body: { format: 'pdf' } });
  },
  printer_key_not_found: async () => world.post(`printer-keys/pky_${randomUUID()}/withdrawal`),
  printer_key_not_usable: async () => world.post('printer-keys', { body: { name: 'Imprimerie', publicKey: (await newPrinter()).privateKey } }),
  printer_key_exists: async () => {
    const body = { name: 'Imprimerie', publicKey: (await newPrinter()).publicKey };
    const { printerKeyId } = await world.done('printer-keys', body);
    const answer = await world.post('printer-keys', { body });
    await world.done(`printer-keys/${String(printerKeyId)}/withdrawal`, {});
    return answer;
  },
  print_file_unencrypted: async () => {
    const { batchId } = await batchOfTen();
    const { printerKeyId } = await world.done('printer-keys', { name: 'Imprimerie', publicKey: (await newPrinter()).publicKey });
    const answer = await world.post(`batches/${batchId}/print-files`);
    await world.done(`printer-keys/${String(printerKeyId)}/withdrawal`, {});
    return answer;
  },
  range_not_printed: async () => world.post(`batches/${(await batchOfTen()).batchId}/deliveries`, { body: { distributorId: await world.distributor() } }),
  range_not_at_printer: async () => world.post(`batches/${(await delivered()).batchId}/printer-receipts`),
  range_already_shipped: async () => {
    const { batchId, distributorId } = await delivered();
    return world.post(`batches/${batchId}/deliveries`, { body: { distributorId, first: 99 } });
  },
  range_not_in_transit: async () => world.post(`deliveries/${(await received()).deliveryId}/receipts`),
  range_not_in_stock: async () => {
    const { batchId, as } = await delivered();
    return handOver(batchId, as);
  },
  agent_not_found: async () => {
    const { batchId, as } = await received();
    return world.post('transfers', { body: { batchId, to: { kind: 'agent', agentId: `agt_${randomUUID()}` } }, as });
  },
  agent_exists: async () => {
    const { as } = await received();
    await world.done('agents', { name: 'Accueil' }, as);
    return world.post('agents', { body: { name: 'Accueil' }, as });
  },
  voucher_not_found: async () => world.get(`whereabouts?batchId=${(await received()).batchId}&index=100`),
  range_stopped: async () => {
    const { batchId, as } = await received();
    await world.stop(batchId);
    return handOver(batchId, as);
  },
  transfer_within_stock: async () => {
    const { batchId, as } = await received();
    return world.post('transfers', { body: { batchId, to: { kind: 'own_stock' } }, as });
  },
  range_not_yours: async () => {
    const { batchId, range } = await stoppedOfAnother();
    return world.post(`batches/${batchId}/replacements`, { body: range, as: distributorMemberOf(await world.distributor()) });
  },
  replacement_quota_exceeded: async () => {
    const { batchId, range, as } = await stoppedOfAnother();
    return world.post(`batches/${batchId}/replacements`, { body: range, as });
  },
  replacement_count_differs: async () => {
    const { batchId, range, as } = await stoppedOfAnother();
    return world.post(`batches/${batchId}/stock-replacements`, { body: { ...range, given: { batchId, first: 10, last: 10 } }, as });
  },
  hand_over_file_known: async () => {
    const { as } = await received();
    await world.send('hand-over-files', 'serial\n1\n', { as });
    return world.send('hand-over-files', 'serial\n1\n', { as });
  },
  hand_over_returned: async () => {
    const { batchId, as } = await received();
    const { handOvers } = (await handOver(batchId, as)).body as unknown as { handOvers: { handOverId: string }[] };
    const path = `hand-overs/${handOvers[0]!.handOverId}/returns`;
    await world.done(path, {}, as);
    return world.post(path, { as });
  },
  payer_exists: async () => {
    const body = { name: 'La Poste', siren: '356000000', siret: '35600000049837' };
    await world.done('payers', body);
    return world.post('payers', { body });
  },
  programme_ended: () => nextYear(() => orderOf({})),
  programme_not_open: async () => orderOf({ programmeId: await world.programme({ effectiveFrom: '2026-03-03' }) }),
  effect_in_past: () => world.post('programmes', { body: world.rules({ effectiveFrom: '2026-03-01' }) }),
  rules_end_before_effect: () => world.post('programmes', { body: world.rules({ effectiveFrom: '2027-01-01' }) }),
  limit_below_face: () => world.post('programmes', { body: world.rules({ limits: { redemptionCentsMax: 999 } }) }),
  price_bound_below_face: () =>
    world.post('programmes', { body: world.rules({ servicePrices: [{ service: 'employment', priceCentsMax: 999 }] }) }),
  face_not_allowed: () => orderOf({ faceCents: 999 }),
  order_count_not_allowed: async () => orderOf({ programmeId: await world.programme({ limits: { orderCountMin: 2 } }) }),
  programme_limit_reached: async () => orderOf({ programmeId: await world.programme({ limits: { orderedCentsMax: 999 } }) }),
  simulation_too_large: async () => {
    const { programmeId } = await world.order();
    await world.manyOrders(programmeId, 20_000);
    return world.post(`programmes/${programmeId}/rules/simulate`, {
      body: { rule: world.rule(), window: { from: '2026-03-01', to: '2026-03-31' } },
    });
  },
  order_too_large: async () => orderOf({ count: 1_000_000, programmeId: await world.programme({ faceCents: 10_001 }) }),
  order_fully_minted: async () => {
    const { order } = await batchOfTen();
    return world.post(`orders/${order.orderId}/batches`, { body: {} });
  },
  range_outside_batch: async () => world.activate((await batchOfTen()).batchId, { last: 10 }),
  vouchers_expired: async () => {
    const batchId = await stoppedBatch();
    return nextYear(() => replace(batchId), '2027-02-01');
  },
  range_too_large: async () => {
    const { orderId } = await world.order({ count: 10_001 });
    return replace(String((await world.done(`orders/${orderId}/batches`, {}))['batchId']), 0, 10_000);
  },
  range_already_replaced: async () => {
    const batchId = await stoppedBatch();
    await replace(batchId, 3, 4);
    return replace(batchId);
  },
  range_not_spendable: async () => replace((await batchOfTen()).batchId),
  range_not_stopped: async () => {
    const { order, batchId } = await batchOfTen();
    await world.spendable(order, batchId);
    return replace(batchId);
  },
  batch_is_replacement: async () => world.activate(String((await replace(await stoppedBatch())).body['batchId'])),
  batch_not_loaded: async () => {
    const { orderId } = await world.order();
    return world.activate(String((await world.done(`orders/${orderId}/batches`, {}))['batchId']));
  },
  range_already_activated: async () => {
    const { order, batchId } = await batchOfTen();
    await world.fund(order, 10_000);
    await world.activate(batchId, { first: 4, last: 4 });
    return world.activate(batchId);
  },
  insufficient_coverage: async () => world.activate((await batchOfTen()).batchId),
  other_custody_account: async () => {
    const elsewhere = await world.programme({ custodyAccountId: `bac_${randomUUID()}` });
    return match(await world.fund({ reference: 'NONE' }, 1), (await world.order({ programmeId: elsewhere })).orderId);
  },
  order_fully_funded: async () => {
    const order = await world.order();
    await world.fund(order, 10_000);
    return match(await world.fund({ reference: 'NONE' }, 1), order.orderId);
  },
  statement_not_found: () => world.get(`contradictory-statements/cst_${randomUUID()}`),
  statement_replaced: async () => {
    const { order, statement } = await endedOrder();
    await world.drawnUp(order);
    return world.sign(statement, APPROVER);
  },
  statement_signed: async () => world.post('contradictory-statements', { body: { orderId: (await world.signedOrder()).orderId } }),
  statement_not_signed: async () => world.post('refunds', { body: { statementId: (await endedOrder()).statement.statementId } }),
  claims_open: async () => world.post('contradictory-statements', { body: { orderId: (await world.usedOrder()).orderId } }),
  expiry_incomplete: async () => {
    const { orderId } = await world.usedOrder();
    world.clock.set(ENDED);
    return world.post('contradictory-statements', { body: { orderId } });
  },
  claims_held: async () => {
    const order = await world.usedOrder([1_000, 1_000]);
    await world.take(ClaimLineHeldV1, { ...ClaimLineHeldV1.sample, claimLineId: randomUUID(), batchId: plain(order.batchId) });
    await world.expire(order.batchId, [8_000]);
    world.clock.set(ENDED);
    return world.post('contradictory-statements', { body: { orderId: order.orderId } });
  },
  vintage_not_found: async () => signOff((await dueVintage()).programmeId, await world.payer(), 'fifteen_days', '0'.repeat(64)),
  vintage_hash_differs: async () => {
    const { programmeId, payerId } = await dueVintage();
    return signOff(programmeId, payerId, 'fifteen_days', '0'.repeat(64));
  },
  vintage_step_before: async () => {
    const { programmeId, payerId } = await dueVintage('seven_days');
    return signOff(programmeId, payerId, 'seven_days', await shownSha256(payerId, 'seven_days'));
  },
  vintage_signed_off: async () => {
    const { programmeId, payerId } = await dueVintage();
    const sha256 = await shownSha256(payerId, 'fifteen_days');
    await signOff(programmeId, payerId, 'fifteen_days', sha256);
    return signOff(programmeId, payerId, 'fifteen_days', sha256);
  },
  vouchers_ended: async () => {
    const { batchId, as } = await received();
    world.clock.set(ENDED);
    return handOver(batchId, as);
  },
  extension_not_later: async () => world.post('extensions', { body: { ...LATER, orderId: (await world.order()).orderId, usableUntil: '2026-12-31' } }),
  extension_by_statement: async () => {
    const { orderId } = await world.order();
    world.clock.set(ENDED);
    return world.post('extensions', { body: { ...LATER, orderId } });
  },
  extension_not_found: async () => {
    const { extensionId } = await world.done('extensions', { ...LATER, orderId: (await world.order()).orderId });
    return world.post(`extensions/${String(extensionId)}/agreements`, { as: memberOf(await world.payer()) });
  },
  extension_agreed: async () => {
    const { orderId, payerId } = await world.order();
    const { extensionId } = await world.done('extensions', { ...LATER, orderId });
    await world.post(`extensions/${String(extensionId)}/agreements`, { as: memberOf(payerId) });
    return world.post(`extensions/${String(extensionId)}/agreements`, { as: memberOf(payerId) });
  },
  statement_hash_differs: async () => world.sign({ ...(await endedOrder()).statement, sha256: '0'.repeat(64) }, APPROVER),
  signer_drew_it_up: async () => world.sign((await endedOrder()).statement, OPERATOR),
  statement_signed_by_you: async () => {
    const { order, statement } = await endedOrder();
    await world.sign(statement, memberOf(order.payerId));
    return world.sign(statement, memberOf(order.payerId));
  },
  statement_outdated: async () => {
    const { order, statement } = await endedOrder();
    await world.expire(order.batchId, [1]);
    return world.sign(statement, APPROVER);
  },
  nothing_to_refund: async () => {
    const { statementId } = await world.signedOrder();
    await world.done('refunds', { statementId });
    return world.post('refunds', { body: { statementId } });
  },
  receipt_set_aside: async () => {
    const id = await world.fund({ reference: 'X' }, 1);
    await world.done(`credits/${id}/set-asides`, { reason: 'x' });
    return world.post(`credits/${id}/set-asides`, { body: { reason: 'x' } });
  },
  receipt_not_set_aside: async () => world.post(`credits/${await world.fund({ reference: 'X' }, 1)}/take-ups`, { body: {} }),
  receipt_used_up: async () => match(await world.fund(await world.order(), 1), (await world.order()).orderId),
};

describe('the refusal', () => {
  it.each(Object.keys(REFUSALS) as Code[])('%s is told with its status and its sentence', async (code) => {
    world.clock.set(NOW);
    const { status, body } = await REACHED[code]();
    const { status: known, retryable, sentence } = REFUSALS[code];
    expect({ code: body.code, status, retryable: body['retryable'], detail: body['detail'] }).toEqual({ code, status: known, retryable, detail: sentence });
  });
});

// Every refusal of the catalogue, told over HTTP with the catalogue's status.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { StripeAccountConnectedV1 } from '#libs/contracts';
import { FakeStripe } from '#libs/stripe';
import Stripe from 'stripe';
import { CUSTODY, IssuanceWorld, NOW, type Answer } from '../../../test/builders/issuance-world.js';
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
const nextYear = async (act: () => Promise<Answer>) => {
  world.clock.set('2027-01-01T00:00:00.000Z');
  const answer = await act();
  world.clock.set(NOW);
  return answer;
};
const batchOfTen = async () => {
  const order = await world.order();
  return { order, batchId: await world.batch(order.orderId) };
};

const byCard = ({ orderId }: { orderId: string }) => world.post(`orders/${orderId}/card-payments`);
let connected: Promise<void> | undefined;
const connect = () => (connected ??= world.take(StripeAccountConnectedV1, { custodyAccountId: CUSTODY }));
const webhook = async (payload: string, secret = 'whsec_spec'): Promise<Answer> => {
  const signature = Stripe.webhooks.generateTestHeaderString({ payload, secret });
  const headers = { 'content-type': 'application/json', 'stripe-signature': signature };
  const { statusCode, payload: text } = await world.app.inject({ method: 'POST', url: '/issuance/stripe-webhooks', payload, headers });
  return { status: statusCode, headers: {}, text, body: JSON.parse(text) as Answer['body'] };
};

const REACHED: Readonly<Record<Code, () => Promise<Answer>>> = {
  card_payments_off: async () => {
    const without = await IssuanceWorld.create();
    const answer = await without.post(`orders/${(await without.order()).orderId}/card-payments`);
    await without.close();
    return answer;
  },
  webhook_signature_wrong: () => webhook('{}', 'whsec_other'),
  webhook_not_understood: () => webhook('{}'),
  card_account_missing: async () => byCard(await world.order()),
  card_account_other: async () => {
    await connect();
    return byCard(await world.order({ programmeId: await world.programme({ custodyAccountId: `bac_${randomUUID()}` }) }));
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
  programme_not_found: () => orderOf({ programmeId: `prg_${randomUUID()}` }),
  receipt_not_found: async () => match(`bkn_${randomUUID()}`, (await world.order()).orderId),
  order_not_found: () => world.get(`orders/ord_${randomUUID()}`),
  share_not_found: async () => {
    const { orderId } = await world.order();
    return world.post(`credits/${await world.fund({ reference: 'NONE' }, 1)}/matches`, { body: { orderId, payerId: `pyr_${randomUUID()}` } });
  },
  share_not_named: async () => match(await world.fund({ reference: 'NONE' }, 1), (await world.coFunded()).orderId),
  batch_not_found: () => world.activate(`bat_${randomUUID()}`),
  payer_exists: async () => {
    const body = { name: 'La Poste', siren: '356000000', siret: '35600000049837' };
    await world.done('payers', body);
    return world.post('payers', { body });
  },
  programme_ended: () => nextYear(() => orderOf({})),
  face_not_allowed: () => orderOf({ faceCents: 999 }),
  order_too_large: async () => orderOf({ count: 300_000, programmeId: await world.programme({ faceCents: 3_334 }) }),
  order_fully_minted: async () => {
    const { order } = await batchOfTen();
    return world.post(`orders/${order.orderId}/batches`, { body: {} });
  },
  range_outside_batch: async () => world.activate((await batchOfTen()).batchId, { last: 10 }),
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
  order_already_matched: async () => {
    const order = await world.order();
    return match(await world.fund(order, 1), order.orderId);
  },
  order_fully_funded: async () => {
    const order = await world.order();
    await world.fund(order, 10_000);
    return match(await world.fund({ reference: 'NONE' }, 1), order.orderId);
  },
  receipt_used_up: async () => match(await world.fund(await world.order(), 1), (await world.order()).orderId),
};

describe('the refusal', () => {
  it.each(Object.keys(REFUSALS) as Code[])('%s is told with its status and its sentence', async (code) => {
    const { status, body } = await REACHED[code]();
    const { status: known, retryable, sentence } = REFUSALS[code];
    expect({ code: body.code, status, retryable: body['retryable'], detail: body['detail'] }).toEqual({ code, status: known, retryable, detail: sentence });
  });
});

// Bodies that Stripe published, where a copy is at hand (MEREAU_SAMPLE_DATA), signed and sent to both endpoints: each is
// kept once with what it means here, and none of them moves a cent, because none is of a payment that was asked for. What is
// in them is never part of this repository.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import Stripe from 'stripe';
import { FakeStripe } from '#libs/stripe';
import { IssuanceWorld } from '../builders/issuance-world.js';
import { SettlementWorld, shown } from '../builders/settlement-world.js';

jest.setTimeout(120_000);

const FOLDER = resolve(process.env['MEREAU_SAMPLE_DATA'] ?? '../shared/data', 'stripe');
const files = existsSync(FOLDER) ? readdirSync(FOLDER).filter((file) => file.endsWith('.json')).sort() : [];
const SECRET = 'whsec_spec';

/** What issuance finds behind each kind of event; settlement reads its balance for all of them. */
const FOUND: readonly (readonly [beginning: string, outcome: string])[] = [
  ['checkout.session.', 'unknown_session'], ['payment_intent.', 'no_session'], ['charge.', 'no_session'], ['', 'no_session'],
];
const foundBy = (type: string) => FOUND.find(([beginning]) => type.startsWith(beginning))![1];

if (files.length === 0) {
  describe('published events of Stripe', () => {
    it.skip('are taken (skipped: no folder of real data here)', () => undefined);
  });
} else {
  describe('published events of Stripe', () => {
    let fake: FakeStripe;
    let issuance: IssuanceWorld;
    let settlement: SettlementWorld;
    beforeAll(async () => {
      fake = await FakeStripe.start();
      const cardProcessor = { secretKey: 'sk_test_spec', apiBase: fake.baseUrl, webhookSecrets: [SECRET] };
      issuance = await IssuanceWorld.create({ cardProcessor });
      settlement = await SettlementWorld.create({ cardProcessor });
      await settlement.done('stripe-accounts', { bankAccountId: shown('bankAccount', settlement.bankAccountId) });
    });
    afterAll(async () => {
      await Promise.all([issuance.close(), settlement.close()]);
      await fake.stop();
    });

    const send = async (world: IssuanceWorld | SettlementWorld, service: string, payload: string) => {
      const headers = { 'content-type': 'application/json', 'stripe-signature': Stripe.webhooks.generateTestHeaderString({ payload, secret: SECRET }) };
      return (await world.app.inject({ method: 'POST', url: `/${service}/stripe-webhooks`, payload, headers })).statusCode;
    };
    const transfers = async () => [
      ...await issuance.rows('select count(*)::int as count from issuance.transfer'),
      ...await settlement.rows('select count(*)::int as count from settlement.transfer'),
    ];

    it.each(files)('%s is kept once, and moves nothing', async (file) => {
      const before = await transfers();
      const sample = JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as { type: string };
      // The published samples share one id.
      const id = `evt_${file}`;
      const payload = JSON.stringify({ ...sample, id }, null, 2);
      for (const _ of [1, 2]) {
        expect([await send(issuance, 'issuance', payload), await send(settlement, 'settlement', payload)]).toEqual([200, 200]);
        await issuance.booker.bookWaiting((_, error) => { throw error; }, () => undefined);
        await settlement.reader.readWaiting();
      }
      expect(await issuance.rows('select type, outcome from issuance.stripe_event where id = $1', [id])).toEqual([{ type: sample.type, outcome: foundBy(sample.type) }]);
      expect(await settlement.rows('select type, outcome from settlement.stripe_event where id = $1', [id])).toEqual([{ type: sample.type, outcome: 'balance_read' }]);
      expect(await transfers()).toEqual(before);
    });

    it.each(files)('%s without its object is a clear problem, and leaves nothing', async (file) => {
      const sample = JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as object;
      const id = `evt_bare_${file}`;
      expect(await send(issuance, 'issuance', JSON.stringify({ ...sample, id, data: {} }))).toBe(422);
      expect(await issuance.rows('select 1 from issuance.stripe_event where id = $1', [id])).toEqual([]);
    });
  });
}

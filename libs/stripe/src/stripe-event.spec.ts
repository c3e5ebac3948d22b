// Bodies that Stripe published, read by the schema that reads the fake's: what we need is in both.
import { describe, expect, it } from '@jest/globals';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseStripeEvent } from './index.js';

const folder = resolve(process.env.MEREAU_SAMPLE_DATA ?? '../shared/data', 'stripe');
const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')).sort() : [];
const KINDS: readonly (readonly [start: string, kind: string])[] = [
  ['checkout.session.', 'checkout_session'], ['payment_intent.', 'payment_intent'], ['charge.dispute.', 'dispute'], ['charge.', 'charge'],
  ['payout.', 'payout'],
];
const read = (file: string) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as { type: string; data: { object: Record<string, unknown> } };

describe('a body of Stripe', () => {
  if (files.length === 0) it.skip(`is read as what it is (skipped: no sample data in ${folder})`, () => undefined);
  else {
    it.each(files)('%s is read as what it is', (file) => {
      const sample = read(file);
      const kind = KINDS.find(([start]) => sample.type.startsWith(start))?.[1] ?? 'other';
      expect(parseStripeEvent(sample)).toMatchObject({ kind, type: sample.type, object: { object: sample.data.object.object } });
    });

    it.each(files.filter((file) => KINDS.some(([start]) => file.startsWith(start))))('%s is refused when its amount or currency is not there', (file) => {
      for (const field of ['currency', file.startsWith('checkout') ? 'amount_total' : 'amount']) {
        const sample = read(file);
        delete sample.data.object[field];
        expect(parseStripeEvent(sample)).toBeUndefined();
      }
    });
  }

  it('of a kind that nobody knows yet is an event all the same', () => {
    const unknown = { id: 'evt_1', object: 'event', type: 'moon.eclipsed', created: 0, livemode: true, account: 'acct_1', data: { object: { object: 'moon' } } };
    expect(parseStripeEvent(unknown)).toMatchObject({ kind: 'other', createdAt: new Date(0), livemode: true, account: 'acct_1' });
  });

  it.each([[undefined], [null], [[]], ['evt_1'], [{}]])('is not %p', (json) => expect(parseStripeEvent(json)).toBeUndefined());
});

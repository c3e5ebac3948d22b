// Goal: whatever the catalogue says a till can be told, a till can really be told, over HTTP, with the catalogue's status
// and sentence. A code that is added without a case here does not compile.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { uuidv7 } from 'uuidv7';
import { RedemptionScheme } from '../../../../test/builders/redemption-scheme.js';
import { NOON } from '../../../../test/builders/redemption-world.js';
import type { Answer } from '../../../../test/builders/redemption-app.js';
import { REFUSALS, TILL_REFUSALS } from '../refusals.js';

jest.setTimeout(60_000);

type TillCode = (typeof TILL_REFUSALS)[number];
type Case = Readonly<Record<string, () => Promise<Answer>>>;

let scheme: RedemptionScheme;
let elsewhere: string;
beforeAll(async () => {
  scheme = await RedemptionScheme.create();
  elsewhere = await scheme.programme();
});
afterAll(() => scheme.close());

const code = async (options: Parameters<RedemptionScheme['batch']>[1] = {}, programmeId = scheme.programmeId) =>
  (await scheme.batch(1, options, programmeId)).codes[0]!;
const measured = async (what: 'suspensions' | 'withdrawals') => {
  const till = await scheme.openTill();
  await scheme.measure(till, what);
  return till;
};
const on = async (moment: string, act: () => Promise<Answer>) => {
  scheme.app.clock.set(moment);
  return act().finally(() => scheme.app.clock.set(NOON));
};

/** A till asks in every way that there is, only redeems at last, and is told the same each time; a check needs no amount. */
const told: RedemptionScheme['redeem'] = async (text, over = {}, asked = {}) => {
  const check = await scheme.check(text, over, asked);
  const hold = await scheme.authorise(text, over, asked);
  const answer = await scheme.redeem(text, over, asked);
  const partOf = ({ status, body: { instance: _, ...body } }: Answer) => ({ status, body });
  if (answer.body.code !== 'amount_missing') expect(partOf(check)).toEqual(partOf(answer));
  expect(partOf(hold)).toEqual(partOf(answer));
  return answer;
};

/** Each way in which a till gets there; the first is the shortest. */
const REACHED: Readonly<Record<TillCode, Case>> = {
  place_not_registered: {
    'the place behind the token is not registered': async () =>
      told(await code(), {}, { at: { placeId: '', siteId: '', token: await scheme.app.tillToken(randomUUID()) } }),
    'the place was never accredited': async () => told(await code(), {}, { at: await scheme.openTill([]) }),
  },
  voucher_not_found: {
    'nobody minted the code': async () => told(scheme.app.mint(uuidv7(), [1]).codes[0]!),
    'the voucher is not activated': async () => told(await code({ active: false })),
    'the place is accredited for no programme any more': async () => told(await code(), {}, { at: await scheme.formerTill() }),
  },
  place_not_accredited: {
    'the voucher is of another programme': async () => told(await code({}, elsewhere)),
    'the service was before the accreditation': async () => told(await code(), { serviceDate: '2025-12-31' }, {
      at: await scheme.openTill([scheme.programmeId]),
    }),
  },
  place_withdrawn: {
    'its accreditation was withdrawn': async () => scheme.redeem(await code(), {}, { at: await measured('withdrawals') }),
  },
  place_suspended: {
    'it is suspended': async () => scheme.redeem(await code(), {}, { at: await measured('suspensions') }),
  },
  place_left: {
    'it left by itself from that day on': async () => {
      const at = await scheme.openTill();
      expect((await scheme.leave(at, '2026-03-10')).status).toBe(201);
      return scheme.redeem(await code(), {}, { at });
    },
  },
  place_claim_too_late: {
    'it was suspended 31 days ago': async () => {
      const [kept, at] = [await code(), await measured('suspensions')];
      return on('2026-04-10T10:00:00Z', async () => scheme.redeem(kept, { serviceDate: '2026-03-09' }, {
        at: { ...at, token: await scheme.app.tillToken(at.placeId) },
      }));
    },
  },
  programme_not_open: {
    'the programme has no fee rule': async () => {
      const programmeId = await scheme.programme(false);
      return told(await code({}, programmeId), {}, { at: await scheme.openTill([programmeId]) });
    },
  },
  voucher_stopped: {
    'the voucher was stopped': async () => {
      const { batchId, codes } = await scheme.batch(1);
      await scheme.stop(batchId, { first: 0, last: 0 });
      return told(codes[0]!);
    },
  },
  voucher_used: {
    'the voucher was used': async () => {
      const used = await code();
      await scheme.redeem(used);
      return told(used);
    },
  },
  voucher_frozen: {
    'a payment of its order is disputed': async () => {
      const orderId = uuidv7();
      const frozen = await code({ orderId });
      await scheme.dispute(orderId);
      return told(frozen);
    },
  },
  service_after_expiry: {
    'the service was the day after the last of use': async () => told(await code({ usableUntil: '2026-03-09' })),
  },
  service_in_future: { 'the service is tomorrow': async () => told(await code(), { serviceDate: '2026-03-11' }) },
  claim_too_late: {
    'the last claim day was yesterday': async () =>
      told(await code({ usableUntil: '2026-03-09', claimableUntil: '2026-03-09' }), { serviceDate: '2026-03-09' }),
    'it is next year': async () => {
      const kept = await code();
      return on('2027-02-01T09:00:00Z', async () => told(kept, {}, { at: { ...scheme.till, token: await scheme.app.tillToken(scheme.till.placeId) } }));
    },
  },
  service_missing: {
    'the voucher is for some services and none is declared': async () => told(await code({ services: ['employment'] })),
  },
  service_not_covered: {
    'the voucher is for other services': async () => told(await code({ services: ['employment'] }), { service: 'safe_use' }),
  },
  service_not_accredited: {
    'the place is accredited for other services': async () => {
      const till = await scheme.openTill([]);
      await scheme.app.call(`places/${till.placeId}/accreditations`, {
        token: scheme.operator, body: { programmeId: `prg_${scheme.programmeId}`, from: '2026-01-01', to: '2026-12-31', services: ['employment'] },
      });
      return told(await code(), { service: 'safe_use' }, { at: till });
    },
  },
  amount_missing: { 'a balance voucher without an amount': async () => told(await code({ kind: 'balance' })) },
  amount_not_face: { 'a unit voucher with a part of its face': async () => told(await code(), { amountCents: 999 }) },
  amount_over_limit: {
    'a balance voucher with a cent more than allowed at once': async () =>
      told(await code({ kind: 'balance', redemptionCentsMax: 400 }), { amountCents: 401 }),
  },
  price_over_bound: {
    'a voucher and a co-payment above what the programme lets it cost': async () => {
      const kept = await code({ kind: 'balance', servicePrices: [{ service: 'employment', priceCentsMax: 600 }] });
      return scheme.redeem(kept, { amountCents: 500, coPaymentCents: 101, service: 'employment' });
    },
  },
  tariff_under_bound: {
    'a place that asks less than the programme is meant for': async () => {
      const at = await scheme.openTill();
      await scheme.tariff({ service: 'employment', priceCents: 599 }, at);
      const kept = await code({ kind: 'balance', servicePrices: [{ service: 'employment', priceCentsMin: 600 }] });
      return scheme.redeem(kept, { amountCents: 1, service: 'employment' }, { at });
    },
  },
  price_over_tariff: {
    'a cent more than the place asks': async () => {
      const at = await scheme.openTill();
      await scheme.tariff({ service: 'employment', priceCents: 600 }, at);
      return scheme.redeem(await code({ kind: 'balance' }), { amountCents: 601, service: 'employment' }, { at });
    },
  },
  voucher_balance_too_low: {
    'a balance voucher with a cent too much': async () => told(await code({ kind: 'balance' }), { amountCents: 1_001 }),
  },
  voucher_held: {
    'another place holds it': async () => {
      const held = await code();
      await scheme.authorise(held, {}, { at: await scheme.openTill() });
      return told(held);
    },
    'it holds it itself, and does not confirm': async () => {
      const held = await code({ kind: 'balance' });
      await scheme.authorise(held, { amountCents: 400 });
      return told(held, { amountCents: 601 });
    },
  },
};
const cases = Object.entries(REACHED).flatMap(([name, ways]) =>
  Object.entries(ways).map(([way, act]) => ({ name: name as TillCode, way, act })));

describe('a till is told', () => {
  it.each(cases)('$name: $way', async ({ name, act }) => {
    const { status, body } = await act();
    const { status: known, retryable, sentence } = REFUSALS[name];
    expect({ code: body.code, status, retryable: body['retryable'], detail: body['detail'] }).toEqual({ code: name, status: known, retryable, detail: sentence });
  });

  it('each of them in a session too, line by line, in the order given', async () => {
    const used = await code();
    await scheme.redeem(used);
    const { batchId, codes: [stopped] } = await scheme.batch(1);
    await scheme.stop(batchId, { first: 0, last: 0 });
    const held = await code();
    await scheme.authorise(held, {}, { at: await scheme.openTill() });
    const lines = [
      { code: await code() }, { code: scheme.app.mint(uuidv7(), [1]).codes[0]! }, { code: await code({}, elsewhere) }, { code: stopped! },
      { code: used }, { code: await code({ usableUntil: '2026-03-09' }) }, { code: await code({ kind: 'balance' }) },
      { code: await code(), amountCents: 1 }, { code: await code({ kind: 'balance' }), amountCents: 1_001 },
      { code: await code({ kind: 'balance' }), amountCents: 600 }, { code: held },
    ];
    const { status, body } = await scheme.session(lines);
    expect(status).toBe(200);
    expect((body['lines'] as { outcome: string; code?: string }[]).map((line) => line.code ?? line.outcome)).toEqual([
      'redeemed', 'voucher_not_found', 'place_not_accredited', 'voucher_stopped', 'voucher_used', 'service_after_expiry', 'amount_missing',
      'amount_not_face', 'voucher_balance_too_low', 'redeemed', 'voucher_held',
    ]);
    expect(body).toMatchObject({ redeemedCount: 2, refusedCount: 9, amountCents: 1_600 });
  });

  it.each([
    ['a character short', (text: string) => text.slice(1), 'a code has 18 characters'],
    ['with a typing error', (text: string) => (text.startsWith('2') ? '3' : '2') + text.slice(1), 'the check characters do not fit: a character is wrong'],
    ['with a character that no code has', (text: string) => `!${text.slice(1)}`, 'a character that no code has'],
  ])('apart from refusals, that a code %s cannot be one', async (_, spoil, message) => {
    const { status, body } = await scheme.redeem(spoil(await code()));
    expect([status, body.code, body.errors]).toEqual([400, 'request_malformed', [{ path: 'code', message }]]);
  });

  it('that its key came before with other content', async () => {
    const key = uuidv7();
    await scheme.redeem(await code(), {}, { key });
    const { status, body } = await scheme.redeem(await code(), {}, { key });
    expect([status, body.code]).toEqual([422, 'idempotency_key_reused']);
  });
});

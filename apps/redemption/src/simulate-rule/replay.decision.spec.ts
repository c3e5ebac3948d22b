import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SERVICE_CODES, type ServiceCode } from '#libs/contracts';
import { addDays, cents, idOf, isRejected, localDate, ZERO, type Cents, type Territory } from '#libs/kernel';
import { seedOfRun } from '#libs/testing';
import { decideRedemption, type Batch, type Declared } from '../redeem-voucher/redeem-voucher.decision.js';
import { decideAgain, Replay, type CandidateRule, type PastRedemption } from './replay.decision.js';

const uuid = (last: string) => `01900000-0000-7000-8000-${last.padStart(12, '0')}`;
const TODAY = localDate('2026-03-10');
const DROME: Territory = [{ kind: 'departement', code: '26' }];
const AS_SOLD: CandidateRule = { services: [], territory: [] };
const batch: Batch = {
  id: idOf('batch', uuid('8')), programmeId: idOf('programme', uuid('1')), unit: true, face: cents(1_000),
  usableUntil: localDate('2026-12-31'), claimableUntil: localDate('2027-01-31'), services: [],
  custodyAccountId: uuid('aa'), expiring: false, frozen: false,
};
type Over = Readonly<{
  batch?: Partial<Batch>; amount?: number; left?: number; service?: ServiceCode; commune?: string | null; place?: string;
  serviceDate?: string;
}>;
const past = (over: Over = {}): PastRedemption => {
  const { batch: about = {}, amount = 1_000, left = 0, service, commune = '26001', place = '2', serviceDate = TODAY } = over;
  return {
    redemption: {
      id: idOf('redemption', uuid('a')), voucherId: idOf('voucher', uuid('b')), batchId: batch.id, programmeId: batch.programmeId,
      placeId: idOf('place', uuid(place)), siteId: idOf('site', uuid('3')), amount: cents(amount), coPayment: ZERO, balanceAfter: cents(left),
      serviceDate: localDate(serviceDate), declared: service ? { service } : {}, redeemedAt: new Date('2026-03-10T12:00:00Z'),
    },
    batch: { ...batch, ...about }, accreditation: { version: 1, from: localDate('2026-01-01'), to: localDate('2026-12-31') },
    siteToday: TODAY, feeRuleVersion: 1, commune,
  };
};
const part = { unit: false };

describe('a redemption decided again', () => {
  it.each<[string, PastRedemption, CandidateRule, string | undefined]>([
    ['stands under rules that say nothing new', past(), AS_SOLD, undefined],
    ['stands when its voucher holds what it held then, not what it holds now', past({ batch: part, amount: 400, left: 0 }), AS_SOLD, undefined],
    ['stands when the rules are for its service', past({ service: 'employment' }), { ...AS_SOLD, services: ['employment'] }, undefined],
    ['falls when they are for others', past({ service: 'safe_use' }), { ...AS_SOLD, services: ['employment'] }, 'service_not_covered'],
    ['falls when they want to know which it was', past(), { ...AS_SOLD, services: ['employment'] }, 'service_missing'],
    ['stands when they are for all again', past({ batch: { services: ['employment'] } }), AS_SOLD, undefined],
    ['falls above what they allow at once', past({ batch: part, amount: 401 }), { ...AS_SOLD, redemptionMax: cents(400) }, 'amount_over_limit'],
    ['stands when they allow more than its voucher did', past({ batch: { ...part, redemptionMax: cents(100) }, amount: 401 }), AS_SOLD, undefined],
    ['falls when vouchers had ended before the service', past(), { ...AS_SOLD, usableUntil: localDate('2026-03-09') }, 'service_after_expiry'],
    ['falls when it was claimed too late', past({ serviceDate: '2026-03-01' }),
      { ...AS_SOLD, usableUntil: localDate('2026-03-01'), claimableUntil: localDate('2026-03-09') }, 'claim_too_late'],
    ['stands within the territory', past(), { ...AS_SOLD, territory: DROME }, undefined],
    ['falls outside of it, where nobody would be accredited', past({ commune: '07001' }), { ...AS_SOLD, territory: DROME }, 'place_not_accredited'],
    ['falls where nobody knows where it was', past({ commune: null }), { ...AS_SOLD, territory: DROME }, 'place_not_accredited'],
    ['stands there when the rules are for everywhere', past({ commune: null }), AS_SOLD, undefined],
  ])('%s', (_, redemption, rule, code) => {
    expect(decideAgain(redemption, rule)).toBe(code);
  });
});

describe('a replay', () => {
  it('adds up what would have been taken, and the rest by refusal and service, with its places', () => {
    const replay = new Replay({ services: ['employment'], territory: DROME });
    const all = [
      past({ service: 'employment' }), past({ service: 'safe_use', amount: 300, batch: part }), past({ service: 'safe_use', amount: 400, batch: part }),
      past({ service: 'safe_use', place: '4', amount: 100, batch: part }), past(), past({ service: 'employment', commune: null, place: '5' }),
    ];
    for (const one of all) replay.take(one);
    expect(replay.report()).toEqual({
      decided: { count: 6, amount: 3_800n }, taken: { count: 1, amount: 1_000n },
      refused: [
        { code: 'service_missing', service: null, count: 1, amount: 1_000n, placeCount: 1 },
        { code: 'place_not_accredited', service: 'employment', count: 1, amount: 1_000n, placeCount: 1 },
        { code: 'service_not_covered', service: 'safe_use', count: 3, amount: 800n, placeCount: 2 },
      ],
      unplacedCount: 1,
    });
  });
});

const SEED = Number.parseInt(Buffer.from(seedOfRun()).toString('hex').slice(-7), 16);
const amountUpTo = (most: bigint, least = 1n) => fc.bigInt(least, most).map((amount) => amount as Cents);
const aDay = fc.integer({ min: -30, max: 30 }).map((days) => addDays(TODAY, days));
const aRule = fc.record({
  unit: fc.boolean(), services: fc.subarray([...SERVICE_CODES]), redemptionMax: fc.option(amountUpTo(1_500n, 500n), { nil: undefined }),
  usableUntil: aDay, claimAfter: fc.nat(30), inTerritory: fc.boolean(),
});
type Rule = typeof aRule extends fc.Arbitrary<infer Value> ? Value : never;
const anAttempt = fc.record({
  service: fc.option(fc.constantFrom(...SERVICE_CODES), { nil: undefined }), amount: amountUpTo(1_500n), serviceDate: aDay,
  balance: amountUpTo(1_000n),
});
type Tried = typeof anAttempt extends fc.Arbitrary<infer Value> ? Value : never;

const soldUnder = ({ unit, services, usableUntil, claimAfter, redemptionMax }: Rule): Batch => ({
  ...batch, unit, services, usableUntil, claimableUntil: addDays(usableUntil, claimAfter),
  ...(redemptionMax !== undefined && { redemptionMax }),
});

/** What a till would have made of it under the rules that its voucher was sold under; undefined when it was refused. */
function redeemedUnder(sold: Batch, { service, amount, serviceDate, balance }: Tried): PastRedemption | undefined {
  const like = past();
  const { redemption: { id, voucherId, siteId, redeemedAt } } = like;
  const declared: Declared = service ? { service } : {};
  const outcome = decideRedemption(
    { id: voucherId, batch: sold, spendable: true, stopped: false, expired: ZERO, balance: sold.unit ? sold.face : balance },
    { ...like.redemption, redemptionId: id, amount: sold.unit ? sold.face : amount, serviceDate, declared, at: redeemedAt },
    { site: { id: siteId, today: TODAY }, accreditation: like.accreditation, accreditedForAny: true, feeRuleVersion: 1 },
  );
  return isRejected(outcome) ? undefined : { ...like, redemption: outcome.redemption, batch: sold };
}

describe('rules that are in force', () => {
  it('would have refused nothing of what was redeemed under them, whatever they say', () => {
    let taken = 0;
    fc.assert(fc.property(aRule, fc.array(anAttempt, { maxLength: 30 }), (rule, attempts) => {
      const sold = soldUnder(rule);
      const replay = new Replay({
        services: sold.services, usableUntil: sold.usableUntil, claimableUntil: sold.claimableUntil,
        territory: rule.inTerritory ? DROME : [],
        ...(sold.redemptionMax !== undefined && { redemptionMax: sold.redemptionMax }),
      });
      for (const attempt of attempts) {
        const redeemed = redeemedUnder(sold, attempt);
        if (redeemed) replay.take(redeemed);
      }
      taken += replay.count;
      const report = replay.report();
      expect([report.refused, report.taken]).toEqual([[], report.decided]);
    }), { seed: SEED, numRuns: 300 });
    // Were nearly everything refused at once, this would have compared nothing.
    expect(taken).toBeGreaterThan(50);
  });
});

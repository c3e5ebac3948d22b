import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { seedOfRun } from '#libs/testing';
import { VoucherRedeemedV1 } from '#libs/contracts';
import { cents, idOf, isRejected, localDate, ZERO, type Cents } from '#libs/kernel';
import { REFUSALS, TILL_REFUSALS } from '../refusals.js';
import type { Measure } from '../measure.decision.js';
import { decideRedemption, eventOf, type Attempt, type Redeemed, type Standing, type Voucher } from './redeem-voucher.decision.js';

const uuid = (last: string) => `01900000-0000-7000-8000-${last.padStart(12, '0')}`;
const placeId = idOf('place', uuid('2'));
const siteId = idOf('site', uuid('3'));
const day = localDate;

const unit: Voucher = {
  id: idOf('voucher', uuid('b')), spendable: true, stopped: false, balance: cents(1_000), expired: ZERO,
  batch: {
    id: idOf('batch', uuid('8')), programmeId: idOf('programme', uuid('1')), unit: true, face: cents(1_000),
    usableUntil: day('2026-12-31'), claimableUntil: day('2027-01-31'), services: [], custodyAccountId: uuid('aa'), expiring: false, frozen: false,
  },
};
const balance: Voucher = { ...unit, batch: { ...unit.batch, unit: false } };
const restricted: Voucher = { ...unit, batch: { ...unit.batch, services: ['employment', 'safe_use'] } };
const limited: Voucher = { ...balance, batch: { ...balance.batch, redemptionMax: cents(400) } };
const priced: Voucher = { ...balance, batch: { ...balance.batch, priceBounds: [{ service: 'employment', min: cents(500), max: cents(700) }] } };
const attempt: Attempt = {
  redemptionId: idOf('redemption', uuid('a')), placeId, serviceDate: day('2026-03-10'), coPayment: ZERO,
  at: new Date('2026-03-10T09:30:00Z'),
};
const standing = {
  site: { id: siteId, today: day('2026-03-10') }, accreditedForAny: true, feeRuleVersion: 4,
  accreditation: { version: 2, from: day('2026-01-01'), to: day('2026-12-31') },
} satisfies Standing;
const asking = (price: number): Standing => ({ ...standing, tariff: { version: 3, price: cents(price) } });
const work = { declared: { service: 'employment' } } as const;
const on = (today: string): Standing => ({ ...standing, site: { id: siteId, today: day(today) } });
const without = (...names: (keyof Standing)[]): Standing =>
  Object.fromEntries(Object.entries(standing).filter(([name]) => !names.includes(name as keyof Standing))) as unknown as Standing;

const accreditedFor: Standing = { ...standing, accreditation: { ...standing.accreditation, services: ['safe_use', 'digital_world'] } };
const measureId = idOf('measure', uuid('51'));
const measured = (over: Partial<Measure>): Standing =>
  ({ ...standing, measures: [{ id: measureId, kind: 'suspension', from: day('2026-03-10'), ...over }] });

const used = { ...unit, balance: ZERO, lastUse: { placeId, siteId, redeemedAt: new Date('2026-03-01T10:00:00Z') } };
const usedElsewhere = { ...used, lastUse: { ...used.lastUse, placeId: idOf('place', uuid('99')) } };
const lastSiteShown = `sit_${siteId}`;

const hold = { id: idOf('redemption', uuid('cc')), amount: cents(400), until: new Date('2026-03-10T10:00:00Z') };
const held: Voucher = { ...balance, hold };
const heldShown = { heldUntil: '2026-03-10T10:00:00.000Z' };

type Case = [sentence: string, voucher: Voucher | undefined, attempt: Attempt, standing: Standing, code: string, details: object];
const cases: Case[] = [
  ['an unregistered place, whatever it asks', unit, attempt, without('site'), 'place_not_registered', {}],
  ['an unknown code', undefined, attempt, standing, 'voucher_not_found', {}],
  ['a voucher that is not activated', { ...unit, spendable: false }, attempt, standing, 'voucher_not_found', {}],
  ['a voucher of a programme to a place that is accredited for none', unit, attempt,
    { ...without('accreditation'), accreditedForAny: false }, 'voucher_not_found', {}],
  ['a used voucher to a place that is accredited for none', used, attempt,
    { ...without('accreditation'), accreditedForAny: false }, 'voucher_not_found', {}],
  ['another programme\'s voucher to an accredited place', unit, attempt, without('accreditation'), 'place_not_accredited', {}],
  ['a service before the accreditation began', unit, { ...attempt, serviceDate: day('2025-12-31') }, standing,
    'place_not_accredited', { from: '2026-01-01', to: '2026-12-31' }],
  ['a service after the accreditation ended', unit, { ...attempt, serviceDate: day('2027-01-01') }, on('2027-01-02'),
    'place_not_accredited', { from: '2026-01-01', to: '2026-12-31' }],
  ['a service after a withdrawal', unit, attempt, measured({ kind: 'withdrawal' }), 'place_withdrawn', { from: '2026-03-10' }],
  ['a service of the first day of a suspension', unit, attempt, measured({}), 'place_suspended', { from: '2026-03-10' }],
  ['a service within a suspension that is over', unit, { ...attempt, serviceDate: day('2026-03-12') },
    { ...measured({ until: day('2026-03-20') }), site: { id: siteId, today: day('2026-04-20') } }, 'place_suspended', { from: '2026-03-10', until: '2026-03-20' }],
  ['a service of the first day of a departure', unit, attempt, { ...standing, departures: [{ from: day('2026-03-10') }] }, 'place_left', { from: '2026-03-10' }],
  ['a service of before a suspension that is claimed 31 days later', unit, { ...attempt, serviceDate: day('2026-03-09') },
    { ...measured({}), site: { id: siteId, today: day('2026-04-10') } }, 'place_claim_too_late', { lastDay: '2026-04-09' }],
  ['a suspended place that is not accredited for the day anyway', unit, { ...attempt, serviceDate: day('2025-12-31') }, measured({ from: day('2025-01-01') }),
    'place_not_accredited', { from: '2026-01-01', to: '2026-12-31' }],
  ['a service of a place that is suspended and leaves', unit, attempt, { ...measured({}), departures: [{ from: day('2026-03-10') }] },
    'place_suspended', { from: '2026-03-10' }],
  ['a stopped voucher to a place that left', { ...unit, stopped: true }, attempt, { ...standing, departures: [{ from: day('2026-03-01') }] },
    'place_left', { from: '2026-03-01' }],
  ['a stopped voucher to a suspended place', { ...unit, stopped: true }, attempt, measured({}), 'place_suspended', { from: '2026-03-10' }],
  ['a programme without a fee rule', unit, attempt, without('feeRuleVersion'), 'programme_not_open', {}],
  ['a stopped voucher to a place that is accredited for none', { ...unit, stopped: true }, attempt,
    { ...without('accreditation'), accreditedForAny: false }, 'voucher_not_found', {}],
  ['a stopped voucher', { ...unit, stopped: true }, attempt, standing, 'voucher_stopped', {}],
  ['a stopped voucher, used before', { ...used, stopped: true }, attempt, standing, 'voucher_stopped', {}],
  ['a used voucher, with when and where to the place that used it', used, attempt, standing, 'voucher_used',
    { usedAt: '2026-03-01T10:00:00.000Z', siteId: lastSiteShown }],
  ['a used voucher, without when and where to another place', usedElsewhere, attempt, standing, 'voucher_used', {}],
  ['a frozen voucher', { ...unit, batch: { ...unit.batch, frozen: true } }, attempt, standing, 'voucher_frozen', {}],
  ['a frozen voucher that is stopped too', { ...unit, stopped: true, batch: { ...unit.batch, frozen: true } }, attempt, standing, 'voucher_stopped', {}],
  ['a frozen voucher that was used before, as what it is', { ...usedElsewhere, batch: { ...unit.batch, frozen: true } }, attempt, standing, 'voucher_used', {}],
  ['a frozen voucher after its end', { ...unit, batch: { ...unit.batch, frozen: true } }, attempt, on('2027-02-01'), 'voucher_frozen', {}],
  ['a service on the day after the last one of use', { ...unit, batch: { ...unit.batch, usableUntil: day('2026-03-09') } }, attempt,
    standing, 'service_after_expiry', { usableUntil: '2026-03-09' }],
  ['a service of tomorrow', unit, { ...attempt, serviceDate: day('2026-03-11') }, standing, 'service_in_future', { today: '2026-03-10' }],
  ['a claim on the day after the last one for claims', unit, attempt, on('2027-02-01'), 'claim_too_late', { claimableUntil: '2027-01-31' }],
  ['an expired unit voucher, which nobody has used', { ...unit, balance: ZERO, expired: cents(1_000) }, attempt, on('2027-02-01'),
    'claim_too_late', { claimableUntil: '2027-01-31' }],
  ['an expired balance voucher, by its date and not by its balance', { ...balance, balance: ZERO, expired: cents(400) },
    { ...attempt, amount: cents(100) }, on('2027-02-01'), 'claim_too_late', { claimableUntil: '2027-01-31' }],
  ['a claim by a clock that is behind, once an expiry run has begun', { ...unit, batch: { ...unit.batch, expiring: true } }, attempt, standing,
    'claim_too_late', { claimableUntil: '2027-01-31' }],
  ['a voucher for some services when none is declared', restricted, attempt, standing, 'service_missing', { services: 'employment safe_use' }],
  ['one with prices of its programme, when none is', priced, attempt, standing, 'service_missing', { services: 'employment' }],
  ['it when another one is', restricted, { ...attempt, declared: { service: 'leisure_and_creation' } }, standing, 'service_not_covered',
    { services: 'employment safe_use' }],
  ['a service that the place is not accredited for', unit, { ...attempt, declared: { service: 'employment' } }, accreditedFor,
    'service_not_accredited', { services: 'safe_use digital_world' }],
  ['an undeclared service of a place that is accredited for some', unit, attempt, accreditedFor, 'service_missing', { services: 'safe_use digital_world' }],
  ['a service that neither voucher nor place is for, by the voucher', restricted, { ...attempt, declared: { service: 'everyday_tools' } }, accreditedFor,
    'service_not_covered', { services: 'employment safe_use' }],
  ['no amount for a balance', balance, attempt, standing, 'amount_missing', { availableCents: 1_000 }],
  ['a part of a unit voucher', unit, { ...attempt, amount: cents(500) }, standing, 'amount_not_face', { faceCents: 1_000 }],
  ['more than the face of a unit voucher', unit, { ...attempt, amount: cents(1_001) }, standing, 'amount_not_face', { faceCents: 1_000 }],
  ['a cent more than the rules allow at once', limited, { ...attempt, amount: cents(401) }, standing, 'amount_over_limit',
    { redemptionCentsMax: 400 }],
  ['it even when there is less, so that nobody tries a cent less', { ...limited, balance: cents(1) }, { ...attempt, amount: cents(401) }, standing,
    'amount_over_limit', { redemptionCentsMax: 400 }],
  ['more than the programme lets a service cost', priced, { ...attempt, ...work, amount: cents(600), coPayment: cents(101) }, asking(2_000),
    'price_over_bound', { priceCentsMax: 700 }],
  ['a service that costs less than the programme is meant for', priced, { ...attempt, ...work, amount: cents(1) }, asking(499),
    'tariff_under_bound', { priceCentsMin: 500, tariffCents: 499 }],
  ['a cent more than the place asks', balance, { ...attempt, ...work, amount: cents(601) }, asking(600), 'price_over_tariff', { tariffCents: 600 }],
  ['a unit voucher for a service that costs less, since it is used whole', unit, { ...attempt, ...work }, asking(999), 'price_over_tariff',
    { tariffCents: 999 }],
  ['a cent more than the balance', balance, { ...attempt, amount: cents(1_001) }, standing, 'voucher_balance_too_low', { availableCents: 1_000 }],
  ['anything from an empty balance', { ...balance, balance: ZERO }, { ...attempt, amount: cents(1) }, standing,
    'voucher_balance_too_low', { availableCents: 0 }],
  ['a cent more than nobody holds', held, { ...attempt, amount: cents(601) }, standing, 'voucher_held', { ...heldShown, availableCents: 600 }],
  ['a unit voucher that is held, which is held whole', { ...unit, hold: { ...hold, amount: cents(1_000) } }, attempt, standing,
    'voucher_held', { ...heldShown, availableCents: 0 }],
  ['more than there is as that, held or not', held, { ...attempt, amount: cents(1_001) }, standing, 'voucher_balance_too_low', { availableCents: 600 }],
];
const refused = cases.map(([sentence, voucher, tried, known, code, details]) => ({ sentence, voucher, tried, known, code, details }));

describe('a redemption', () => {
  it.each(refused)('refuses $sentence', ({ voucher, tried, known, code, details }) => {
    expect(decideRedemption(voucher, tried, known)).toEqual({ kind: 'rejected', code, details });
    expect(Object.keys(REFUSALS)).toContain(code);
  });

  it('has a case above for each refusal that a till can meet', () => {
    expect([...new Set(refused.map(({ code }) => code))]).toEqual(TILL_REFUSALS);
  });

  it('names the first of several reasons, in the order of the catalogue', () => {
    let [voucher, tried, known]: [Voucher, Attempt, Standing] = [unit, attempt, standing];
    const faults: [string, () => void][] = [
      ['amount_not_face', () => { tried = { ...tried, amount: cents(1) }; }],
      ['service_missing', () => { voucher = { ...voucher, batch: { ...voucher.batch, services: ['employment'] } }; }],
      ['claim_too_late', () => { voucher = { ...voucher, batch: { ...voucher.batch, claimableUntil: day('2026-03-09') } }; }],
      ['service_in_future', () => { tried = { ...tried, serviceDate: day('2026-03-11') }; }],
      ['service_after_expiry', () => { voucher = { ...voucher, batch: { ...voucher.batch, usableUntil: day('2026-03-09') } }; }],
      ['voucher_used', () => { voucher = { ...voucher, balance: ZERO }; }],
      ['programme_not_open', () => { known = Object.fromEntries(Object.entries(known).filter(([name]) => name !== 'feeRuleVersion')) as Standing; }],
      ['place_not_accredited', () => { known = Object.fromEntries(Object.entries(known).filter(([name]) => name !== 'accreditation')) as Standing; }],
      ['voucher_not_found', () => { voucher = { ...voucher, spendable: false }; }],
      ['place_not_registered', () => { known = Object.fromEntries(Object.entries(known).filter(([name]) => name !== 'site')) as Standing; }],
    ];
    for (const [code, add] of faults) {
      add();
      expect(decideRedemption(voucher, tried, known)).toMatchObject({ kind: 'rejected', code });
    }
    const order = Object.keys(REFUSALS);
    const codes = faults.map(([code]) => order.indexOf(code));
    expect(codes).toEqual([...codes].sort((a, b) => b - a));
  });

  it.each<[string, Voucher, Attempt, Standing, object | undefined]>([
    ['keeps what the place asked, though less was paid', balance, { ...attempt, ...work, amount: cents(600) }, asking(2_000),
      { version: 3, price: cents(2_000) }],
    ['keeps it where the whole of it was paid', balance, { ...attempt, ...work, amount: cents(600), coPayment: cents(400) }, asking(1_000),
      { version: 3, price: cents(1_000) }],
    ['within the bounds of its programme', priced, { ...attempt, ...work, amount: cents(700) }, asking(2_000), { version: 3, price: cents(2_000) }],
    ['has no price that nobody declared', balance, { ...attempt, ...work, amount: cents(600) }, standing, undefined],
    ['has none when no service is named', balance, { ...attempt, amount: cents(600) }, asking(599), undefined],
    ['has no bound for another service', priced, { ...attempt, declared: { service: 'safe_use' }, amount: cents(1_000) }, standing, undefined],
  ])('%s', (_, voucher, tried, known, tariff) => {
    const outcome = decideRedemption(voucher, tried, known);
    if (isRejected(outcome)) throw new Error(outcome.code);
    expect(outcome.redemption.tariff).toEqual(tariff);
    const told = VoucherRedeemedV1.schema.parse(eventOf(outcome, 0));
    expect(told.tariffCents).toBe(tariff && Number((tariff as { price: Cents }).price));
    expect(told.tariffVersion).toBe(tariff && 3);
  });

  it.each([
    ['on the last day of use, claimed on the last day for claims', '2026-12-31', '2027-01-31'],
    ['on the first day of the accreditation', '2026-01-01', '2026-01-01'],
    ['on the day of the service', '2026-03-10', '2026-03-10'],
  ])('takes a service %s', (_, serviceDate, today) => {
    expect(decideRedemption(unit, { ...attempt, serviceDate: day(serviceDate) }, on(today))).toMatchObject({ kind: 'redeemed' });
  });

  it('takes a declared service that the voucher is for, and any when it is for all', () => {
    const declared = { service: 'safe_use' } as const;
    for (const voucher of [restricted, unit]) expect(decideRedemption(voucher, { ...attempt, declared }, accreditedFor)).toMatchObject({ kind: 'redeemed' });
  });

  it('takes a service of before a suspension for 30 days, says for which it is held, and is silent before and after it', () => {
    const before = { ...attempt, serviceDate: day('2026-03-09') };
    const on = (today: string, over: Partial<Measure> = {}) =>
      decideRedemption(unit, before, { ...measured(over), site: { id: siteId, today: day(today) } });
    for (const today of ['2026-03-10', '2026-04-09']) expect(on(today)).toMatchObject({ kind: 'redeemed', heldFor: measureId });
    const held = on('2026-03-10');
    expect(VoucherRedeemedV1.schema.parse(eventOf(held as Redeemed, 7))).toMatchObject({ heldForMeasureId: measureId });
    for (const other of [on('2026-03-09'), on('2026-06-01', { until: day('2026-03-20') })]) {
      expect(other).toMatchObject({ kind: 'redeemed' });
      expect(other).not.toHaveProperty('heldFor');
    }
  });

  it('takes a service of during a suspension once that was overturned', () => {
    expect(decideRedemption(unit, attempt, measured({ until: day('2026-03-10') }))).toMatchObject({ kind: 'redeemed' });
  });

  it('takes as much at once as the rules allow', () => {
    expect(decideRedemption(limited, { ...attempt, amount: cents(400) }, standing)).toMatchObject({ kind: 'redeemed', redemption: { balanceAfter: 600n } });
  });

  it('takes the whole of a unit voucher, with its amount given or not', () => {
    const whole = decideRedemption(unit, { ...attempt, amount: cents(1_000) }, standing);
    expect(whole).toEqual(decideRedemption(unit, attempt, standing));
    expect(whole).toMatchObject({ kind: 'redeemed', redemption: { amount: 1_000n, balanceAfter: 0n } });
  });

  it('takes the last cent of a balance', () => {
    expect(decideRedemption({ ...balance, balance: cents(1) }, { ...attempt, amount: cents(1) }, standing))
      .toMatchObject({ kind: 'redeemed', redemption: { amount: 1n, balanceAfter: 0n } });
  });

  it('posts row 7 and tells a fact that its contract takes, with the versions of the rules frozen', () => {
    const outcome = decideRedemption(unit, { ...attempt, coPayment: cents(250) }, standing);
    if (isRejected(outcome)) throw new Error(outcome.code);
    expect(outcome.posting).toEqual({
      rule: '7', custodyAccountId: uuid('aa'),
      transfers: [{ debit: `outstanding:${unit.batch.id}`, credit: 'clearing:settlement', amount: 1_000n, currency: 'EUR' }],
    });
    expect(VoucherRedeemedV1.schema.parse(eventOf(outcome, 7))).toEqual({
      redemptionId: attempt.redemptionId, voucherId: unit.id, programmeId: unit.batch.programmeId, batchId: unit.batch.id,
      placeId, siteId, amountCents: 1_000, currency: 'EUR', coPaymentCents: 250, serviceDate: '2026-03-10',
      redeemedAt: '2026-03-10T09:30:00.000Z', accreditationVersion: 2, feeRuleVersion: 4, custodyAccountId: uuid('aa'), voucherIndex: 7,
    });
  });
});

const SEED = Number.parseInt(Buffer.from(seedOfRun()).toString('hex').slice(-7), 16);
const aBalance = fc.bigInt(0n, 10_000n).map((amount) => amount as Cents);
const anAmount = fc.option(fc.bigInt(1n, 12_000n).map((amount) => amount as Cents), { nil: undefined });

describe('any redemption', () => {
  it('takes no more than there is, and what it takes and what it leaves is what there was', () => {
    fc.assert(fc.property(fc.boolean(), aBalance, anAmount, (isUnit, held, amount) => {
      const voucher: Voucher = { ...unit, balance: isUnit && held > 0n ? unit.batch.face : held, batch: { ...unit.batch, unit: isUnit } };
      const outcome = decideRedemption(voucher, { ...attempt, ...(amount !== undefined && { amount }) }, standing);
      if (isRejected(outcome)) return;
      const { redemption, posting } = outcome;
      expect(redemption.amount > 0n && redemption.balanceAfter >= 0n).toBe(true);
      expect(redemption.amount + redemption.balanceAfter).toBe(voucher.balance);
      expect(posting.transfers.map((one) => one.amount)).toEqual([redemption.amount]);
    }), { seed: SEED, numRuns: 500 });
  });

  it('of a balance is refused for nothing but the amount, and then exactly when it is too large', () => {
    fc.assert(fc.property(aBalance, fc.bigInt(1n, 12_000n), (held, asked) => {
      const outcome = decideRedemption({ ...balance, balance: held }, { ...attempt, amount: asked as Cents }, standing);
      expect(isRejected(outcome) ? outcome.code : 'redeemed').toBe(asked > held ? 'voucher_balance_too_low' : 'redeemed');
    }), { seed: SEED, numRuns: 500 });
  });
});

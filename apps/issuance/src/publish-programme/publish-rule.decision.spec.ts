import { describe, expect, it } from '@jest/globals';
import { cents, localDate, type Cents, type LocalDate } from '#libs/kernel';
import { completed, type AskedRule, type Kind } from '../programme-rule.decision.js';
import { decideRule, type Asked } from './publish-rule.decision.js';

const TODAY = localDate('2026-03-02');
const text: AskedRule = {
  name: 'Numérique pour tous', face: cents(1_000), faceMin: null, faceMax: null, usableUntil: localDate('2026-12-31'),
  claimableUntil: localDate('2027-01-31'), onExpiry: 'refund', targetPublics: [], targetPublicLabel: null, territory: [], services: [],
  servicePrices: [], tariffRaiseNeedsApproval: false, offline: false,
  limits: { orderCountMin: null, orderCountMax: null, orderedMax: null, redemptionMax: null }, creditor: { name: 'Compte', iban: 'FR', bic: null },
};
type Over = Readonly<{ kind?: Kind; redemptionMax?: Cents; effectiveFrom?: LocalDate; usableUntil?: LocalDate; priceCentsMax?: number }>;
const asked = ({ kind = 'unit', effectiveFrom, redemptionMax, usableUntil = text.usableUntil, priceCentsMax }: Over = {}): Asked => ({
  kind, effectiveFrom: effectiveFrom ?? null,
  text: { ...text, usableUntil, ...(priceCentsMax !== undefined && { servicePrices: [{ service: 'employment', priceCentsMax }] }), limits: { ...text.limits, redemptionMax: redemptionMax ?? null } },
});

describe('rules', () => {
  it.each<[string, Asked, string]>([
    ['are in force from today when no day is named', asked(), '2026-03-02'],
    ['may name today', asked({ effectiveFrom: TODAY }), '2026-03-02'],
    ['may name a day to come', asked({ effectiveFrom: localDate('2026-07-01') }), '2026-07-01'],
    ['may begin on the last day of use', asked({ effectiveFrom: localDate('2026-12-31') }), '2026-12-31'],
    ['may change where to pay when their vouchers have ended', asked({ usableUntil: localDate('2026-03-01') }), '2026-03-02'],
    ['may limit a redemption of unit vouchers to their face', asked({ redemptionMax: cents(1_000) }), '2026-03-02'],
    ['may limit a redemption of balance vouchers below their face', asked({ kind: 'balance', redemptionMax: cents(1) }), '2026-03-02'],
    ['may fix a price at the face value of unit vouchers', asked({ priceCentsMax: 1_000 }), '2026-03-02'],
    ['may fix one below the face of balance vouchers', asked({ kind: 'balance', priceCentsMax: 1 }), '2026-03-02'],
  ])('%s', (_, rule, effectiveFrom) => {
    expect(decideRule(rule, TODAY)).toMatchObject({ effectiveFrom });
  });

  it.each<[string, Asked, string, object]>([
    ['of yesterday', asked({ effectiveFrom: localDate('2026-03-01') }), 'effect_in_past', { today: '2026-03-02' }],
    ['whose vouchers end before their day', asked({ effectiveFrom: localDate('2027-01-01') }), 'rules_end_before_effect',
      { usableUntil: '2026-12-31', effectiveFrom: '2027-01-01' }],
    ['by which no unit voucher could be used', asked({ redemptionMax: cents(999) }), 'limit_below_face', { faceCentsMax: 1_000 }],
    ['by which no unit voucher could pay for a service', asked({ priceCentsMax: 999 }), 'price_bound_below_face', { faceCentsMax: 1_000 }],
  ])('%s are refused', (_, rule, code, details) => {
    expect(decideRule(rule, TODAY)).toEqual({ kind: 'rejected', code, details });
  });

  it.each<[string, Kind, Partial<AskedRule>, number, number]>([
    ['of unit vouchers', 'unit', {}, 1_000, 1_000],
    ['of unit vouchers of several values', 'unit', { faceMin: cents(500), faceMax: cents(2_000) }, 500, 2_000],
    ['of balance vouchers', 'balance', {}, 1, 1_000],
    ['of balance vouchers with a least', 'balance', { faceMin: cents(300) }, 300, 1_000],
  ])('%s have bounds for the face value, said or not', (_, kind, over, faceMin, faceMax) => {
    expect(completed({ ...text, ...over }, kind)).toMatchObject({ faceMin: BigInt(faceMin), faceMax: BigInt(faceMax) });
  });
});

import { describe, expect, it } from '@jest/globals';
import { cents, localDate } from '#libs/kernel';
import { decideOrder, type OrderableRule, type Wish } from './place-order.decision.js';

const LAST_DAY = localDate('2026-12-31');
const unit: OrderableRule = { kind: 'unit', face: cents(1_000), usableUntil: LAST_DAY };
const balance: OrderableRule = { ...unit, kind: 'balance' };
const wish = (over: Partial<Wish> = {}): Wish =>
  ({ count: 10, face: null, payersKnown: true, today: LAST_DAY, totalMax: cents(1_000_000_000), ...over });

describe('an order', () => {
  it.each<[string, OrderableRule, Wish, number, number]>([
    ['costs count times the face value of the programme', unit, wish(), 1_000, 10_000],
    ['may name that face value', unit, wish({ face: cents(1_000) }), 1_000, 10_000],
    ['of balance vouchers may ask a lower one', balance, wish({ face: cents(250) }), 250, 2_500],
    ['may be as large as the largest', unit, wish({ count: 1_000_000 }), 1_000, 1_000_000_000],
  ])('%s', (_, rule, asked, face, total) => {
    expect(decideOrder(rule, asked)).toEqual({ face: cents(face), total: cents(total) });
  });

  it.each<[string, OrderableRule | undefined, Wish, string, object]>([
    ['needs payers that are registered', unit, wish({ payersKnown: false }), 'payer_not_found', {}],
    ['needs a programme', undefined, wish(), 'programme_not_found', {}],
    ['comes before the last day of use is over', unit, wish({ today: localDate('2027-01-01') }), 'programme_ended', { usableUntil: LAST_DAY }],
    ['of unit vouchers takes no other face value', unit, wish({ face: cents(999) }), 'face_not_allowed', { programmeFaceCents: 1_000 }],
    ['of balance vouchers takes no higher one', balance, wish({ face: cents(1_001) }), 'face_not_allowed', { programmeFaceCents: 1_000 }],
    ['is not larger than the largest', unit, wish({ count: 1_000_001 }), 'order_too_large', { amountCentsMax: 1_000_000_000 }],
  ])('%s', (_, rule, asked, code, details) => {
    expect(decideOrder(rule, asked)).toEqual({ kind: 'rejected', code, details });
  });
});

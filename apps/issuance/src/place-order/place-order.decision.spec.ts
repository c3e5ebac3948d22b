import { describe, expect, it } from '@jest/globals';
import { cents, localDate, ZERO } from '#libs/kernel';
import { decideOrder, type OrderableRule, type Wish } from './place-order.decision.js';

const LAST_DAY = localDate('2026-12-31');
const FREE = { orderCountMin: null, orderCountMax: null, orderedMax: null, redemptionMax: null };
const unit: OrderableRule = {
  state: 'in_force', effectiveFrom: localDate('2026-01-01'), face: cents(1_000), faceMin: cents(1_000), faceMax: cents(1_000),
  usableUntil: LAST_DAY, limits: FREE,
};
const balance: OrderableRule = { ...unit, faceMin: cents(1) };
const counted: OrderableRule = { ...unit, limits: { ...FREE, orderCountMin: 5, orderCountMax: 10 } };
const limited: OrderableRule = { ...unit, limits: { ...FREE, orderedMax: cents(50_000) } };
const UNIT_FACE = { programmeFaceCents: 1_000, faceCentsMin: 1_000, faceCentsMax: 1_000 };
const wish = (over: Partial<Wish> = {}): Wish =>
  ({ count: 10, face: null, payersKnown: true, today: LAST_DAY, totalMax: cents(1_000_000_000), ordered: ZERO, ...over });

describe('an order', () => {
  it.each<[string, OrderableRule, Wish, number, number]>([
    ['costs count times the face value of the programme', unit, wish(), 1_000, 10_000],
    ['may name that face value', unit, wish({ face: cents(1_000) }), 1_000, 10_000],
    ['of balance vouchers may ask a lower one', balance, wish({ face: cents(250) }), 250, 2_500],
    ['may ask what the rules allow', { ...unit, faceMax: cents(2_000) }, wish({ face: cents(2_000) }), 2_000, 20_000],
    ['may have as few vouchers as the rules want', counted, wish({ count: 5 }), 1_000, 5_000],
    ['may have as many as they allow', counted, wish(), 1_000, 10_000],
    ['may use up the limit of its programme', limited, wish({ ordered: cents(40_000) }), 1_000, 10_000],
    ['may be as large as the largest', unit, wish({ count: 1_000_000 }), 1_000, 1_000_000_000],
  ])('%s', (_, rule, asked, face, total) => {
    expect(decideOrder(rule, asked)).toEqual({ face: cents(face), total: cents(total) });
  });

  it.each<[string, OrderableRule | undefined, Wish, string, object]>([
    ['needs payers that are registered', unit, wish({ payersKnown: false }), 'payer_not_found', {}],
    ['needs a programme', undefined, wish(), 'programme_not_found', {}],
    ['waits until the first rules are in force', { ...unit, state: 'to_come', effectiveFrom: localDate('2027-01-01') }, wish(),
      'programme_not_open', { effectiveFrom: '2027-01-01' }],
    ['comes before the last day of use is over', unit, wish({ today: localDate('2027-01-01') }), 'programme_ended', { usableUntil: LAST_DAY }],
    ['of unit vouchers takes no other face value', unit, wish({ face: cents(999) }), 'face_not_allowed', UNIT_FACE],
    ['of balance vouchers takes no higher one', balance, wish({ face: cents(1_001) }), 'face_not_allowed',
      { ...UNIT_FACE, faceCentsMin: 1 }],
    ['has no more vouchers than the rules allow', counted, wish({ count: 11 }), 'order_count_not_allowed', { orderCountMin: 5, orderCountMax: 10 }],
    ['and no fewer', counted, wish({ count: 4 }), 'order_count_not_allowed', { orderCountMin: 5, orderCountMax: 10 }],
    ['stays within what is left of the programme\'s limit, to the cent', limited, wish({ ordered: cents(40_001) }), 'programme_limit_reached',
      { orderedCentsMax: 50_000, orderedCents: 40_001 }],
    ['is not larger than the largest', unit, wish({ count: 1_000_001 }), 'order_too_large', { amountCentsMax: 1_000_000_000 }],
  ])('%s', (_, rule, asked, code, details) => {
    expect(decideOrder(rule, asked)).toEqual({ kind: 'rejected', code, details });
  });
});

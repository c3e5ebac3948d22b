import { describe, expect, it } from '@jest/globals';
import { cents, idOf, localDate } from '#libs/kernel';
import type { FoundVoucher } from '../look-up-voucher/look-up-voucher.decision.js';
import { decideReported, decideStopByHolder, refuseAnswer } from './report-loss.decision.js';

const day = localDate('2026-03-10');
const voucher: FoundVoucher = {
  programmeId: idOf('programme', '01902c7b-5d2a-7c3e-9f00-000000000001'), programmeName: null, unit: true, face: cents(1_000), balance: cents(1_000),
  expired: cents(0), usableUntil: localDate('2026-12-31'), services: [], spendable: true, expiring: false, frozen: false, stoppedOn: null,
  usedOn: null, today: day, hold: null,
};
const [own, other] = [idOf('distributor', '01902c7b-5d2a-7c3e-9f00-000000000002'), idOf('distributor', '01902c7b-5d2a-7c3e-9f00-000000000003')];

describe('a stop by the code', () => {
  it.each<[string, FoundVoucher | undefined, object]>([
    ['is made', voucher, { kind: 'stop' }],
    ['is made past the last day, too', { ...voucher, usableUntil: localDate('2026-03-01') }, { kind: 'stop' }],
    ['is made while a till holds it', { ...voucher, hold: { amount: cents(1_000), until: new Date(0) } }, { kind: 'stop' }],
    ['is told again', { ...voucher, stoppedOn: day }, { kind: 'stopped_before', stoppedOn: day }],
    ['saves nothing of a used one', { ...voucher, balance: cents(0), usedOn: day }, { code: 'voucher_used', details: { usedOn: day } }],
    ['knows no code that there is not', undefined, { code: 'voucher_not_found', details: {} }],
    ['knows none that is not active', { ...voucher, spendable: false }, { code: 'voucher_not_found', details: {} }],
  ])('%s', (_, found, outcome) => {
    expect(decideStopByHolder(found)).toMatchObject(outcome);
  });
});

describe('a number on paper', () => {
  const batch = { count: 12, bookletSize: 5 };
  it.each([
    ['a voucher', batch, { kind: 'voucher', place: 3 }, { first: 3, last: 3 }],
    ['a booklet', batch, { kind: 'booklet', place: 1 }, { first: 5, last: 9 }],
    ['the last booklet, which is not full', batch, { kind: 'booklet', place: 2 }, { first: 10, last: 11 }],
    ['a voucher beyond the batch', batch, { kind: 'voucher', place: 12 }, undefined],
    ['a booklet beyond the batch', batch, { kind: 'booklet', place: 3 }, undefined],
    ['a booklet of a batch that never told its size', { count: 12, bookletSize: null }, { kind: 'booklet', place: 0 }, undefined],
    ['a batch that there is not', undefined, { kind: 'voucher', place: 0 }, undefined],
  ] as const)('stands for %s', (_, of, asked, range) => {
    expect(decideReported(of, asked)).toMatchObject(range ? { range } : { code: 'number_not_found' });
  });
});

describe('the answer to a report', () => {
  it.each([
    ['comes from whoever had the voucher last', { distributorId: own, answered: false }, own, undefined],
    ['comes from the operator, too', { distributorId: own, answered: false }, null, undefined],
    ['comes from no other distributor', { distributorId: other, answered: false }, own, 'loss_report_not_found'],
    ['of nobody is the operator\'s', { distributorId: null, answered: false }, own, 'loss_report_not_found'],
    ['comes once', { distributorId: own, answered: true }, own, 'loss_report_answered'],
    ['needs a report', undefined, null, 'loss_report_not_found'],
  ] as const)('%s', (_, report, distributorId, code) => {
    expect(refuseAnswer(report, distributorId)?.code).toBe(code);
  });
});

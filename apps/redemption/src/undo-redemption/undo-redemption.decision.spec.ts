import { describe, expect, it } from '@jest/globals';
import { RedemptionUndoneV1 } from '#libs/contracts';
import { cents, idOf, ZERO } from '#libs/kernel';
import { REFUSALS } from '../refusals.js';
import { decideUndo, decideUndoTogether, type Asked, type Undoable } from './undo-redemption.decision.js';

const uuid = (last: string) => `01900000-0000-7000-8000-${last.padStart(12, '0')}`;
const placeId = idOf('place', uuid('2'));
const found: Undoable = {
  redemptionId: idOf('redemption', uuid('a')), voucherId: idOf('voucher', uuid('b')), batchId: idOf('batch', uuid('8')),
  voucherIndex: 7, programmeId: idOf('programme', uuid('1')), placeId, amount: cents(400), redeemedAt: new Date('2026-03-10T09:30:00Z'),
  custodyAccountId: uuid('aa'), balance: cents(100), undone: false, periodClosed: false, expired: false,
  replaced: false,
};
const byTill: Asked = {
  by: { kind: 'till', placeId }, reason: 'wrong_voucher', at: new Date('2026-03-10T09:45:00Z'), windowMs: 15 * 60_000,
};
const late = { at: new Date('2026-03-10T09:45:00.001Z') };
const byManager: Asked = { ...byTill, ...late, by: { kind: 'manager', placeId } };
const byOperator: Asked = { ...byTill, ...late, by: { kind: 'operator' } };
const elsewhere = { kind: 'till', placeId: idOf('place', uuid('22')) } as const;

const cases: [sentence: string, found: Undoable | undefined, asked: Asked, code: string, details: object][] = [
  ['a redemption that there is not', undefined, byOperator, 'redemption_not_found', {}],
  ['another place\'s redemption to a till', found, { ...byTill, by: elsewhere }, 'redemption_not_found', {}],
  ['another place\'s redemption to a manager', found, { ...byManager, by: { ...elsewhere, kind: 'manager' } }, 'redemption_not_found', {}],
  ['one whose period is closed, to the manager', { ...found, periodClosed: true }, byManager, 'undo_too_late', { because: 'period_closed' }],
  ['another place\'s undone redemption to a till', { ...found, undone: true }, { ...byTill, by: elsewhere }, 'redemption_not_found', {}],
  ['a redemption that is undone', { ...found, undone: true, periodClosed: true }, byOperator, 'redemption_undone', {}],
  ['one whose period is closed, to a till in time', { ...found, periodClosed: true }, byTill, 'undo_too_late', { because: 'period_closed' }],
  ['one whose period is closed, to the operator', { ...found, periodClosed: true }, byOperator, 'undo_too_late', { because: 'period_closed' }],
  ['a till after fifteen minutes', found, { ...byTill, ...late }, 'undo_too_late', { because: 'window_over', until: '2026-03-10T09:45:00.000Z' }],
  ['a voucher that has expired', { ...found, expired: true }, byOperator, 'undo_too_late', { because: 'voucher_expired' }],
  ['a voucher that was replaced', { ...found, replaced: true }, byOperator, 'voucher_replaced', {}],
];

describe('undoing', () => {
  it.each(cases.map(([sentence, redemption, asked, code, details]) => ({ sentence, redemption, asked, code, details })))(
    'refuses $sentence', ({ redemption, asked, code, details }) => {
      expect(decideUndo(redemption, asked)).toEqual({ kind: 'rejected', code, details });
      expect(Object.keys(REFUSALS)).toContain(code);
    });

  it.each([['a till at the last instant of its fifteen minutes', byTill], ['the manager later', byManager], ['the operator later', byOperator]])('is granted to %s', (_, asked) => {
    expect(decideUndo(found, asked)).toMatchObject({ kind: 'undone', balanceAfter: 500n });
  });

  it('puts back on an empty voucher what was taken', () => {
    expect(decideUndo({ ...found, balance: ZERO, amount: cents(1_000) }, byTill)).toMatchObject({ kind: 'undone', balanceAfter: 1_000n });
  });

  it('reverses the transfer of the redemption, and says so in its message', () => {
    const undone = decideUndo(found, byTill);
    expect(undone).toMatchObject({
      posting: {
        rule: '8', custodyAccountId: uuid('aa'),
        transfers: [{ debit: 'clearing:settlement', credit: `outstanding:${uuid('8')}`, amount: 400n, reverses: { eventId: uuid('a'), line: 0 } }],
      },
    });
    expect(RedemptionUndoneV1.schema.parse((undone as { event: unknown }).event)).toMatchObject({ redemptionId: uuid('a'), amountCents: 400, voucherIndex: 7, to: 'balance' });
  });

  it('takes all vouchers of a participation, or none of them', () => {
    const other: Undoable = {
      ...found, redemptionId: idOf('redemption', uuid('c')), voucherId: idOf('voucher', uuid('d')), amount: cents(50),
    };
    const both = [{ of: found, balanceAfter: 500n }, { of: other, balanceAfter: 150n }];
    expect(decideUndoTogether([found, other], byTill)).toMatchObject(both);
    expect(decideUndoTogether([found, { ...other, replaced: true }], byTill)).toMatchObject({ code: 'voucher_replaced' });
    expect(decideUndoTogether([], byTill)).toMatchObject({ code: 'redemption_not_found' });
  });
});

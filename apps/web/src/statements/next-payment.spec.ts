import { describe, expect, it } from '@jest/globals';
import { nextOf, type NextPayment } from './next-payment.data.js';

const accruing = { lines: 1, grossCents: 1_000, feeCents: 20, vatCents: 4, commonsCents: 10, netCents: 966, nextEnd: '2026-11-30', payBy: '2026-12-10' };
const statement = (toPayCents: number, over: object = {}) =>
  ({ statementId: `stm_${toPayCents}`, period: '2026-10', toPayCents, state: 'not_ordered', executionOn: null, payBy: '2026-11-10', ...over });
const of = (over: Partial<NextPayment>): NextPayment => ({ legalName: 'x', unpaid: [], accruing, held: { lines: 0, grossCents: 0 }, owingCents: 0, ...over });

describe('the next payment', () => {
  it.each<[string, Partial<NextPayment>, object | undefined]>([
    ['is what a run has, on its day', { unpaid: [statement(100), statement(200, { executionOn: '2026-11-05' })] }, { cents: 200, on: '2026-11-05', how: 'ordered', statementId: 'stm_200' }],
    ['is what is closed, by the first day promised', { unpaid: [statement(100, { payBy: '2026-12-01' }), statement(200)] }, { cents: 300, on: '2026-11-10', how: 'promised' }],
    ['has no day where nobody promised one', { unpaid: [statement(100, { payBy: null })] }, { cents: 100, on: null, how: 'promised', statementId: 'stm_100' }],
    ['is what is not closed yet', {}, { cents: 966, on: '2026-12-10', how: 'accruing' }],
    ['is none where nothing is owed', { accruing: { ...accruing, netCents: -5 } }, undefined],
  ])('%s', (_, over, next) => {
    expect(nextOf(of(over))).toEqual(next);
  });
});

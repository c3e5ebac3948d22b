import { describe, expect, it } from '@jest/globals';
import { cents, idOf } from '#libs/kernel';
import { endToEndIdOf } from '../bank-files/end-to-end-id.js';
import {
  decideReport, rejectionPosting, type DecidedStatus, type Report, type ReportedKnown, type ReportedPayment, type ReportedStatus,
} from './payment-report.decision.js';

const paymentId = (last: string) => idOf('payment', `01900000-0000-7000-8000-0000000000e${last}`);
const payment = (last: string, over: Partial<ReportedKnown> = {}): ReportedKnown => ({
  paymentId: paymentId(last), purpose: 'place', refunds: [], payeeId: idOf('payee', '01900000-0000-7000-8000-000000000004'),
  payeeBankAccountId: idOf('bankAccount', '01900000-0000-7000-8000-000000000005'), bankVersion: 1,
  bankAccountId: idOf('bankAccount', '01900000-0000-7000-8000-0000000000aa'), messageId: 'M1', paymentInformationId: 'M1-1',
  amount: cents(966), state: 'released', ...over,
});
const told = (last: string, code?: string, over: Partial<ReportedPayment> = {}): ReportedPayment =>
  ({ endToEndId: endToEndIdOf(paymentId(last)), paymentId: paymentId(last), amount: null, status: code === undefined ? {} : { code, reason: 'AC01' }, ...over });

type Told = Readonly<{
  group?: ReportedStatus; part?: ReportedStatus; payments?: readonly ReportedPayment[]; partId?: string; file?: string; noPart?: boolean;
}>;
const report = ({ group = {}, part = {}, payments = [], partId = 'M1-1', file = 'M1', noPart = false }: Told): Report => ({
  originalMessageId: file, status: group,
  parts: noPart ? [] : [{ paymentInformationId: partId, status: part, payments }],
});
const RJCT = { code: 'RJCT', reason: 'DU01' };
const shown = (statuses: readonly DecidedStatus[]) => statuses.map((one) =>
  [one.level, one.payment?.paymentId.slice(-2) ?? '-', one.finding ?? one.outcome, ...(one.outcome === 'rejected' && one.blocks ? ['blocks'] : [])].join(' '));

describe('a report', () => {
  it.each<[string, Told, readonly ReportedKnown[], readonly string[]]>([
    ['that the file was taken is noted', { group: { code: 'ACTC' }, noPart: true }, [payment('1')], ['file - noted']],
    ['that a payment is on its way is noted', { payments: [told('1', 'ACSP')] }, [payment('1')], ['payment e1 noted']],
    ['of one rejected payment takes it back, and its account is at fault', { part: { code: 'PART' }, payments: [told('1', 'RJCT')] }, [payment('1'), payment('2')],
      ['part - noted', 'payment e1 rejected blocks']],
    ['of a refused file takes all of it back, and no account is at fault', { group: RJCT, noPart: true }, [payment('1'), payment('2')],
      ['file - noted', 'payment e1 rejected', 'payment e2 rejected']],
    ['of a refused part takes all of it back', { part: RJCT }, [payment('1')], ['part - noted', 'payment e1 rejected']],
    ['of a refused part that lists its payments blocks those whose account is the reason',
      { part: RJCT, payments: [told('1', 'RJCT'), told('2', 'RJCT', { status: { code: 'RJCT', reason: 'NARR' } })] }, [payment('1'), payment('2'), payment('3')],
      ['part - noted', 'payment e1 rejected blocks', 'payment e2 rejected', 'payment e3 rejected']],
    ['of a payment without a status of its own has that of its part', { part: RJCT, payments: [told('1')] }, [payment('1')], ['part - noted', 'payment e1 rejected']],
    ['of a payment that was debited is a finding', { payments: [told('1', 'RJCT')] }, [payment('1', { state: 'booked' })], ['payment e1 booked_before']],
    ['of a payment that was returned is a finding', { payments: [told('1', 'RJCT')] }, [payment('1', { state: 'returned' })], ['payment e1 booked_before']],
    ['of a refused file of which one payment was debited takes back the others', { group: RJCT, noPart: true }, [payment('1', { state: 'booked' }), payment('2')],
      ['file - noted', 'payment e1 booked_before', 'payment e2 rejected']],
    ['of a payment that was rejected before changes nothing', { payments: [told('1', 'RJCT')] }, [payment('1', { state: 'rejected' })], ['payment e1 known']],
    ['of a rejected payment that is said to be on its way is a finding', { payments: [told('1', 'ACSP')] }, [payment('1', { state: 'rejected' })], ['payment e1 rejected_before']],
    ['of a payment that never left is a finding', { payments: [told('1', 'RJCT'), told('2', 'ACSP')] }, [payment('1', { state: 'instructed' }), payment('2', { state: 'cancelled' })],
      ['payment e1 not_released', 'payment e2 not_released']],
    ['that names a payment twice takes it back once', { payments: [told('1', 'RJCT'), told('1', 'RJCT')] }, [payment('1')], ['payment e1 rejected blocks', 'payment e1 known']],
    ['of a payment that is not ours is a finding', { payments: [told('9', 'RJCT'), { endToEndId: 'NOTPROVIDED', paymentId: null, amount: null, status: { code: 'RVNM' } }] }, [payment('1')],
      ['payment - unknown_payment', 'payment - unknown_payment']],
    ['of a file that is not ours is a finding', { file: 'M9', group: RJCT, noPart: true }, [], ['file - unknown_file']],
    ['of a part that is not ours is a finding', { part: RJCT, partId: 'M1-9' }, [payment('1')], ['part - unknown_part']],
    ['of another file\'s payment is a finding', { payments: [told('1', 'RJCT')] }, [payment('1', { messageId: 'M2' })], ['payment e1 other_file']],
    ['of another amount is a finding', { payments: [told('1', 'RJCT', { amount: { amountCents: cents(967), currency: 'EUR' } })] }, [payment('1')], ['payment e1 amount_differs']],
    ['of another currency is a finding', { payments: [told('1', 'RJCT', { amount: { amountCents: cents(966), currency: 'CHF' } })] }, [payment('1')], ['payment e1 amount_differs']],
    ['with a status that nobody knows is a finding', { payments: [told('1', 'CANC')] }, [payment('1')], ['payment e1 status_unknown']],
    ['that contradicts itself moves nothing', { part: RJCT, payments: [told('1', 'ACSP')] }, [payment('1')], ['part - noted', 'payment e1 statuses_contradict']],
    ['that refuses a file and accepts its part moves nothing', { group: RJCT, part: { code: 'ACCP' } }, [payment('1')], ['file - noted', 'part - statuses_contradict']],
  ])('%s', (_name, given, known, expected) => {
    expect(shown(decideReport(report(given), known))).toEqual(expected);
  });
});

describe('the posting of a rejection', () => {
  it('is row 16, from transit to what is owed', () => {
    const { rule, transfers } = rejectionPosting(payment('1'));
    expect([rule, transfers]).toMatchObject(['16', [{ debit: `transit:${paymentId('1')}`, credit: expect.stringMatching(/^payable:/), amount: 966n }]]);
  });
});

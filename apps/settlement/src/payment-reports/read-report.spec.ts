import { describe, expect, it } from '@jest/globals';
import { idOf } from '#libs/kernel';
import { endToEndIdOf } from '../bank-files/end-to-end-id.js';
import type { ReportedPayment } from '../bank-files/payment-report.js';
import { reportOf } from './read-report.js';

const paymentId = idOf('payment', '01900000-0000-7000-8000-0000000000e1');
const ours = endToEndIdOf(paymentId);
const read = (payment: Partial<ReportedPayment>) => reportOf({
  messageId: 'R1', createdAt: '2026-04-02T18:00:00Z', originalMessageId: 'M1', status: {},
  parts: [{ paymentInformationId: 'M1-1', status: {}, payments: [{ status: { code: 'RJCT' }, ...payment }] }],
}).parts[0]!.payments[0];

describe('a payment that a report names', () => {
  it.each<[string, Partial<ReportedPayment>, object]>([
    ['by its own id', { endToEndId: ours }, { endToEndId: ours, paymentId }],
    ['in small letters', { endToEndId: ours.toLowerCase() }, { paymentId }],
    ['by its instruction', { endToEndId: 'NOTPROVIDED', instructionId: ours }, { endToEndId: 'NOTPROVIDED', paymentId }],
    ['by its instruction alone', { instructionId: ours }, { endToEndId: ours, paymentId }],
    ['as somebody else\'s', { endToEndId: 'INV-1' }, { endToEndId: 'INV-1', paymentId: null }],
    ['not at all', {}, { endToEndId: null, paymentId: null, amount: null }],
  ])('%s', (_how, payment, expected) => {
    expect(read(payment)).toMatchObject(expected);
  });
});

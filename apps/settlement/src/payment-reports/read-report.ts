// From what the bank's file says to what the decision looks at: ids of our payments read back. Nothing is judged here.
import { paymentIdOf } from '../bank-files/end-to-end-id.js';
import type { PaymentReport } from '../bank-files/payment-report.js';
import type { Report } from './payment-report.decision.js';

/** Some banks repeat the instruction alone: our files give both ids the same text. */
export const reportOf = ({ originalMessageId, status, parts }: PaymentReport): Report => ({
  originalMessageId, status,
  parts: parts.map(({ payments, ...part }) => ({
    ...part,
    payments: payments.map(({ endToEndId, instructionId, amount, status: own }) => ({
      endToEndId: endToEndId ?? instructionId ?? null, paymentId: idIn(endToEndId) ?? idIn(instructionId) ?? null,
      amount: amount ?? null, status: own,
    })),
  })),
});

const idIn = (text: string | undefined) => (text === undefined ? undefined : paymentIdOf(text));

import type { StatementId } from '#libs/kernel';
import type { PaidRefund } from '../payment-source.decision.js';

/** What the payee reads beside the money, on its bank statement or at Stripe, in the language of its public accountant. */
export function textForPayee(statements: readonly Readonly<{ id: StatementId }>[], refunds: readonly PaidRefund[]): string {
  const [first] = statements;
  const [refund] = refunds;
  if (refund) return refunds.length === 1 ? `MEREAU REMBOURSEMENT ${refund.refundId}` : `MEREAU ${refunds.length} REMBOURSEMENTS DEPUIS ${refund.refundId}`;
  return statements.length === 1 ? `MEREAU RELEVE ${first!.id}` : `MEREAU ${statements.length} RELEVES DEPUIS ${first!.id}`;
}

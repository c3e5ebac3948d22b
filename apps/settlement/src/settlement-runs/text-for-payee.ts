import type { Owed } from './create-run.decision.js';

type Paid = Pick<Owed, 'statements' | 'refunds' | 'allocations' | 'early' | 'fees'>;

/** What the payee reads beside the money, on its bank statement or at Stripe, in the language of its public accountant. */
export function textForPayee({ statements, refunds, allocations = [], early = [], fees }: Paid): string {
  if (fees !== undefined) return 'MEREAU FRAIS ENCAISSES';
  const [refund] = refunds;
  if (refund) return refunds.length === 1 ? `MEREAU REMBOURSEMENT ${refund.refundId}` : `MEREAU ${refunds.length} REMBOURSEMENTS DEPUIS ${refund.refundId}`;
  const [allocation] = allocations;
  if (allocation) {
    const { allocationId } = allocation;
    return allocations.length === 1 ? `MEREAU ATTRIBUTION ${allocationId}` : `MEREAU ${allocations.length} ATTRIBUTIONS DEPUIS ${allocationId}`;
  }
  const [instalment] = early;
  if (instalment) return early.length === 1 ? `MEREAU ACOMPTE ${instalment.earlyPaymentId}` : `MEREAU ${early.length} ACOMPTES DEPUIS ${instalment.earlyPaymentId}`;
  const [first] = statements;
  return statements.length === 1 ? `MEREAU RELEVE ${first!.id}` : `MEREAU ${statements.length} RELEVES DEPUIS ${first!.id}`;
}

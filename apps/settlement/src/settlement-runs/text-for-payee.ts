import type { Owed } from './create-run.decision.js';

type Paid = Pick<Owed, 'statements' | 'refunds' | 'allocations' | 'fees'>;

/** What the payee reads beside the money, on its bank statement or at Stripe, in the language of its public accountant. */
export function textForPayee({ statements, refunds, allocations = [], fees }: Paid): string {
  if (fees !== undefined) return 'MEREAU FRAIS ENCAISSES';
  const [refund] = refunds;
  if (refund) return refunds.length === 1 ? `MEREAU REMBOURSEMENT ${refund.refundId}` : `MEREAU ${refunds.length} REMBOURSEMENTS DEPUIS ${refund.refundId}`;
  const [allocation] = allocations;
  if (allocation) {
    const { allocationId } = allocation;
    return allocations.length === 1 ? `MEREAU ATTRIBUTION ${allocationId}` : `MEREAU ${allocations.length} ATTRIBUTIONS DEPUIS ${allocationId}`;
  }
  const [first] = statements;
  return statements.length === 1 ? `MEREAU RELEVE ${first!.id}` : `MEREAU ${statements.length} RELEVES DEPUIS ${first!.id}`;
}

import { cents, type PayeeId } from '#libs/kernel';
import { accounts, transfer, type Posting } from '#libs/ledger';
import type { Undone } from './undo-claim-line.command.js';

/** Row 8, settlement's half: what was accrued for the redemption, under the redemption's own id, is owed no more. */
export function reversalOf({ redemptionId, amountCents, custodyAccountId }: Undone, payeeId: PayeeId): Posting {
  return {
    rule: '8', custodyAccountId,
    transfers: [transfer(
      accounts.settlement.accrued(payeeId), accounts.clearing('redemption'), cents(amountCents), { eventId: redemptionId, line: 0 },
    )],
  };
}

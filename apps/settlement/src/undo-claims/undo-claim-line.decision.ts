import type { BodyOf, RedemptionUndoneV1 } from '#libs/contracts';
import { cents, type PayeeId } from '#libs/kernel';
import { accounts, transfer, type Posting } from '#libs/ledger';

/** Row 8, settlement's half: what was accrued for the redemption, under the redemption's own id, is owed no more. */
export function reversalOf(
  { redemptionId, amountCents, custodyAccountId }: BodyOf<typeof RedemptionUndoneV1>, payeeId: PayeeId,
): Posting {
  return {
    rule: '8', custodyAccountId,
    transfers: [transfer(
      accounts.settlement.accrued(payeeId), accounts.clearing('redemption'), cents(amountCents), { eventId: redemptionId, line: 0 },
    )],
  };
}

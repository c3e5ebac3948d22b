import { cents } from '#libs/kernel';
import { accounts, transfer, type Posting } from '#libs/ledger';
import type { BodyOf, ContradictoryStatementSignedV1 } from '#libs/contracts';

/** Row 23, our half. Undefined for the other outcomes: that money stays with the payers, and in issuance's ledger. */
export function breakagePosting(
  { outcome, expiredCents, owedCents = 0, custodyAccountId }: BodyOf<typeof ContradictoryStatementSignedV1>, pool: string,
): Posting | undefined {
  const given = expiredCents - owedCents;
  if (outcome !== 'commons' || given === 0) return undefined;
  return {
    rule: '23', custodyAccountId,
    transfers: [transfer(accounts.clearing('issuance'), accounts.settlement.commons(pool), cents(given))],
  };
}

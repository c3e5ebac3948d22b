import { cents, idOf } from '#libs/kernel';
import { accounts, type Posting } from '#libs/ledger';
import type { BodyOf, ContradictoryStatementSignedV1 } from '#libs/contracts';
import { divideCommons, intoPools, type CommonsShare } from '../sharing-rules/divide-commons.decision.js';
import type { SharingRules } from '../sharing-rules/sharing-rule.decision.js';

/** Row 23, our half. Undefined for the other outcomes: that money stays with the payers, and in issuance's ledger. */
export function breakagePosting(
  { outcome, programmeId, expiredCents, owedCents = 0, custodyAccountId }: BodyOf<typeof ContradictoryStatementSignedV1>,
  pool: string, sharing: SharingRules,
): Readonly<{ posting: Posting; shares: readonly CommonsShare[] }> | undefined {
  const given = expiredCents - owedCents;
  if (outcome !== 'commons' || given === 0) return undefined;
  const commons = cents(given);
  const shares = programmeId === undefined ? [] : divideCommons([{ programmeId: idOf('programme', programmeId), commons }], sharing);
  return { shares, posting: { rule: '23', custodyAccountId, transfers: intoPools(accounts.clearing('issuance'), commons, shares, pool) } };
}

// What a charge posts, and what becomes of it when a place leaves.
import type { LocalDate, PayeeId } from '#libs/kernel';
import { accounts, transfer, transferIfAny, type Posting } from '#libs/ledger';
import type { DueCharge } from '../place-charge-rules/place-charge-rule.decision.js';

/** Row 13. */
export function chargePosting(payeeId: PayeeId, { rule: { custodyAccountId }, fee, vat }: DueCharge): Posting {
  const { settlement } = accounts;
  const owed = settlement.placeReceivable(payeeId);
  return { rule: '13', custodyAccountId, transfers: [transfer(owed, settlement.feeIncome, fee), ...transferIfAny(owed, settlement.vatCollected, vat)] };
}

/** `charged`: its debt stands. `owed_elsewhere`: what the place does not leave, or another place of its payee, takes part on the day. */
export type ChargeStanding = 'charged' | 'owed' | 'owed_elsewhere' | 'not_owed';
export type OnChargeDay = Readonly<{
  chargedOn: LocalDate; isCharged: boolean;
  /** Some place of the payee, as things are; and without what is to be left. */
  takesPart: boolean; takesPartElsewhere: boolean;
}>;

/**
 * What is owed of a charge by a payee whose place says on `saidOn`, by its calendar, that it leaves on `from`. Who is gone on the day of a
 * charge, and said so on an earlier day, owes nothing of it; who leaves later, or says so on the day itself, owes it whole. Undefined: it
 * would not be owed anyway.
 */
export function chargeAtDeparture(
  { chargedOn, isCharged, takesPart, takesPartElsewhere }: OnChargeDay, { saidOn, from }: Readonly<{ saidOn: LocalDate; from: LocalDate }>,
): ChargeStanding | undefined {
  if (isCharged) return 'charged';
  if (!takesPart) return undefined;
  if (from > chargedOn || saidOn >= chargedOn) return 'owed';
  return takesPartElsewhere ? 'owed_elsewhere' : 'not_owed';
}

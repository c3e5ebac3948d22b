// What a run by Stripe may spend. Stripe lists the balance with the day from which each part of it can be spent, and the ledger knows which
// of it is ours to spend: money that nobody has explained is in the first and not in the second, money that is still on its way the other
// way round. Whichever is less counts; and what was promised already is gone.
export type StripeFunds = Readonly<{
  /** By Stripe's own list: what came in and can be spent by now, less all that went out. */
  listed: bigint;
  /** By the ledger: explained, whether it can be spent or not. */
  ledger: bigint;
  /** Refunds and transfers that were ordered, and of which we do not know that they left: in both still. */
  ordered: bigint;
  /** Those that Stripe said it sent, and has not listed yet: in the list still, in the ledger no more. */
  unlisted: bigint;
}>;

export const spendable = ({ listed, ledger, ordered, unlisted }: StripeFunds): bigint => {
  const [byList, byLedger] = [listed - unlisted, ledger];
  return (byList < byLedger ? byList : byLedger) - ordered;
};

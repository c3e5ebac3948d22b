// A pool of the commons has more by what came to our bank account.
import type { CommonsContributedV1 } from '#libs/contracts';
import { toWire, type BankAccountId, type BankLineId, type Cents } from '#libs/kernel';
import type { Posting } from '#libs/ledger';
import type { Fact } from '#libs/persistence';

export type Gift = Readonly<{ bankLineId: BankLineId; pool: string; custodyAccountId: BankAccountId; amount: Cents; wasUnknown?: true }>;

export const giftFact = (
  { bankLineId, pool, custodyAccountId, amount, wasUnknown }: Gift, posting: Posting,
): Fact<typeof CommonsContributedV1> => ({
  subject: `pool:${pool}`, posting,
  body: { pool, custodyAccountId, bankLineId, amountCents: toWire(amount), currency: 'EUR', ...(wasUnknown && { wasUnknown }) },
});

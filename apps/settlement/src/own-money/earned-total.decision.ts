// What issuance's control totals say that the operator earned of payers, custody account by custody account.
import type { BodyOf, ControlTotalsPublishedV1 } from '#libs/contracts';
import { chartOf } from '#libs/ledger';

export type EarnedLine = Readonly<{ custodyAccountId: string; earnedCents: number; claimsCents: number }>;

const OWN = new Set(chartOf('issuance').filter((entry) => entry.class === 'own').map(({ kind }) => kind));

/** Debit stands above zero there: what was earned is below it. What payers owe, invoiced or taken back by a dispute, is a claim. */
export function earnedOf({ lines }: Pick<BodyOf<typeof ControlTotalsPublishedV1>, 'lines'>): EarnedLine[] {
  const found = new Map<string, { earnedCents: number; claimsCents: number }>();
  for (const { custodyAccountId, account, amountCents } of lines) {
    const isOwn = OWN.has(account);
    if (!isOwn && account !== 'receivable') continue;
    const { earnedCents, claimsCents } = found.get(custodyAccountId) ?? { earnedCents: 0, claimsCents: 0 };
    found.set(custodyAccountId, {
      earnedCents: isOwn ? earnedCents - amountCents : earnedCents, claimsCents: isOwn ? claimsCents : claimsCents + amountCents,
    });
  }
  return [...found].map(([custodyAccountId, amounts]) => ({ custodyAccountId, ...amounts }));
}

// The signed text of a statement of coverage, as audit publishes it to anybody.
import { z } from 'zod';

export const statementShape = z.object({
  number: z.int(), previous: z.string().nullable(), day: z.string(), final: z.boolean(),
  content: z.string(), sha256: z.string(), keyId: z.string(), signature: z.string(),
});
export const statementsShape = z.object({ items: z.array(statementShape), nextCursor: z.string().nullable().optional() });
export type Statement = z.output<typeof statementShape>;

const amount = z.object({ account: z.string(), amountCents: z.int() });
/** What the page shows is what was signed, and nothing beside it. */
export const contentShape = z.object({
  madeAt: z.string(),
  custodyAccounts: z.array(z.object({
    custodyAccountId: z.string(), state: z.enum(['covered', 'gap', 'differs', 'uncovered']),
    assets: z.array(z.object({
      kind: z.string(), statedOn: z.string().nullable(), statedCents: z.int(), ledgerCents: z.int(), unaccountedCents: z.int(),
      differences: z.array(z.object({ what: z.string(), amountCents: z.int() })),
    })),
    assetsCents: z.int(), liabilities: z.array(amount), liabilitiesCents: z.int(), underWayCents: z.int(),
    gap: z.array(amount), gapCents: z.int(), surplusCents: z.int(),
  })),
  programmes: z.array(z.object({ programmeId: z.string(), prefundCents: z.int(), outstandingCents: z.int(), expiredCents: z.int() })),
});
export type Content = z.output<typeof contentShape>;

/** Undefined when the text is none that this version knows. */
export function contentOf({ content }: Statement): Content | undefined {
  try {
    return contentShape.safeParse(JSON.parse(content)).data;
  } catch {
    return undefined;
  }
}

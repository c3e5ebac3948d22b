// How the payers of an order are named at the HTTP edge, each with its part and perhaps a cap.
import { z } from 'zod';
import { amountIn, idIn } from '#libs/http';
import { SHARES_MAX } from './limits.js';
import { SHARINGS, type AgreedShare, type Sharing } from './share-amounts.decision.js';

const share = z.strictObject({
  payerId: idIn('payer'), basisPoints: z.int().min(1).max(10_000).optional().describe('absent where shares go by priority'),
  capCents: amountIn.optional().describe('this payer never owes more'),
});
type GivenShare = z.output<typeof share>;

const isOncePerPayer = (list: readonly GivenShare[]) => new Set(list.map(({ payerId }) => payerId)).size === list.length;

export const shareFields = {
  sharing: z.enum(SHARINGS).default('pro_rata')
    .describe('by basis points, what exceeds a cap falling to the others or to the next of the list; or the first of the list pays first'),
  shares: z.array(share).min(1).max(SHARES_MAX).refine(isOncePerPayer, 'expected each payer once').optional(),
};

/** For `refine`: basis points of the whole order, or none at all where shares go by priority. */
export const sharesFit = ({ sharing, shares }: { sharing: Sharing; shares?: readonly GivenShare[] | undefined }): boolean =>
  shares === undefined || (sharing === 'priority'
    ? shares.every(({ basisPoints }) => basisPoints === undefined)
    : shares.reduce((total, { basisPoints }) => total + (basisPoints ?? 0), 0) === 10_000
      && shares.every(({ basisPoints }) => basisPoints !== undefined));
export const SHARES_FIT = { path: ['shares'], message: 'expected basis points that add up to 10000, or none by priority' };

export const agreedShares = (given: readonly GivenShare[]): AgreedShare[] =>
  given.map(({ payerId, basisPoints, capCents }) => ({ payerId, basisPoints: basisPoints ?? 0, cap: capCents ?? null }));

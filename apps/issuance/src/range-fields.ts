// How a range of vouchers is named at the HTTP edge: by indices, or by the numbers on the covers of booklets.
import { z } from 'zod';
import { ORDER_COUNT_MAX } from './limits.js';
import type { AskedRange } from './voucher-range.decision.js';

const index = z.int().min(0).max(ORDER_COUNT_MAX);
const bookletNumber = z.int().positive().max(ORDER_COUNT_MAX);

export const rangeFields = {
  first: index.optional(),
  last: index.optional(),
  booklets: z.strictObject({ first: bookletNumber, last: bookletNumber }).optional()
    .describe('whole booklets, by the numbers on their covers, from 1, both included'),
};

const byIndex = ({ first, last }: AskedRange): boolean => first !== undefined || last !== undefined;

/** For `refine` where nothing named means all. */
export const namesOneWay = (asked: AskedRange): boolean => !(asked.booklets && byIndex(asked));
export const ONE_WAY = { path: ['booklets'], message: 'expected first and last, or booklets, not both' };

/** For `refine` in lists, where each item has to say what it means. */
export const namesWhole = (asked: AskedRange): boolean =>
  namesOneWay(asked) && (asked.booklets !== undefined || (asked.first !== undefined && asked.last !== undefined));
export const WHOLE = { path: ['booklets'], message: 'expected first and last, or booklets' };

// What a place is paid next, and what keeps the rest, as the pages read it.
import { z } from 'zod';
import type { Read, Services } from '../services.js';

const day = z.string().nullable();
const shape = z.object({
  legalName: z.string().nullable(),
  unpaid: z.array(z.object({
    statementId: z.string(), period: z.string(), toPayCents: z.int(), state: z.string(), executionOn: day, payBy: day,
  })),
  accruing: z.object({
    lines: z.int(), grossCents: z.int(), feeCents: z.int(), vatCents: z.int(), commonsCents: z.int(), netCents: z.int(),
    nextEnd: day, payBy: day,
  }),
  held: z.object({ lines: z.int(), grossCents: z.int() }), owingCents: z.int(),
});
export type NextPayment = z.output<typeof shape>;

export const loadNextPayment = (services: Services, bearer: string): Promise<Read<NextPayment>> =>
  services.get('/settlement/next-payment', shape, bearer);

export type Next = Readonly<{
  cents: number; on: string | null;
  /** `ordered`: a run has it, on that day; `promised`: by that day at the latest; `accruing`: not closed yet. */
  how: 'ordered' | 'promised' | 'accruing';
  statementId?: string;
}>;

/** The payment that comes first: what a run has before what waits for one, and that before what is not closed. */
export function nextOf({ unpaid, accruing }: NextPayment): Next | undefined {
  const ordered = unpaid.filter(({ executionOn }) => executionOn !== null);
  const [waiting, how] = ordered.length > 0 ? [ordered, 'ordered'] as const : [unpaid, 'promised'] as const;
  if (waiting.length > 0) {
    const days = waiting.flatMap(({ executionOn, payBy }) => (how === 'ordered' ? executionOn : payBy) ?? []).sort();
    const cents = waiting.reduce((sum, { toPayCents }) => sum + toPayCents, 0);
    return { cents, on: days[0] ?? null, how, ...(waiting.length === 1 && { statementId: waiting[0]!.statementId }) };
  }
  return accruing.netCents > 0 ? { cents: accruing.netCents, on: accruing.payBy, how: 'accruing' } : undefined;
}

// What redemption tells of the last use of a voucher.
import { z } from 'zod';

export const receiptShape = z.object({
  redemptionId: z.string(), placeName: z.string(), commune: z.string().nullable(), programmeName: z.string().nullable(),
  service: z.string().nullable(),
  serviceDate: z.string(), redeemedAt: z.string(), amountCents: z.int(), coPaymentCents: z.int(),
  leftAfterCents: z.int(), undoneOn: z.string().nullable(),
  state: z.enum(['usable', 'held', 'used', 'stopped', 'expired', 'frozen']), availableCents: z.int(), usableUntil: z.string(),
});
export type Receipt = z.output<typeof receiptShape>;

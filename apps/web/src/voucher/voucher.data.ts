// What redemption tells whoever holds a voucher.
import { z } from 'zod';

export const heldVoucherShape = z.object({
  state: z.enum(['usable', 'held', 'used', 'stopped', 'expired', 'frozen']), kind: z.enum(['unit', 'balance']), faceCents: z.int(),
  availableCents: z.int(), usableUntil: z.string(), programmeId: z.string(), programmeName: z.string().nullable(),
  services: z.array(z.string()), usedOn: z.string().nullable(), stoppedOn: z.string().nullable(),
});
export type HeldVoucher = z.output<typeof heldVoucherShape>;

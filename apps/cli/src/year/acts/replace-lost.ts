// Somebody has lost a part of a booklet: those vouchers are stopped, new ones take their place with what was left on
// them, and the first of these is used like any other.
import { dayIn } from '#libs/kernel';
import type { PrintedVoucher } from '../../world/money-in.js';
import { redeem } from '../../world/money-out.js';
import { waitFor } from '../../world/wait.js';
import type { LostVouchers } from '../plan/vouchers.decision.js';
import { operatorOf, type Year } from '../year.js';
import type { Till } from './accredit-places.js';

export type Lost = Readonly<{ orderId: string; batchId: string; vouchers: LostVouchers; till: Till }>;
type Batch = Readonly<{ batchId: string; movedCount: number | null }>;

const REPLACED_MS = 60_000;

export async function replaceLost(year: Year, { orderId, batchId, vouchers, till }: Lost): Promise<void> {
  const operator = operatorOf(year);
  await operator.post('/redemption/stops', { batchId, ...vouchers, reason: 'lost' });
  await year.time.settled();
  const replaced = await operator.post<{ batchId: string; count: number }>(`/issuance/batches/${batchId}/replacements`, vouchers);
  await waitFor('what was left has moved to the new vouchers', async () => {
    const { batches } = await operator.get<{ batches: Batch[] }>(`/issuance/orders/${orderId}`);
    return batches.find((batch) => batch.batchId === replaced.batchId)?.movedCount === replaced.count;
  }, REPLACED_MS);
  const [first] = await operator.post<PrintedVoucher[]>(`/issuance/batches/${replaced.batchId}/print-files`, { format: 'json' });
  await redeem(till.person, first!, dayIn(till.timeZone, year.time.now));
  year.tell(`${replaced.count} lost vouchers are stopped and replaced`);
}

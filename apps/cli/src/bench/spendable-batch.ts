// One order, from the payer's wish to a voucher of it that a till takes.
import { uuidv7 } from 'uuidv7';
import type { Person } from '../world/api.js';
import { payByTransfer, placeOrder, type PlacedOrder } from '../world/money-in.js';
import { waitFor } from '../world/wait.js';
import type { BenchScheme } from './issuance-scheme.js';

/** A million take a minute on a slow machine that others use too. */
const LOADED_MS = 900_000;

export type SpendableBatch = Readonly<{ batchId: string; seconds: number; steps: Readonly<Record<'funded' | 'minted' | 'loaded' | 'spendable', number>> }>;
type Shown = Readonly<{ batches: readonly Readonly<{ batchId: string; state: string; spendableCount: number }>[] }>;

export async function makeSpendable(setting: BenchScheme, count: number): Promise<SpendableBatch> {
  const { people: { operator }, payer, till, scheme, bank, today } = setting;
  const began = performance.now();
  const elapsed = () => (performance.now() - began) / 1_000;
  const order = await placeOrder(payer, scheme, count);
  await payByTransfer(operator, bank, order);
  const funded = elapsed();
  const { batchId } = await operator.post<{ batchId: string }>(`/issuance/orders/${order.orderId}/batches`, {});
  await waitFor('the batch is minted', async () => (await shown(operator, order, batchId)).state !== 'minting', LOADED_MS);
  const minted = elapsed();
  await waitFor('the batch is loaded', async () => (await shown(operator, order, batchId)).state === 'loaded', LOADED_MS);
  const loaded = elapsed();
  await operator.post(`/issuance/batches/${batchId}/activations`, {});
  await waitFor('the vouchers are spendable', async () => (await shown(operator, order, batchId)).spendableCount === count, LOADED_MS);
  const [voucher] = await codesOf(operator, batchId, 1);
  await till.post('/redemption/redemptions', { code: voucher!.code, serviceDate: today, amountCents: 1 }, uuidv7());
  const seconds = elapsed();
  return { batchId, seconds, steps: { funded, minted, loaded, spendable: seconds } };
}

export const codesOf = (operator: Person, batchId: string, count: number): Promise<{ serial: string; code: string }[]> =>
  operator.post(`/issuance/batches/${batchId}/print-files`, { format: 'json', first: 0, last: count - 1 });

const shown = async (operator: Person, { orderId }: PlacedOrder, batchId: string) =>
  (await operator.get<Shown>(`/issuance/orders/${orderId}`)).batches.find((one) => one.batchId === batchId)!;

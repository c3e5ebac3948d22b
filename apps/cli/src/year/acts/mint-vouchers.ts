// Vouchers come to exist, are printed, and on the first working day of the year are worth their money.
import { operatorOf, type Year } from '../year.js';
import type { PrintedVoucher } from '../../world/money-in.js';
import { waitFor } from '../../world/wait.js';
import type { Orders } from './fund-order.js';

/** Codes by index. */
export type Minted = Readonly<{ batchIds: readonly string[]; main: readonly string[]; second: readonly string[] }>;
/** Of 300,000, which take a minute or two on two cores. */
const MINTED_MS = 600_000;
type Batch = Readonly<{ batchId: string; state: string; spendableCount: number }>;

export async function mintVouchers(year: Year, { main, second }: Orders): Promise<Minted> {
  const { calendar, time, tell, folder } = year;
  await time.goTo(calendar.mintedOn, 9);
  const batchIds: string[] = [];
  for (const { orderId } of [main, second]) batchIds.push(await mint(year, orderId));
  const printed = await Promise.all(batchIds.map((batchId) => print(year, batchId)));
  folder.files.printFile = folder.write('vouchers.csv', csvOf(printed.flat()));
  tell(`${main.count + second.count} vouchers are minted and written to the print file`);
  await time.goTo(calendar.activatedOn, 8);
  for (const batchId of batchIds) await operatorOf(year).post(`/issuance/batches/${batchId}/activations`, {});
  await time.settled();
  tell(`they can be spent from ${calendar.activatedOn} on`);
  const [mainCodes, secondCodes] = printed.map((vouchers) => vouchers.map(({ code }) => code));
  return { batchIds, main: mainCodes!, second: secondCodes! };
}

async function mint(year: Year, orderId: string): Promise<string> {
  const operator = operatorOf(year);
  const { batchId } = await operator.post<{ batchId: string }>(`/issuance/orders/${orderId}/batches`, {});
  await waitFor('the batch is loaded', async () => {
    const { batches } = await operator.get<{ batches: Batch[] }>(`/issuance/orders/${orderId}`);
    return batches.find((batch) => batch.batchId === batchId)?.state === 'loaded';
  }, MINTED_MS);
  return batchId;
}

const print = (year: Year, batchId: string): Promise<PrintedVoucher[]> =>
  operatorOf(year).post<PrintedVoucher[]>(`/issuance/batches/${batchId}/print-files`, { format: 'json' });

const csvOf = (vouchers: readonly PrintedVoucher[]): string =>
  ['serial,code', ...vouchers.map(({ serial, code }) => `${serial},${code}`), ''].join('\r\n');

// Vouchers come to exist in booklets of ten and are printed: sheets with QR codes, and the lines that a printer works by.
import { waitFor } from '../../world/wait.js';
import { BOOKLET_SIZE } from '../plan/vouchers.decision.js';
import { operatorOf, type Year } from '../year.js';
import type { Orders } from './fund-order.js';

/** `codes` by index. */
export type MintedBatch = Readonly<{ batchId: string; bookletSize: number; codes: readonly string[] }>;
/** `lines` is the file that the printer gets, which is the first time that the codes leave. */
type Printed = MintedBatch & Readonly<{ lines: Buffer }>;
export type Minted = Readonly<{ main: MintedBatch; second: MintedBatch }>;
type Batch = Readonly<{ batchId: string; state: string }>;

/** Of 300,000, which take a minute or two on two cores. */
const MINTED_MS = 600_000;
/** A file of sheets may be five times as long; this one is for looking at. */
const SHEET_VOUCHERS_MAX = 20_000;

export async function mintVouchers(year: Year, orders: Orders): Promise<Minted> {
  const { calendar, time, folder, tell } = year;
  await time.goTo(calendar.mintedOn, 9);
  const [main, second] = [await mint(year, orders.main), await mint(year, orders.second)];
  folder.files.printFile = folder.write('vouchers.csv', main.lines);
  folder.write('vouchers-second.csv', second.lines);
  const last = Math.min(orders.main.count, SHEET_VOUCHERS_MAX) - 1;
  folder.files.pdf = folder.write('vouchers.pdf', await print(year, main, { format: 'pdf', first: 0, last }));
  tell(`${orders.main.count + orders.second.count} vouchers are minted, in booklets of ${main.bookletSize}, and printed`);
  return { main: codesOf(main), second: codesOf(second) };
}

const codesOf = ({ batchId, bookletSize, codes }: Printed): MintedBatch => ({ batchId, bookletSize, codes });

type Minting = Omit<MintedBatch, 'codes'>;

async function mint(year: Year, { orderId, count }: Orders['main']): Promise<Printed> {
  const operator = operatorOf(year);
  // What does not come out even in whole booklets is bound as it can be.
  const bookletSize = count % BOOKLET_SIZE === 0 ? BOOKLET_SIZE : null;
  const batch = await operator.post<Minting>(`/issuance/orders/${orderId}/batches`, { bookletSize });
  await waitFor('the batch is loaded', async () => {
    const { batches } = await operator.get<{ batches: Batch[] }>(`/issuance/orders/${orderId}`);
    return batches.find(({ batchId }) => batchId === batch.batchId)?.state === 'loaded';
  }, MINTED_MS);
  const lines = await print(year, batch, { format: 'csv' });
  const codes = lines.toString().trimEnd().split('\r\n').slice(1).map((line) => line.split(',')[3]!);
  return { batchId: batch.batchId, bookletSize: batch.bookletSize, codes, lines };
}

/** Whoever holds these can spend. */
const print = (year: Year, { batchId }: Minting, what: object): Promise<Buffer> =>
  operatorOf(year).download(`/issuance/batches/${batchId}/print-files`, what);

/** On the first working day of the year they are worth their money. */
export async function activateVouchers(year: Year, { main, second }: Minted): Promise<void> {
  const { calendar, time, tell } = year;
  await time.goTo(calendar.activatedOn, 8);
  for (const { batchId } of [main, second]) await operatorOf(year).post(`/issuance/batches/${batchId}/activations`, {});
  await time.settled();
  tell(`they can be spent from ${calendar.activatedOn} on`);
}

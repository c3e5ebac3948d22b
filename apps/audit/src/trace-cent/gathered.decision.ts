// What was read for one page of a trace, before anything is decided of it.
import type { KeptEvent, VoucherPlace } from './kept-event.decision.js';

/** Where the next page of redemptions begins: a list by batches, or one by statements and numbers. */
export type TraceCursor = readonly [string, number, number];

export type Gathered = Readonly<{
  /** Steps of the money. */
  events: readonly KeptEvent[];
  redemptions: readonly KeptEvent[];
  /** Of each voucher, by `placeKey`: those it stands in the place of, the nearest first. */
  before: ReadonlyMap<string, readonly VoucherPlace[]>;
  /** Every redemption of these vouchers, in the page or not, but those undone: which cents one used depends on them. */
  uses: readonly KeptEvent[];
  /** What is known around them, and a step only where a thread goes through it. */
  payees: readonly KeptEvent[];
  statements: readonly KeptEvent[];
  /** What fed the commons before they gave what the trace begins with, the newest first, as far as it covers that. */
  fed: readonly KeptEvent[];
  next: TraceCursor | null;
  isCut: boolean;
}>;

export const placeKey = ({ batchId, index }: VoucherPlace): string => `${batchId}/${index}`;
export const placeAt = (key: string): VoucherPlace => {
  const [batchId, index] = key.split('/');
  return { batchId: batchId!, index: Number(index) };
};
export const placeOf = ({ body: { batchId, voucherIndex } }: KeptEvent): VoucherPlace | undefined =>
  (batchId !== undefined && voucherIndex !== undefined ? { batchId, index: voucherIndex } : undefined);

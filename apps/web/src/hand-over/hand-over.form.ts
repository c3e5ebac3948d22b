// What is typed to hand vouchers over, and the request that it becomes.
import { z } from 'zod';
import { BATCH_ID, bookletsTyped, typed } from '../stock/acts.js';

const around = { inseeCode: typed, publicCategory: typed, agentId: typed };
export const ScanForm = z.strictObject({ key: z.uuid(), serial: typed, ...around });
export const RangeForm = z.strictObject({ key: z.uuid(), batchId: BATCH_ID, first: typed, last: typed, ...around });
export type Scan = z.output<typeof ScanForm>;
export type RangeTyped = z.output<typeof RangeForm>;
type Around = Pick<Scan, 'inseeCode' | 'publicCategory' | 'agentId'>;

/** A code has eighteen characters, numbers have sixteen: a code that was typed is not sent on, nor shown again. */
const CODE_LENGTH = 18;
export const isCode = (text: string): boolean => text.replace(/[^0-9a-z]/gi, '').length >= CODE_LENGTH;

const aroundOf = ({ inseeCode, publicCategory, agentId }: Around): object => ({
  ...(inseeCode !== '' && { inseeCode: inseeCode.toUpperCase() }), ...(publicCategory !== '' && { publicCategory }), ...(agentId !== '' && { agentId }),
});

export const scanBody = (scan: Scan): object => ({ handOvers: [{ serial: scan.serial, ...aroundOf(scan) }] });

/** Undefined where the numbers are none. */
export function rangeBody(range: RangeTyped): object | undefined {
  const booklets = bookletsTyped(range.first, range.last);
  return booklets && { handOvers: [{ batchId: range.batchId, booklets, ...aroundOf(range) }] };
}

// What somebody scans or types from paper: the serial of a voucher, or the number on the cover of a booklet. Both are public.
import { isRejected, type BatchId } from '#libs/kernel';
import { parseBookletNumber, parseSerial, type BookletParts, type Keyring, type SerialParts } from '#libs/keys';
import type { Sql } from '#libs/persistence';
import type { BatchRange } from './holding.decision.js';
import { rangeOf } from './voucher-range.decision.js';

type Labelled = Readonly<{ batchId: BatchId; count: number; bookletSize: number; label: string; serialPermutationId: string }>;

/** For each text, by its place in the list; undefined for what names no voucher and no booklet of ours. */
export async function rangesOfScans(sql: Sql, keyring: Keyring, texts: readonly string[]): Promise<readonly (BatchRange | undefined)[]> {
  const parts = texts.map(partsOf);
  const labels = [...new Set(parts.flatMap((part) => part?.label ?? []))];
  const rows = await sql.$queryRaw<Labelled[]>`
    select b.id as "batchId", b.count, b.booklet_size as "bookletSize", b.serial_label as label, b.serial_permutation_id as "serialPermutationId"
    from issuance.batch b where b.serial_label = any(${labels}::text[])`;
  const batches = new Map(rows.map((row) => [row.label, { ...row, serials: keyring.serials(row.serialPermutationId) }]));
  return parts.map((part) => {
    const batch = part && batches.get(part.label);
    if (!batch) return undefined;
    const asked = 'booklet' in part
      ? { booklets: { first: part.booklet, last: part.booklet } }
      : { first: batch.serials.indexOf(part.number), last: batch.serials.indexOf(part.number) };
    const range = rangeOf(asked, batch);
    return range && { batchId: batch.batchId, range };
  });
}

function partsOf(text: string): BookletParts | SerialParts | undefined {
  const serial = parseSerial(text);
  return parseBookletNumber(text) ?? (isRejected(serial) ? undefined : serial);
}

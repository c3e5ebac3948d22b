// Booklets as a PDF for any A4 printer, page by page: a page is drawn when the one before has left, so that a long file
// takes no more memory than a short one. The same request gives the same bytes.
import { setImmediate } from 'node:timers/promises';
import { deriveCode, printCode } from '#libs/keys';
import { leaving, newDocument, nextPage } from '#libs/pdf';
import type { OpenBatch } from '../print-batch/print-lines.js';
import { countOf, type Range } from '../voucher-range.decision.js';
import type { Cover } from './cover.store.js';
import { drawSheet, maskFor, SHEET_VOUCHERS, type Sheet } from './draw-sheet.js';
import type { VoucherAddresses } from './voucher-addresses.js';

type Setting = Readonly<{ cover: Cover; addresses: VoucherAddresses; at: Date }>;

/** `openBatch` is called when the first piece is read, and its key is overwritten when the last one is, or none will be. */
export async function* sheetsOf(
  openBatch: () => OpenBatch, { cover, addresses, at }: Setting,
): AsyncGenerator<Uint8Array> {
  const batch = openBatch();
  try {
    const document = newDocument({ title: cover.programme, language: 'fr-FR', at });
    const maskPattern = maskFor(addresses.of(deriveCode(batch.batchKey, batch.range.first)));
    for (const range of pagesOf(batch)) {
      // A page takes some milliseconds: others get their turn after each.
      await setImmediate();
      nextPage(document);
      drawSheet(document, sheetOf(batch, range, addresses), { cover, maskPattern, reprint: batch.reprint });
      yield* leaving(document);
    }
    document.end();
    yield* leaving(document);
  } finally {
    batch.batchKey.fill(0);
  }
}

/** A booklet a page; loose vouchers fill pages. A range that begins within a booklet begins with the rest of it. */
export function pagesOf({ range, bookletSize }: Pick<OpenBatch, 'range' | 'bookletSize'>): Range[] {
  const size = bookletSize === 1 ? SHEET_VOUCHERS : bookletSize;
  const offset = bookletSize === 1 ? range.first : range.first - (range.first % bookletSize);
  const pages = Math.ceil((range.last + 1 - offset) / size);
  return Array.from({ length: pages }, (_, page) => ({
    first: Math.max(range.first, offset + page * size), last: Math.min(range.last, offset + (page + 1) * size - 1),
  }));
}

function sheetOf({ batchKey, serials, bookletSize }: OpenBatch, range: Range, addresses: VoucherAddresses): Sheet {
  const isLoose = bookletSize === 1;
  return {
    booklet: isLoose ? null : serials.bookletNumberOf(Math.floor(range.first / bookletSize)),
    vouchers: Array.from({ length: countOf(range) }, (_, place) => {
      const index = range.first + place;
      const code = deriveCode(batchKey, index);
      return {
        serial: serials.serialOf(index), code: printCode(code), address: addresses.of(code),
        position: isLoose ? null : (index % bookletSize) + 1,
      };
    }),
  };
}

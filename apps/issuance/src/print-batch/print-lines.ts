// The file that a printer gets: booklet, place in it, serial and code of each voucher. Codes are derived while the file
// leaves, are held nowhere, and must not be logged by whoever reads this.
import { setImmediate } from 'node:timers/promises';
import { deriveCode, printCode, type BatchKey, type Serials } from '#libs/keys';
import { csvLine } from '#libs/tabular';
import { PRINT_SLICE } from '../limits.js';
import { countOf, type Range } from '../voucher-range.decision.js';

export type OpenBatch = Readonly<{
  range: Range; bookletSize: number; batchKey: BatchKey; serials: Serials;
  /** How often codes of this range had left before. Above 0 the file says so: whoever holds both holds the same money twice. */
  reprint: number;
}>;
/** Loose vouchers have no booklet. `position` counts from 1, as whoever binds them does. */
type Line = Readonly<{ booklet: string | null; position: number | null; serial: string; code: string }>;

/** `openBatch` is called when the first piece is read, and its key is overwritten when the last one is, or none will be. */
export async function* linesOf(openBatch: () => OpenBatch, format: 'csv' | 'json'): AsyncGenerator<Uint8Array> {
  const batch = openBatch();
  const { range: { first, last }, batchKey } = batch;
  const { head, between, foot, show } = FORMATS[format](batch.reprint);
  try {
    yield Buffer.from(head);
    for (let from = first; from <= last; from += PRINT_SLICE) {
      // A large batch takes seconds: others get their turn after each slice.
      await setImmediate();
      const count = countOf({ first: from, last: Math.min(from + PRINT_SLICE - 1, last) });
      const lines = Array.from({ length: count }, (_, at) => show(lineOf(batch, from + at)));
      yield Buffer.from((from === first ? '' : between) + lines.join(between));
    }
    if (foot) yield Buffer.from(foot);
  } finally {
    batchKey.fill(0);
  }
}

const lineOf = ({ batchKey, serials, bookletSize }: OpenBatch, index: number): Line => ({
  booklet: bookletSize === 1 ? null : serials.bookletNumberOf(Math.floor(index / bookletSize)),
  position: bookletSize === 1 ? null : (index % bookletSize) + 1,
  serial: serials.serialOf(index),
  code: printCode(deriveCode(batchKey, index)),
});

type Format = Readonly<{ head: string; between: string; foot: string; show: (line: Line) => string }>;

const FORMATS: Readonly<Record<'csv' | 'json', (reprint: number) => Format>> = {
  csv: (reprint) => {
    const [title, mark] = reprint > 0 ? [[`REIMPRESSION / REPRINT ${reprint}`], [reprint]] : [[], []];
    return {
      head: csvLine(['booklet', 'position', 'serial', 'code', ...title], ','), between: '', foot: '',
      show: ({ booklet, position, serial, code }) => csvLine([booklet, position, serial, code, ...mark], ','),
    };
  },
  json: (reprint) => ({
    head: '[', between: ',\n', foot: ']\n', show: (line) => JSON.stringify(reprint > 0 ? { ...line, reprint } : line),
  }),
};

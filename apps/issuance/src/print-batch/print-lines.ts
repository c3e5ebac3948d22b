// The file that a printer gets: one serial and one code per voucher. Codes are derived while the file leaves, are held
// nowhere, and must not be logged by whoever reads this.
import { setImmediate } from 'node:timers/promises';
import { deriveCode, printCode, type BatchKey, type Serials } from '#libs/keys';
import { PRINT_SLICE } from '../limits.js';
import type { PrintFormat } from './print-batch.command.js';

export type PrintedBatch = Readonly<{ count: number; batchKey: BatchKey; serials: Serials }>;
type Line = Readonly<{ serial: string; code: string }>;

/** `openBatch` is called when the first piece is read, and its key is overwritten when the last one is, or none will be. */
export async function* printLines(openBatch: () => PrintedBatch, format: PrintFormat): AsyncGenerator<string> {
  const { count, batchKey, serials } = openBatch();
  const { head, between, foot, show } = FORMATS[format];
  try {
    yield head;
    for (let first = 0; first < count; first += PRINT_SLICE) {
      // A large batch takes seconds: others get their turn after each slice.
      await setImmediate();
      const indices = Array.from({ length: Math.min(PRINT_SLICE, count - first) }, (_, at) => first + at);
      const lines = indices.map((index) =>
        show({ serial: serials.serialOf(index), code: printCode(deriveCode(batchKey, index)) }));
      yield (first === 0 ? '' : between) + lines.join(between);
    }
    yield foot;
  } finally {
    batchKey.fill(0);
  }
}

const FORMATS: Record<PrintFormat, { head: string; between: string; foot: string; show: (line: Line) => string }> = {
  csv: { head: 'serial,code\r\n', between: '\r\n', foot: '\r\n', show: ({ serial, code }) => `${serial},${code}` },
  json: { head: '[', between: ',\n', foot: ']\n', show: (line) => JSON.stringify(line) },
};

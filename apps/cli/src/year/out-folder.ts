// Where the files of a year lie: what was printed, sent to the bank and told by it.
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { join, resolve } from 'node:path';

/** Absolute paths, by what the files are; a list keeps the order in which they were written. */
export type YearFiles = {
  pdf?: string;
  printFile?: string;
  /** The folder of the statements to places, a file each. */
  statements?: string;
  pain001Places: string[];
  pain001Refunds: string[];
  /** Statements (camt.053) and answers to payment files (pain.002). */
  bankReports: string[];
  auditExport?: string;
  /** What became of each row of the imported places. */
  placeRows?: string;
};

export class OutFolder {
  readonly path: string;
  readonly files: YearFiles = { pain001Places: [], pain001Refunds: [], bankReports: [] };

  /** Without a wish it is a new temporary folder, which is kept. */
  constructor(wanted: string | undefined) {
    this.path = wanted === undefined ? mkdtempSync(join(os.tmpdir(), 'mereau-year-')) : resolve(wanted);
    mkdirSync(this.path, { recursive: true });
  }

  /** The path of a folder in it. */
  open(name: string): string {
    const path = join(this.path, name);
    mkdirSync(path, { recursive: true });
    return path;
  }

  /** The file's path. For its owner only: a print file is money, a payment file names accounts. */
  write(name: string, content: string | Uint8Array): string {
    const path = join(this.path, name);
    writeFileSync(path, content, { mode: 0o600 });
    return path;
  }
}

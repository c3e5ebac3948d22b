// Documents as files in the folder `invoices` of the data folder, for somebody to fetch. A file is there whole or not at
// all: it is written under another name, forced to the disk, and linked to its own, which no second one can take.
import { randomBytes } from 'node:crypto';
import { link, mkdir, open, readFile, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256Of } from '../invoices/invoice.store.js';
import { InvoiceDelivery, type InvoiceToDeliver } from './invoice-delivery.js';

export class FileDrop extends InvoiceDelivery {
  readonly #folder: string;

  constructor(dataDir: string) {
    super();
    this.#folder = join(dataDir, 'invoices');
  }

  async deliver({ sellerSiren, number, pdf, pdfSha256 }: InvoiceToDeliver): Promise<{ place: string }> {
    const name = `${sellerSiren}_${number}.pdf`;
    const path = join(this.#folder, name);
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    // Named apart in each try: what a killed one left behind is in nobody's way.
    const draft = join(this.#folder, `.${name}.${randomBytes(6).toString('hex')}`);
    await writeWhole(draft, pdf);
    try {
      await link(draft, path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      if (sha256Of(await readFile(path)) !== pdfSha256) throw new Error(`${path} is there with other bytes than invoice ${number} has`);
    } finally {
      await unlink(draft);
    }
    await syncFolder(this.#folder);
    return { place: `invoices/${name}` };
  }
}

async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** A name is on the disk once its folder is. Windows cannot open a folder, and keeps names by itself. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

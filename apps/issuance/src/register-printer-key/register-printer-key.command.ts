import { Command, Query } from '@nestjs/cqrs';
import type { PrinterKeyId, Rejected } from '#libs/kernel';
import type { Meta } from '#libs/persistence';
import type { PrinterKey } from '../printer-key.store.js';

export type RegisteredKey = Readonly<{ printerKeyId: PrinterKeyId; fingerprint: string }>;

/** From here on codes as lines leave encrypted only. */
export class RegisterPrinterKey extends Command<RegisteredKey | Rejected> {
  constructor(readonly name: string, readonly publicKey: string, readonly meta: Meta) {
    super();
  }
}

/** Nothing is encrypted to it any more. */
export class WithdrawPrinterKey extends Command<{ printerKeyId: PrinterKeyId } | Rejected> {
  constructor(readonly printerKeyId: PrinterKeyId, readonly meta: Meta) {
    super();
  }
}

export class ListPrinterKeys extends Query<readonly PrinterKey[]> {
  constructor(readonly after: PrinterKeyId | null, readonly rowsMax: number) {
    super();
  }
}

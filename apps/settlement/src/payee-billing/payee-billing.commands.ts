import { Command } from '@nestjs/cqrs';
import type { PayeeId, Rejected } from '#libs/kernel';
import type { Meta } from '#libs/persistence';
import type { Reader } from '../reader.js';

export type PayeeBilling = Readonly<{ address: string; vatNumber: string | null }>;
export type Versioned = Readonly<{ version: number }>;

/** Of later invoices: those that were issued keep what they say. */
export class GivePayeeBilling extends Command<Versioned | Rejected> {
  constructor(readonly request: Readonly<{ payeeId: PayeeId; by: Reader; billing: PayeeBilling }>, readonly meta: Meta) { super(); }
}

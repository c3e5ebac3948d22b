import { Command } from '@nestjs/cqrs';
import type { Actor } from '#libs/contracts';
import type { BatchId, PrintFileId, Rejected } from '#libs/kernel';
import type { Meta } from '#libs/persistence';
import type { AskedRange } from '../voucher-range.decision.js';
import type { PrintForm } from './print-form.decision.js';

export type GrantedPrintFile = Readonly<{ printFileId: PrintFileId }>;

/** Records which codes of a batch somebody asks for. Its answer is stored, so there is no code in it. */
export class RequestPrintFile extends Command<GrantedPrintFile | Rejected> {
  constructor(readonly batchId: BatchId, readonly form: PrintForm, readonly asked: AskedRange, readonly meta: Meta) {
    super();
  }
}

export type TakenPrintFile = Readonly<{ pieces: AsyncIterable<Uint8Array> }>;

/** The bytes of a granted file, made while they leave. Each time is recorded and told to audit, also under one key. */
export class TakePrintFile extends Command<TakenPrintFile | Rejected> {
  constructor(readonly printFileId: PrintFileId, readonly by: Readonly<{ actor: Actor; correlationId: string }>) {
    super();
  }
}

import { Command } from '@nestjs/cqrs';
import type { Actor } from '#libs/contracts';
import type { BatchId, PrinterKeyId, PrintFileId, Rejected } from '#libs/kernel';
import type { Meta } from '#libs/persistence';
import type { AskedRange } from '../voucher-range.decision.js';

/** `csv`, `json`: lines as they are; `pgp`: the csv encrypted to a printer; `pdf`: sheets; `letters`: what goes with booklets. */
export const PRINT_FORMATS = ['csv', 'json', 'pdf', 'pgp', 'letters'] as const;
export type PrintFormat = (typeof PRINT_FORMATS)[number];
export const LETTER_LANGUAGES = ['fr', 'en'] as const;
export type LetterLanguage = (typeof LETTER_LANGUAGES)[number];

export type LetterForm = Readonly<{
  language: LetterLanguage; largePrint: boolean;
  /** INSEE code; null: in the territory of the first payer. */
  commune: string | null;
}>;
/** `printerKeyId` for `pgp`, `letters` for letters, and null otherwise. */
export type PrintForm = Readonly<{ format: PrintFormat; printerKeyId: PrinterKeyId | null; letters: LetterForm | null }>;
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

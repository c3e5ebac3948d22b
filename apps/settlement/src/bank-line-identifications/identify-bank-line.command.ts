import { Command } from '@nestjs/cqrs';
import type { BankLineId, DebitNoteId, PlaceInvoiceId, ProgrammeId, Rejected } from '#libs/kernel';
import type { Meta } from '#libs/persistence';

export type IdentityRequest =
  | Readonly<{ kind: 'payer_receipt'; reference: string | null }>
  | Readonly<{ kind: 'psp_payout'; payoutId: string }>
  | Readonly<{ kind: 'debit_note'; debitNoteId: DebitNoteId }>
  | Readonly<{ kind: 'place_invoice'; placeInvoiceId: PlaceInvoiceId }>
  /** `programmeId` null: to the national pool. */
  | Readonly<{ kind: 'gift'; programmeId: ProgrammeId | null }>
  | Readonly<{ kind: 'paid_in' }>;
export type IdentifiedLine = Readonly<{ bankLineId: BankLineId; kind: IdentityRequest['kind']; amountCents: number; currency: 'EUR' }>;

/** A person says what an unknown bank credit is. */
export class IdentifyBankLine extends Command<IdentifiedLine | Rejected> {
  constructor(readonly bankLineId: BankLineId, readonly request: IdentityRequest, readonly meta: Meta) { super(); }
}

// What the fake bank knows of a day, before it is written in one version or another of the message.
import type { Cents, LocalDate } from '#libs/kernel';

export type FakeParty = Readonly<{ name: string; iban: string; ultimateName?: string }>;

export type FakeDetail = Readonly<{
  amountCents: Cents;
  endToEndId?: string;
  instructionId?: string;
  paymentInformationId?: string;
  counterparty?: FakeParty;
  /** An ISO 11649 reference in the field made for it. */
  reference?: string;
  /** Free text; a bank folds a long one into several fields. */
  text?: readonly string[];
  returnReason?: string;
  returnText?: string;
}>;

export type FakeEntry = Readonly<{
  side: 'credit' | 'debit';
  amountCents: Cents;
  status: 'BOOK' | 'PDNG';
  bookedOn: LocalDate;
  entryRef: string;
  /** Domain, family and sub-family of the ISO list. */
  code: readonly [string, string, string];
  note: string;
  batch?: Readonly<{ messageId: string; paymentInformationId: string; count: number }>;
  details: readonly FakeDetail[];
}>;

export type FakeStatement = Readonly<{
  messageId: string;
  statementId: string;
  sequence: number;
  day: LocalDate;
  iban: string;
  ownerName: string;
  bic: string;
  openingCents: Cents;
  closingCents: Cents;
  entries: readonly FakeEntry[];
}>;

export type CamtVersion = '02' | '08';

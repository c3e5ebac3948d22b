// What a bank answers to a payment file, read without judging it: statuses of the file, of its parts, of its payments.
import type { Cents } from '#libs/kernel';

export type ReportedStatus = Readonly<{
  /** An ISO code: ACCP, ACSP, PDNG, PART, RJCT … Absent where the bank tells only a reason. */
  code?: string;
  /** An ISO code (AC04) or the bank's own word. */
  reason?: string;
  text?: string;
}>;

export type ReportedPayment = Readonly<{
  endToEndId?: string;
  instructionId?: string;
  /** As the bank repeats it from our file; few do. */
  amount?: Readonly<{ amountCents: Cents; currency: string }>;
  /** As the bank repeats them from our file: an answer to a verification of payees is about both together. */
  creditor?: Readonly<{ name: string; iban: string }>;
  status: ReportedStatus;
}>;

export type ReportedPart = Readonly<{ paymentInformationId: string; status: ReportedStatus; payments: readonly ReportedPayment[] }>;

export type PaymentReport = Readonly<{
  messageId: string;
  createdAt: string;
  /** `10` of pain.002.001.10; absent when the file names no version. */
  version?: string;
  /** Of the payment file that it answers to. */
  originalMessageId: string;
  status: ReportedStatus;
  parts: readonly ReportedPart[];
}>;

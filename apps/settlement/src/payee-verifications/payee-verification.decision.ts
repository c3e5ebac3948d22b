// What a bank's answer to a verification of payees means for the versions of accounts that were asked about. The bank answers a
// pair of IBAN and name: an answer about another name than the holder's says nothing about the version.
import { reject, type BankAccountId, type Rejected } from '#libs/kernel';
import { sepaText } from '../bank-files/pain001/sepa-text.js';
import type { PaymentReport, ReportedPayment } from '../bank-files/payment-report.js';
import type { Verification } from '../payee-bank-accounts/payee-bank-account.commands.js';
import type { RefusalCode } from '../refusals.js';

/** The status codes of the EPC's scheme, which banks put where payments have theirs. */
const MEANING: Readonly<Record<string, Verification>> = { RCVC: 'match', RVMC: 'close_match', RVNM: 'no_match', RVNA: 'not_possible' };
const NAME_LENGTH_MAX = 70;

export type AskedVersion = Readonly<{ id: BankAccountId; iban: string; holder: string }>;
export type VerifiedVersion = Readonly<{ ordinal: number; bankAccountId: BankAccountId; outcome: Verification; bankText: string | null }>;
export type Answered = Readonly<{ ordinal: number; outcome: Verification; payment: ReportedPayment }>;

/** The answers in a report; ordinary statuses of payments are none. */
export function answersIn({ parts }: PaymentReport): readonly Answered[] {
  return parts.flatMap(({ payments }) => payments).flatMap((payment, ordinal) => {
    const outcome = MEANING[payment.status.code ?? ''];
    return outcome ? [{ ordinal, outcome, payment }] : [];
  });
}

export function decideVerification(
  answers: readonly Answered[], asked: readonly AskedVersion[],
): Readonly<{ kind: 'verified'; versions: readonly VerifiedVersion[]; strangers: number }> | Rejected<RefusalCode> {
  if (answers.length === 0) return reject('bank_file_not_verification');
  const about = answers.map(({ ordinal, outcome, payment }) => asked
    .filter((version) => payment.creditor && version.iban === payment.creditor.iban && sameName(version.holder, payment.creditor.name))
    .map(({ id }): VerifiedVersion => ({ ordinal, bankAccountId: id, outcome, bankText: payment.status.text ?? null })));
  return { kind: 'verified', versions: about.flat(), strangers: about.filter((versions) => versions.length === 0).length };
}

/** As the payment file writes names, in which the bank was asked. */
const sameName = (one: string, other: string): boolean =>
  sepaText(one, NAME_LENGTH_MAX).toUpperCase() === sepaText(other, NAME_LENGTH_MAX).toUpperCase();

// From what the bank's file says to what the decision looks at. Nothing is judged here.
import { sepaText } from '../bank-files/pain001/sepa-text.js';
import type { PaymentReport } from '../bank-files/payment-report.js';
import type { Verification } from '../payee-bank-accounts/payee-bank-account.decision.js';
import type { Answered } from './payee-verification.decision.js';

/** The status codes of the EPC's scheme, which banks put where payments have theirs. */
const MEANING: Readonly<Record<string, Verification>> = { RCVC: 'match', RVMC: 'close_match', RVNM: 'no_match', RVNA: 'not_possible' };
const NAME_LENGTH_MAX = 70;

/** A name as the payment file writes it, in which the bank was asked. */
export const askedName = (name: string): string => sepaText(name, NAME_LENGTH_MAX).toUpperCase();

/** The answers in a report; ordinary statuses of payments are none. */
export function answersIn({ parts }: PaymentReport): readonly Answered[] {
  return parts.flatMap(({ payments }) => payments).flatMap(({ status, creditor }, ordinal) => {
    const outcome = MEANING[status.code ?? ''];
    const about = creditor ? { iban: creditor.iban, name: askedName(creditor.name) } : null;
    return outcome ? [{ ordinal, outcome, about, bankText: status.text ?? null }] : [];
  });
}

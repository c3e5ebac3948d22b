// What a bank's answer to a verification of payees means for the versions of accounts that were asked about. The bank answers a
// pair of IBAN and name: an answer about another name than the holder's says nothing about the version.
import { reject, type BankAccountId, type Rejected } from '#libs/kernel';
import type { Verification } from '../payee-bank-accounts/payee-bank-account.decision.js';
import type { RefusalCode } from '../refusals.js';

/** Names are as payment files write them, in capitals. */
export type AskedVersion = Readonly<{ id: BankAccountId; iban: string; name: string }>;
export type VerifiedVersion = Readonly<{ ordinal: number; bankAccountId: BankAccountId; outcome: Verification; bankText: string | null }>;
/** `ordinal`: its place in the report. Without `about`, the bank does not repeat what it was asked. */
export type Answered = Readonly<{
  ordinal: number; outcome: Verification; about: Readonly<{ iban: string; name: string }> | null; bankText: string | null;
}>;

const DAY_MS = 86_400_000;
/** No bank answered before; a year that the database has no day of would be a fault of ours. */
const EARLIEST = new Date('2020-01-01T00:00:00Z');

/**
 * When the bank answered, by its file. Without a zone it is read as UTC: a few hours do not change which of two answers is the later
 * one. One of a day to come would stay the latest, whatever the bank says after it.
 */
export function decideAnsweredAt(text: string, at: Date): Date | Rejected<RefusalCode> {
  const answeredAt = new Date(/(Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}Z`);
  const isKnown = answeredAt >= EARLIEST && answeredAt.getTime() <= at.getTime() + DAY_MS;
  return isKnown ? answeredAt : reject('bank_file_field_wrong', { field: 'GrpHdr/CreDtTm' });
}

export function decideVerification(
  answers: readonly Answered[], asked: readonly AskedVersion[],
): Readonly<{ kind: 'verified'; versions: readonly VerifiedVersion[]; strangers: number }> | Rejected<RefusalCode> {
  if (answers.length === 0) return reject('bank_file_not_verification');
  const found = answers.map(({ ordinal, outcome, about, bankText }) => asked
    .filter(({ iban, name }) => iban === about?.iban && name === about.name)
    .map(({ id }): VerifiedVersion => ({ ordinal, bankAccountId: id, outcome, bankText })));
  return { kind: 'verified', versions: found.flat(), strangers: found.filter((versions) => versions.length === 0).length };
}

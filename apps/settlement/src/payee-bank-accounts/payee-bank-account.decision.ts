// Two people stand behind every account that money goes to: one enters it, another compares it with the document.
import { reject, type PayeeId, type Rejected } from '#libs/kernel';
import type { RefusalCode } from '../refusals.js';
import { fitsIban } from './bic-country.decision.js';

export const VERIFICATIONS = ['match', 'close_match', 'no_match', 'not_possible'] as const;
/** What the payee's bank says of the holder's name: the same, nearly the same, another one, or nothing. */
export type Verification = (typeof VERIFICATIONS)[number];

export type Proposal = Readonly<{
  payeeId: PayeeId;
  iban: string;
  bic: string | null;
  /** Complete: the legal body is known, or it is a sender, of whom the bank's name is all that is known. */
  payee: Readonly<{ complete: boolean }> | undefined;
  ourIbans: ReadonlySet<string>;
  holder: PayeeId | undefined;
  /** Two people decided that the payee shares the IBAN with whoever holds it. */
  isShared: boolean;
}>;

export function decideProposal({ payeeId, iban, bic, payee, ourIbans, holder, isShared }: Proposal): { kind: 'proposed' } | Rejected<RefusalCode> {
  if (!payee) return reject('payee_unknown');
  if (!payee.complete) return reject('payee_incomplete');
  if (!fitsIban(iban, bic)) return reject('bic_not_of_iban');
  if (ourIbans.has(iban)) return reject('iban_is_ours');
  if (isTaken(payeeId, holder, isShared)) return reject('iban_taken');
  return { kind: 'proposed' };
}

/** The bank's latest answer about a version. `byThemselves`: somebody who stands behind the account brought the file. */
export type Answer = Readonly<{ outcome: Verification; importedBy: string; byThemselves: boolean }>;

export type VersionCheck = Readonly<{
  version: Readonly<{ payeeId: PayeeId; version: number; maker: string; approved: boolean }> | undefined;
  latest: number;
  checker: string;
  /** Who holds the IBAN now: another payee's account may have been approved since this one was proposed. */
  holder: PayeeId | undefined;
  isShared: boolean;
  verification: Answer | undefined;
  /**
   * A place entered it, for a holder who is not the legal body that is paid: the bank's word is about the name that it was given, so
   * that it confirms nothing.
   */
  holderDiffers: boolean;
  /** Why the checker finds it right though the bank did not confirm it. */
  reason: string | null;
}>;

const isTaken = (payeeId: PayeeId, holder: PayeeId | undefined, isShared: boolean): boolean =>
  holder !== undefined && holder !== payeeId && !isShared;

/**
 * Close is enough: banks write names in their own way, and the checker is shown theirs. A file can be written by hand, so one that
 * somebody behind the account brought confirms nothing.
 */
const confirms = (answer: Answer | undefined): boolean =>
  answer !== undefined && (answer.outcome === 'match' || answer.outcome === 'close_match') && !answer.byThemselves;

export function decideVersionApproval(check: VersionCheck): { kind: 'approved' } | Rejected<RefusalCode> {
  const { version, latest, checker, holder, isShared, verification, holderDiffers, reason } = check;
  if (!version) return reject('payee_bank_account_unknown');
  if (version.approved) return reject('bank_account_approved');
  if (version.maker === checker) return reject('checker_is_maker');
  if (version.version < latest) return reject('bank_account_superseded', { version: version.version, latest });
  if (isTaken(version.payeeId, holder, isShared)) return reject('iban_taken');
  if ((!confirms(verification) || holderDiffers) && reason === null) {
    return reject('payee_not_verified', { verification: verification?.outcome ?? 'missing', holderDiffers, ...(verification && { importedBy: verification.importedBy }) });
  }
  return { kind: 'approved' };
}

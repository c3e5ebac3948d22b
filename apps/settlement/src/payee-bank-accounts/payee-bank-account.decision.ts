// Two people stand behind every account that money goes to: one enters it, another compares it with the document.
import { reject, type PayeeId, type Rejected } from '#libs/kernel';
import type { RefusalCode } from '../refusals.js';

export type Proposal = Readonly<{
  payeeId: PayeeId;
  iban: string;
  /** Complete: the legal body is known, or it is a sender, of whom the bank's name is all that is known. */
  payee: Readonly<{ complete: boolean }> | undefined;
  ourIbans: ReadonlySet<string>;
  holder: PayeeId | undefined;
}>;

export function decideProposal({ payeeId, iban, payee, ourIbans, holder }: Proposal): { kind: 'proposed' } | Rejected<RefusalCode> {
  if (!payee) return reject('payee_unknown');
  if (!payee.complete) return reject('payee_incomplete');
  if (ourIbans.has(iban)) return reject('iban_is_ours');
  if (holder !== undefined && holder !== payeeId) return reject('iban_taken');
  return { kind: 'proposed' };
}

export type VersionCheck = Readonly<{
  version: Readonly<{ payeeId: PayeeId; version: number; maker: string; approved: boolean }> | undefined;
  latest: number;
  checker: string;
  /** Who holds the IBAN now: another payee's account may have been approved since this one was proposed. */
  holder: PayeeId | undefined;
}>;

export function decideVersionApproval({ version, latest, checker, holder }: VersionCheck): { kind: 'approved' } | Rejected<RefusalCode> {
  if (!version) return reject('payee_bank_account_unknown');
  if (version.approved) return reject('bank_account_approved');
  if (version.maker === checker) return reject('checker_is_maker');
  if (version.version < latest) return reject('bank_account_superseded', { version: version.version, latest });
  if (holder !== undefined && holder !== version.payeeId) return reject('iban_taken');
  return { kind: 'approved' };
}

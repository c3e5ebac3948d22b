// Two payees on one IBAN: a mistake or a fraud, unless one person says why it is right and another one agrees.
import { reject, type PayeeId, type Rejected } from '#libs/kernel';
import type { RefusalCode } from '../refusals.js';

export type ShareProposal = Readonly<{
  payeeId: PayeeId;
  isPayee: boolean;
  holders: readonly PayeeId[];
  /** It waits for its approval or has it: a withdrawn one is in the way of nothing. */
  isProposed: boolean;
}>;

export function decideShare({ payeeId, isPayee, holders, isProposed }: ShareProposal): { kind: 'proposed' } | Rejected<RefusalCode> {
  if (!isPayee) return reject('payee_unknown');
  if (isProposed) return reject('iban_share_exists');
  if (holders.length === 0 || holders.includes(payeeId)) return reject('iban_not_taken');
  return { kind: 'proposed' };
}

export type ShareState = Readonly<{ proposedBy: string; isApproved: boolean; isWithdrawn: boolean }>;
export type ShareApproval = Readonly<{ share: ShareState | undefined; approver: string }>;

export function decideShareApproval({ share, approver }: ShareApproval): { kind: 'approved' } | Rejected<RefusalCode> {
  if (!share) return reject('iban_share_unknown');
  if (share.isWithdrawn) return reject('iban_share_withdrawn');
  if (share.isApproved) return reject('iban_share_approved');
  if (share.proposedBy === approver) return reject('approver_proposed_share');
  return { kind: 'approved' };
}

/** Only a proposal is taken back: on an approved share accounts and payments stand. */
export function decideShareWithdrawal(share: ShareState | undefined): { kind: 'withdrawn' } | Rejected<RefusalCode> {
  if (!share) return reject('iban_share_unknown');
  if (share.isWithdrawn) return reject('iban_share_withdrawn');
  if (share.isApproved) return reject('iban_share_approved');
  return { kind: 'withdrawn' };
}

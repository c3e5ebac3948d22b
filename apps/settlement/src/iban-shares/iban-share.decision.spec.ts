import { describe, expect, it } from '@jest/globals';
import type { PayeeId } from '#libs/kernel';
import { decideShare, decideShareApproval, decideShareWithdrawal, type ShareApproval, type ShareProposal, type ShareState } from './iban-share.decision.js';

const [PAYEE, OTHER] = ['payee' as PayeeId, 'other' as PayeeId];
const share: ShareState = { proposedBy: 'anna', isApproved: false, isWithdrawn: false };
const told = (outcome: { kind: string }) => ('code' in outcome ? outcome.code : outcome.kind);

describe('sharing an IBAN', () => {
  it.each<[string, Partial<ShareProposal>, string]>([
    ['is proposed for a payee that another one is in the way of', {}, 'proposed'],
    ['needs a payee', { isPayee: false }, 'payee_unknown'],
    ['is proposed once', { isProposed: true }, 'iban_share_exists'],
    ['needs another payee on it', { holders: [] }, 'iban_not_taken'],
    ['is of no use to who has the IBAN', { holders: [PAYEE] }, 'iban_not_taken'],
  ])('%s', (_name, over, expected) => {
    expect(told(decideShare({ payeeId: PAYEE, isPayee: true, holders: [OTHER], isProposed: false, ...over }))).toBe(expected);
  });

  it.each<[string, Partial<ShareApproval>, string]>([
    ['is approved by another person', {}, 'approved'],
    ['is not approved by who proposed it', { approver: 'anna' }, 'approver_proposed_share'],
    ['is approved once', { share: { ...share, isApproved: true } }, 'iban_share_approved'],
    ['is not approved once it was withdrawn', { share: { ...share, isWithdrawn: true } }, 'iban_share_withdrawn'],
    ['has to be proposed first', { share: undefined }, 'iban_share_unknown'],
  ])('%s', (_name, over, expected) => {
    expect(told(decideShareApproval({ share, approver: 'bert', ...over }))).toBe(expected);
  });

  it.each<[string, ShareState | undefined, string]>([
    ['is withdrawn while it waits for its approval', share, 'withdrawn'],
    ['is withdrawn no more once it was approved', { ...share, isApproved: true }, 'iban_share_approved'],
    ['is withdrawn once', { ...share, isWithdrawn: true }, 'iban_share_withdrawn'],
    ['has to be proposed before it is withdrawn', undefined, 'iban_share_unknown'],
  ])('%s', (_name, given, expected) => {
    expect(told(decideShareWithdrawal(given))).toBe(expected);
  });
});

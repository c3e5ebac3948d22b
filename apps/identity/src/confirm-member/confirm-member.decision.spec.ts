import { describe, expect, it } from '@jest/globals';
import { decideConfirmation, type ProposedMember } from './confirm-member.decision.js';

const proposed: ProposedMember = { userId: 'newcomer', proposedBy: 'operator', roles: ['operator', 'approver'], isConfirmed: false };

describe('a proposed member of the operator', () => {
  it('is confirmed by somebody else', () => {
    expect(decideConfirmation(proposed, 'approver', ['approver', 'operator'])).toEqual({ kind: 'confirmed' });
  });

  it.each<[string, ProposedMember | undefined, string, string]>([
    ['that does not exist', undefined, 'approver', 'member_not_found'],
    ['that was confirmed before', { ...proposed, isConfirmed: true }, 'approver', 'member_confirmed'],
    ['by itself', proposed, 'newcomer', 'confirmer_is_member'],
    ['by who proposed it', proposed, 'operator', 'confirmer_is_proposer'],
    ['by its proposer, again', { ...proposed, isConfirmed: true }, 'operator', 'member_confirmed'],
  ])('is not confirmed: one %s', (_, member, confirmerId, code) => {
    expect(decideConfirmation(member, confirmerId, proposed.roles)).toMatchObject({ code });
  });

  it.each([[['operator']], [['approver']], [[]]] as const)('is not confirmed for roles that its proposal has no more (%j)', (rolesRead) => {
    expect(decideConfirmation(proposed, 'approver', rolesRead)).toMatchObject({ code: 'member_roles_changed' });
  });
});

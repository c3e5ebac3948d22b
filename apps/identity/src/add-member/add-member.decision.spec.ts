import { describe, expect, it } from '@jest/globals';
import { ORGANISATION_KINDS, ROLES, ROLES_OF_KIND } from '#libs/auth';
import { decideMember, type Addition } from './add-member.decision.js';

const newcomer: Addition = {
  organisation: { organisationId: 'here', kind: 'operator', rolesAllowed: ROLES_OF_KIND.operator },
  user: undefined, isMember: false, kinds: [], mailboxKinds: [], roles: ['operator'], invited: 4, invitedMax: 5, caller: { userId: 'caller', organisationId: null },
};
const someone = { userId: 'someone' };
const place = { organisationId: 'here', kind: 'place', rolesAllowed: ROLES_OF_KIND.place };

describe('making a member', () => {
  it.each<[string, Partial<Addition>, string]>([
    ['a new person', {}, 'new'],
    ['a known person', { user: someone }, 'known'],
    ['a member', { user: someone, isMember: true }, 'member_exists'],
    ['somebody of a place as one of the operator', { user: someone, kinds: ['place'] }, 'member_of_other_side'],
    ['somebody of the operator as one of a place', { user: someone, kinds: ['operator'], roles: ['till'], organisation: place }, 'member_of_other_side'],
    ['somebody of a payer as one of a place', { user: someone, kinds: ['payer'], roles: ['till'], organisation: place }, 'known'],
    ['oneself', { user: { userId: 'caller' } }, 'member_is_caller'],
    ['a second account of one of the operator', { mailboxKinds: ['operator'] }, 'mailbox_of_member'],
    ['a second account at the operator, of somebody of a place', { mailboxKinds: ['place'] }, 'mailbox_of_member'],
    ['a second account at a place, of one of the operator', { mailboxKinds: ['operator'], roles: ['till'], organisation: place }, 'mailbox_of_member'],
    ['a second account at a place, of one of a payer', { mailboxKinds: ['payer'], roles: ['till'], organisation: place }, 'new'],
    ['oneself, again', { user: { userId: 'caller' }, isMember: true }, 'member_is_caller'],
    ['a mailbox that was invited often enough for today', { invited: 5 }, 'invitations_too_many'],
    ['a member of a mailbox that was invited often', { user: someone, isMember: true, invited: 5 }, 'member_exists'],
    ['somebody of nowhere', { organisation: undefined, roles: ['till'] }, 'organisation_not_found'],
    ['an operator who is also a till', { roles: ['operator', 'till'] }, 'role_not_of_organisation'],
    ['a colleague, by the manager of the place', { organisation: place, roles: ['till'], caller: { userId: 'caller', organisationId: 'here' } }, 'new'],
    ['somebody, by the manager of another place', { organisation: place, roles: ['till'], caller: { userId: 'caller', organisationId: 'there' } }, 'organisation_not_found'],
    ['an approver, by a manager', { organisation: place, roles: ['approver'], caller: { userId: 'caller', organisationId: 'here' } }, 'role_not_of_organisation'],
  ])('%s: %s', (_, change, expected) => {
    const decided = decideMember({ ...newcomer, ...change });
    expect(typeof decided === 'string' ? decided : decided.code).toBe(expected);
  });

  it('gives each role to one kind of organisation only', () => {
    for (const role of ROLES) expect(ORGANISATION_KINDS.filter((kind) => ROLES_OF_KIND[kind].includes(role))).toHaveLength(1);
  });
});

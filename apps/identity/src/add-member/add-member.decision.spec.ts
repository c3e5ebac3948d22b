import { describe, expect, it } from '@jest/globals';
import { ORGANISATION_KINDS, ROLES, ROLES_OF_KIND } from '#libs/auth';
import { decideMember, type Addition } from './add-member.decision.js';

const newcomer: Addition = {
  organisation: { kind: 'operator', rolesAllowed: ROLES_OF_KIND.operator },
  user: undefined, isMember: false, kinds: [], roles: ['operator'], hasPassword: true, callerId: 'caller',
};
const someone = { userId: 'someone' };

describe('making a member', () => {
  it.each<[string, Partial<Addition>, string]>([
    ['a new person with a password', {}, 'new'],
    ['a new person without one', { hasPassword: false }, 'password_missing'],
    ['a known person', { user: someone, hasPassword: false }, 'known'],
    ['a known person with a password', { user: someone }, 'user_exists'],
    ['a member', { user: someone, hasPassword: false, isMember: true }, 'member_exists'],
    ['somebody of a place as one of the operator', { user: someone, hasPassword: false, kinds: ['place'] }, 'member_of_other_side'],
    ['somebody of the operator as one of a place', {
      user: someone, hasPassword: false, kinds: ['operator'], roles: ['till'], organisation: { kind: 'place', rolesAllowed: ROLES_OF_KIND.place },
    }, 'member_of_other_side'],
    ['somebody of a payer as one of a place', {
      user: someone, hasPassword: false, kinds: ['payer'], roles: ['till'], organisation: { kind: 'place', rolesAllowed: ROLES_OF_KIND.place },
    }, 'known'],
    ['oneself', { user: { userId: 'caller' }, hasPassword: false }, 'member_is_caller'],
    ['oneself, again', { user: { userId: 'caller' }, isMember: true }, 'member_is_caller'],
    ['somebody of nowhere', { organisation: undefined, roles: ['till'] }, 'organisation_not_found'],
    ['an operator who is also a till', { roles: ['operator', 'till'] }, 'role_not_of_organisation'],
  ])('%s: %s', (_, change, expected) => {
    const decided = decideMember({ ...newcomer, ...change });
    expect(typeof decided === 'string' ? decided : decided.code).toBe(expected);
  });

  it('gives each role to one kind of organisation only', () => {
    for (const role of ROLES) expect(ORGANISATION_KINDS.filter((kind) => ROLES_OF_KIND[kind].includes(role))).toHaveLength(1);
  });
});

// Everything that identity may refuse, in order of precedence. A code is never renamed or reused: callers rely on it.
import type { RefusalCatalogue } from '#libs/kernel';

export const REFUSALS = {
  sign_in_throttled: { status: 429, retryable: true, sentence: 'Too many wrong passwords or codes; wait as long as Retry-After says.' },
  membership_missing: { status: 403, retryable: false, sentence: 'You are no member of this organisation; ask its operator.' },
  organisation_not_found: { status: 404, retryable: false, sentence: 'No organisation has this id: create it first.' },
  organisation_exists: { status: 409, retryable: false, sentence: 'This payer or place already has an organisation: add members to that one.' },
  role_not_of_organisation: { status: 409, retryable: false, sentence: 'This kind of organisation has no such role: see the roles in docs.' },
  member_is_caller: { status: 409, retryable: false, sentence: 'Nobody gives rights to themselves: ask another operator.' },
  member_exists: { status: 409, retryable: false, sentence: 'This person is already a member of the organisation.' },
  member_of_other_side: {
    status: 409, retryable: false,
    sentence: 'Who acts for the operator acts for no payer, place, distributor or auditor, and the other way round: ask another person.',
  },
  member_not_found: { status: 404, retryable: false, sentence: 'Nobody with this id was proposed as a member of your organisation.' },
  roles_need_confirmation: { status: 409, retryable: false, sentence: 'Two people stand for each member of the operator: end this membership, propose another and have it confirmed.' },
  member_roles_changed: { status: 409, retryable: false, sentence: 'The proposal has other roles now: read it again before you stand for it.' },
  operator_would_be_locked: {
    status: 409, retryable: false, sentence: 'Two people of the operator must be left, one of them an approver: let somebody in first.',
  },
  member_confirmed: { status: 409, retryable: false, sentence: 'This member was confirmed already.' },
  confirmer_is_member: { status: 403, retryable: false, sentence: 'Nobody confirms their own membership: ask another approver.' },
  confirmer_is_proposer: { status: 403, retryable: false, sentence: 'Who proposed a member cannot confirm it: ask another approver.' },
  auditor_not_found: { status: 404, retryable: false, sentence: 'No auditing body has this id: create its organisation first.' },
  mandate_over: { status: 409, retryable: false, sentence: 'These days are over, or this mandate has ended already: give another.' },
  mandate_not_found: { status: 404, retryable: false, sentence: 'You gave no mandate with this id, and none waits for you.' },
  mandate_confirmed: { status: 409, retryable: false, sentence: 'This mandate was given already.' },
  mandates_too_many: { status: 409, retryable: false, sentence: 'This auditing body has as many mandates for these days as a token can tell: end one first.' },
  second_factor_exists: {
    status: 409, retryable: false,
    sentence: 'You have a second factor already: prove it first to put another in its place, or ask an approver of the operator to take it away.',
  },
  second_factor_missing: { status: 409, retryable: false, sentence: 'You have no second factor yet: begin one (POST /identity/second-factors) and confirm it.' },
  second_factor_asked: { status: 403, retryable: false, sentence: 'Enter a code of your second factor (POST /identity/second-factors/codes) or show a passkey (POST /identity/second-factors/passkeys) in this sign-in first.' },
  second_factor_not_begun: { status: 409, retryable: false, sentence: 'No second factor waits for its first code: begin one first.' },
  second_factor_of_caller: { status: 403, retryable: false, sentence: 'Nobody takes their own second factor away: ask another approver.' },
  code_wrong: { status: 403, retryable: false, sentence: 'This code is wrong, or of another minute: look at the app again, and check its clock.' },
  code_used: { status: 403, retryable: false, sentence: 'This code was used already: wait for the next one.' },
  password_wrong: { status: 403, retryable: false, sentence: 'This is not your password.' },
  passkey_challenge_over: { status: 403, retryable: false, sentence: 'This challenge was answered already, or is too old, or not yours: ask for another.' },
  passkey_not_taken: { status: 403, retryable: false, sentence: 'This passkey opens nothing here: it ended, or is of another site or person. Sign in otherwise.' },
  passkey_unverified: {
    status: 403, retryable: false, sentence: 'Your device did not check that it is you: set up its PIN, finger or face, and try again.',
  },
  passkey_exists: { status: 409, retryable: false, sentence: 'This passkey was added before: make a new one.' },
  passkeys_too_many: { status: 409, retryable: false, sentence: 'You have ten passkeys: end one first.' },
  passkey_not_found: { status: 404, retryable: false, sentence: 'You have no passkey with this id.' },
  session_not_found: { status: 404, retryable: false, sentence: 'You have no open sign-in with this id.' },
  link_over: { status: 403, retryable: false, sentence: 'This link was used, replaced or is too old: ask for another.' },
  invitation_over: { status: 409, retryable: false, sentence: 'This person has a password already, and needs no invitation.' },
} as const satisfies RefusalCatalogue;
export type RefusalCode = keyof typeof REFUSALS;

// Everything that identity may refuse, in order of precedence. A code is never renamed or reused: callers rely on it.
import type { RefusalCatalogue } from '#libs/kernel';

export const REFUSALS = {
  sign_in_throttled: { status: 429, retryable: true, sentence: 'Too many wrong passwords; wait as long as Retry-After says.' },
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
  user_exists: { status: 409, retryable: false, sentence: 'Somebody has this address already: leave the password out to add that person.' },
  member_not_found: { status: 404, retryable: false, sentence: 'Nobody with this id was proposed as a member of your organisation.' },
  member_confirmed: { status: 409, retryable: false, sentence: 'This member was confirmed already.' },
  confirmer_is_member: { status: 403, retryable: false, sentence: 'Nobody confirms their own membership: ask another approver.' },
  confirmer_is_proposer: { status: 403, retryable: false, sentence: 'Who proposed a member cannot confirm it: ask another approver.' },
  password_missing: { status: 409, retryable: false, sentence: 'Nobody has this address yet: give a first password.' },
} as const satisfies RefusalCatalogue;
export type RefusalCode = keyof typeof REFUSALS;

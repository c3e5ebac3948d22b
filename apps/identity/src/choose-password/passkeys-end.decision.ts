import { isStaff } from '../issue-token/ask-second-factor.decision.js';
import type { LinkPurpose } from '../mail-links/mail-link.decision.js';

/** `kinds`: of the organisations that the person acts for, those that wait for confirmation too. */
export type Choosing = Readonly<{ purpose: LinkPurpose; kinds: readonly string[]; hasAuthenticator: boolean }>;

/**
 * Who once had the password of somebody without a second factor may have added a passkey, which opens without the password and which its
 * victim could not end: it ends with the password. Where an authenticator is in force it was shown before a passkey was added; and mail
 * alone takes no second factor away from staff, whom an approver helps.
 */
export const passkeysEnd = ({ purpose, kinds, hasAuthenticator }: Choosing): boolean =>
  purpose === 'password' && !hasAuthenticator && !kinds.some(isStaff);

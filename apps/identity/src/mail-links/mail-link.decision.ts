import { reject, type Rejected } from '#libs/kernel';
import type { RefusalCode } from '../refusals.js';

export type LinkPurpose = 'invitation' | 'password' | 'sign_in';
/** `keyId`: the wrapping key under which it was made. */
export type LinkKey = Readonly<{ linkId: string; keyId: string }>;
export type MailLink = LinkKey & Readonly<{
  userId: string; name: string; email: string; purpose: LinkPurpose; expiresAt: Date; isOver: boolean;
}>;

/** Unknown, forged, used, replaced and too old are one answer: who guesses learns nothing. */
export function decideLink(
  link: MailLink | undefined, { isRight, purposes, now }: Readonly<{ isRight: boolean; purposes: readonly LinkPurpose[]; now: Date }>,
): MailLink | Rejected<RefusalCode> {
  const opens = link && isRight && purposes.includes(link.purpose) && !link.isOver && now < link.expiresAt;
  return opens ? link : reject('link_over');
}

// What a mailed link is, for those who decide about it and those who keep it.
export type LinkPurpose = 'invitation' | 'password' | 'sign_in';
/** `keyId`: the wrapping key under which it was made. */
export type LinkKey = Readonly<{ linkId: string; keyId: string }>;
export type MailLink = LinkKey & Readonly<{
  userId: string; name: string; email: string; purpose: LinkPurpose; expiresAt: Date; isOver: boolean;
}>;

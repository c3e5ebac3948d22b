// Mails about somebody's account, to that person alone: links that open something once, and what was done.
import type { Tx } from '#libs/persistence';
import type { AccountNoticeName } from '../send-notices/notice.decision.js';
import { insertMail, keepAccountNotice, readerOf } from '../send-notices/notice.store.js';
import { INVITATION_SECONDS, LINK_LEFT_SECONDS_MIN, PASSWORD_LINK_SECONDS, SIGN_IN_LINK_SECONDS } from '../limits.js';
import type { MailLinkDesk } from './mail-link-desk.js';
import type { LinkPurpose } from './mail-link.decision.js';
import { insertLink, openLinkOf } from './mail-link.store.js';

const NOTICES = { invitation: 'invited', password: 'password_forgotten', sign_in: 'sign_in_asked' } as const;
const SECONDS: Readonly<Record<LinkPurpose, number>> = {
  invitation: INVITATION_SECONDS, password: PASSWORD_LINK_SECONDS, sign_in: SIGN_IN_LINK_SECONDS,
};

export type MailedLink = Readonly<{ userId: string; purpose: LinkPurpose; organisationName?: string }>;

export async function mailLink(tx: Tx, desk: MailLinkDesk, { userId, purpose, organisationName }: MailedLink): Promise<void> {
  const link = { linkId: tx.newId(), keyId: desk.keyId };
  await insertLink(tx, link, { userId, purpose, seconds: SECONDS[purpose] });
  await mailAccount(tx, { notice: NOTICES[purpose], userId, link, organisationName });
}

/** The open link once more, where it opens for a while yet: whoever asks again ends nobody's link. */
export async function mailLinkAgain(tx: Tx, desk: MailLinkDesk, { userId, purpose }: Omit<MailedLink, 'organisationName'>): Promise<void> {
  const open = await openLinkOf(tx.sql, userId, purpose, new Date(tx.now.getTime() + LINK_LEFT_SECONDS_MIN * 1_000));
  if (open) await mailAccount(tx, { notice: NOTICES[purpose], userId, link: open });
  else await mailLink(tx, desk, { userId, purpose });
}

type AccountMail = Readonly<{
  notice: AccountNoticeName; userId: string; link?: Readonly<{ linkId: string; keyId: string }>; organisationName?: string | undefined;
}>;

export async function mailAccount(tx: Tx, { userId, ...notice }: AccountMail): Promise<void> {
  const noticeId = await keepAccountNotice(tx, { ...notice, accountId: userId });
  const reader = await readerOf(tx.sql, userId);
  if (reader) await insertMail(tx, noticeId, 'person', reader);
}

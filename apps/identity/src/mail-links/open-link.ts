// What every command that takes a link begins with.
import type { Rejected } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import type { IdentityWork } from '../identity.work.js';
import type { RefusalCode } from '../refusals.js';
import type { MailLinkDesk } from './mail-link-desk.js';
import { decideLink } from './mail-link.decision.js';
import type { LinkPurpose, MailLink } from './mail-link.decision.js';
import { findLink, lockLink } from './mail-link.store.js';

export type BroughtLink = Readonly<{ typed: string; purposes: readonly LinkPurpose[] }>;

type LinkOrNot = MailLink | Rejected<RefusalCode>;

/** To show, and before work that costs: nothing is used up. */
export async function lookAtLink(work: IdentityWork, desk: MailLinkDesk, { typed, purposes }: BroughtLink): Promise<LinkOrNot> {
  const read = desk.read(typed);
  const link = read && await findLink(work.client, read.linkId);
  const now = work.settings.clock.override() ?? new Date();
  return decideLink(link, { isRight: Boolean(link && desk.isRight(read!, link)), purposes, now });
}

/** Locked until the transaction ends; the caller uses it up. */
export async function openLink(tx: Tx, desk: MailLinkDesk, { typed, purposes }: BroughtLink): Promise<LinkOrNot> {
  const read = desk.read(typed);
  const link = read && await lockLink(tx, read.linkId);
  return decideLink(link, { isRight: Boolean(link && desk.isRight(read!, link)), purposes, now: tx.now });
}

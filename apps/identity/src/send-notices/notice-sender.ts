// Sends the mails that are meant, one per transaction, and notes what became of each. Killed between the server's answer and
// the commit, the mail goes again under the same Message-ID: with SMTP nothing better can be had, the file catcher keeps one.
import { isRejected } from '#libs/kernel';
import type { Mail } from '#libs/mail';
import type { Tx } from '#libs/persistence';
import type { MailLinkDesk } from '../mail-links/mail-link-desk.js';
import type { LinkPurpose } from '../mail-links/mail-link.decision.js';
import type { IdentityWork } from '../identity.work.js';
import { nextTryAt, type NoticeName } from './notice.decision.js';
import { hasWaitingMail, insertOutcome, lockNextMail, putOff, type WaitingMail } from './notice.store.js';
import { noticeWords } from './notice-words.js';

/** Of one look: a server that is away is asked once per look, and not once per mail. */
export type Looked = 'nothing left' | 'server away';

/** `links`: what a mailed link bears is computed here and kept nowhere. */
export type SenderSettings = Readonly<{ baseUrl: string; links: MailLinkDesk }>;

const LINK_OF: Readonly<Partial<Record<NoticeName, LinkPurpose>>> = { invited: 'invitation', password_forgotten: 'password', sign_in_asked: 'sign_in' };

export class NoticeSender {
  private announce: () => void = () => undefined;

  constructor(private readonly work: IdentityWork, private readonly mail: Mail | undefined, private readonly from: SenderSettings) {}

  /** May be lost: the loop looks by itself from time to time. */
  wake(): void {
    this.announce();
  }

  onWake(announce: () => void): void {
    this.announce = announce;
  }

  /** All that is due. `failed` is told of a server that could not be asked; its mail is tried again later. */
  async sendAll(isOver: () => boolean, failed: (error: unknown) => void): Promise<Looked> {
    const { mail } = this;
    while (mail && !isOver()) {
      const outcome = await this.work.once(META, (tx) => this.sendNext(tx, mail, failed));
      if (isRejected(outcome) || outcome === 'none') return 'nothing left';
      if (outcome === 'put off') return 'server away';
    }
    return 'nothing left';
  }

  async isIdle(): Promise<boolean> {
    return this.mail === undefined || !await hasWaitingMail(this.work.client);
  }

  private async sendNext(tx: Tx, mail: Mail, failed: (error: unknown) => void): Promise<'none' | 'done' | 'put off'> {
    const next = await lockNextMail(tx);
    if (!next) return 'none';
    let answer;
    try {
      answer = await this.ask(mail, next);
    } catch (error) {
      failed(error);
      await putOff(tx, next.mailId, nextTryAt(next.tries, tx.now));
      return 'put off';
    }
    await insertOutcome(tx, next.mailId, answer.kind === 'taken'
      ? { outcome: 'taken', messageId: answer.messageId } : { outcome: 'refused', code: answer.code });
    return 'done';
  }

  private async ask(mail: Mail, { mailId, address, language, linkId, linkKeyId, ...facts }: WaitingMail) {
    const { baseUrl, links } = this.from;
    const purpose = LINK_OF[facts.name];
    const linkUrl = purpose && linkId && linkKeyId ? links.url(baseUrl, purpose, { linkId, keyId: linkKeyId }) : undefined;
    const words = noticeWords({ ...facts, linkUrl, baseUrl }, language);
    return mail.send({ to: address, ...words, idempotencyKey: `notice:${mailId}` });
  }
}

const META = { kind: 'process', name: 'notices', correlationId: 'notices' } as const;

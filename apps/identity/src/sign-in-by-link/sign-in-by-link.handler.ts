import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { isRejected, type Rejected } from '#libs/kernel';
import { IdentityWork } from '../identity.work.js';
import { MailLinkDesk } from '../mail-links/mail-link-desk.js';
import { useLink } from '../mail-links/mail-link.store.js';
import { openLink } from '../mail-links/open-link.js';
import type { RefusalCode } from '../refusals.js';
import { verifyEmail } from '../user.store.js';
import { SignInByLink } from './sign-in-by-link.command.js';

type Opened = Readonly<{ userId: string }> | Rejected<RefusalCode>;

@CommandHandler(SignInByLink)
export class SignInByLinkHandler implements ICommandHandler<SignInByLink> {
  constructor(private readonly work: IdentityWork, private readonly links: MailLinkDesk) {}

  execute({ link: typed, correlationId }: SignInByLink) {
    return this.work.once<Opened>({ kind: 'process', name: 'sign-in-by-link', correlationId }, async (tx) => {
      const link = await openLink(tx, this.links, { typed, purposes: ['sign_in'] });
      if (isRejected(link)) return link;
      await useLink(tx, link.linkId);
      await verifyEmail(tx, link.userId);
      return { userId: link.userId };
    }) as Promise<Opened>;
  }
}

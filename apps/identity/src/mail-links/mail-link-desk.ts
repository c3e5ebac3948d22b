// What a mailed link bears: its id, and a secret that is computed and never stored, as codes of a second factor are.
import { timingSafeEqual } from 'node:crypto';
import type { Keyring } from '#libs/keys';
import type { LinkKey, LinkPurpose } from './mail-link.decision.js';

const SECRET_BYTES = 24;
const FORM = /^([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\.([\w-]{32})$/;
/** The page that each leads to. */
const PAGES: Readonly<Record<LinkPurpose, string>> = { invitation: 'invitation', password: 'new-password', sign_in: 'sign-in-link' };

export type ReadLink = Readonly<{ linkId: string; secret: string }>;

export class MailLinkDesk {
  constructor(private readonly keyring: Keyring) {}

  get keyId(): string {
    return this.keyring.wrappingKeyId;
  }

  /** The secret stands in the query of a page that only shows a form: what follows a link in a mailbox by itself uses nothing up. */
  url(baseUrl: string, purpose: LinkPurpose, link: LinkKey): string {
    return `${baseUrl.replace(/\/$/, '')}/${PAGES[purpose]}?link=${link.linkId}.${this.secretOf(link)}`;
  }

  /** What somebody brought; undefined when it has not the form of a link. */
  read(typed: string): ReadLink | undefined {
    const [, linkId, secret] = FORM.exec(typed) ?? [];
    return linkId && secret ? { linkId, secret } : undefined;
  }

  isRight({ secret }: ReadLink, link: LinkKey): boolean {
    return timingSafeEqual(Buffer.from(secret), Buffer.from(this.secretOf(link)));
  }

  private secretOf({ linkId, keyId }: LinkKey): string {
    return this.keyring.deriveSecret(`mail-link:${linkId}`, keyId).subarray(0, SECRET_BYTES).toString('base64url');
  }
}

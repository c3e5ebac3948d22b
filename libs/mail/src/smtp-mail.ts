// Sends mail by SMTP. A message has the same Message-ID however often it is sent, so that a mailbox can tell a repetition:
// a process that is killed after the server took a message and before that was noted sends it once more, and nothing can
// prevent that.
import { createTransport, type Transporter } from 'nodemailer';
import { assert, reject } from '#libs/kernel';
import { composeMail, isAddress } from './compose-mail.js';
import { Mail, type MailMessage, type MailRefusal, type TakenMail } from './mail.js';

export type SmtpMailSettings = Readonly<{
  /** `smtp://user:password@host:587`, or `smtps://…:465`. */
  url: string;
  from: string;
  now?: () => Date;
}>;

/** In all below the 15 s after which a transaction that waits is ended. */
const TIMEOUTS = { connectionTimeout: 4_000, greetingTimeout: 4_000, socketTimeout: 6_000 };
/** The server has decided: this mailbox, or this message, never. */
const isFinal = (status: number | undefined): boolean => status !== undefined && status >= 500 && status < 600;

export class SmtpMail extends Mail {
  private readonly transport: Transporter;

  constructor(private readonly settings: SmtpMailSettings) {
    super();
    assert(isAddress(settings.from), 'the sender is an address');
    this.transport = createTransport({ url: settings.url, ...TIMEOUTS, disableFileAccess: true, disableUrlAccess: true });
  }

  /** Throws when the server cannot be reached or asks to come later; what it never takes is refused. */
  override async send(message: MailMessage): Promise<TakenMail | MailRefusal> {
    const { from, now = () => new Date() } = this.settings;
    const composed = composeMail(message, { from, host: from.slice(from.lastIndexOf('@') + 1), sentAt: now() });
    if (composed.kind === 'rejected') return composed;
    try {
      await this.transport.sendMail({ envelope: { from, to: [message.to] }, raw: composed.source });
      return { kind: 'taken', messageId: composed.messageId };
    } catch (error) {
      if (isFinal((error as { responseCode?: number }).responseCode)) return reject('recipient_refused');
      throw error;
    }
  }
}

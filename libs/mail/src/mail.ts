// The port: what a service may ask of mail. Whoever sends decides how; the caller only learns whether it was taken.
import type { Rejected } from '#libs/kernel';

export type MailMessage = Readonly<{
  /** One bare address, `name@host`: no display name, no list. */
  to: string;
  subject: string;
  text: string;
  html?: string;
  /** One key, one message: a notice that is handled twice reaches its reader once. */
  idempotencyKey: string;
}>;
/** Taken: written or handed over. It does not say that anybody has received it. */
export type TakenMail = Readonly<{ kind: 'taken'; messageId: string }>;
export type MailRefusal = Rejected<'address_invalid' | 'subject_unsafe' | 'idempotency_key_reused' | 'recipient_refused'>;

/** An abstract class, so that it can be asked for by name where things are injected. */
export abstract class Mail {
  abstract send(message: MailMessage): Promise<TakenMail | MailRefusal>;
}

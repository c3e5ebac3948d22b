export { FileMail } from './file-mail.js';
export type { FileMailSettings } from './file-mail.js';
export { Mail } from './mail.js';
export type { MailMessage, MailRefusal, TakenMail } from './mail.js';
export { SmtpMail } from './smtp-mail.js';
export type { SmtpMailSettings } from './smtp-mail.js';

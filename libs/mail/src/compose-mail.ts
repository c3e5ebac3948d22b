// A message as text (RFC 5322). What a caller gives reaches the headers only after it was checked: a line break in a
// subject would otherwise write headers of its own, such as a second recipient.
import { createHash } from 'node:crypto';
import { assert, reject } from '#libs/kernel';
import { z } from 'zod';
import type { MailMessage, MailRefusal } from './mail.js';

const address = z.email().max(254);
/** Control characters and the line ends of Unicode. */
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/;
const LONGEST_SUBJECT = 250;

export type Envelope = Readonly<{ from: string; host: string; sentAt: Date }>;
export type ComposedMail = Readonly<{ kind: 'composed'; keyHash: string; contentHash: string; messageId: string; source: string }>;

export const isAddress = (text: string): boolean => !UNSAFE.test(text) && address.safeParse(text).success;

export function composeMail(message: MailMessage, { from, host, sentAt }: Envelope): ComposedMail | MailRefusal {
  assert(message.idempotencyKey.length > 0, 'a message has an idempotency key');
  if (!isAddress(message.to)) return reject('address_invalid');
  if (UNSAFE.test(message.subject) || message.subject.length > LONGEST_SUBJECT) return reject('subject_unsafe');
  const keyHash = sha256(message.idempotencyKey).slice(0, 32);
  const contentHash = sha256(JSON.stringify([message.to, message.subject, message.text, message.html ?? null]));
  const messageId = `<${keyHash}@${host}>`;
  const headers = [
    `From: ${from}`, `To: ${message.to}`, `Subject: ${encodedWords(message.subject)}`, `Date: ${sentAt.toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: ${messageId}`, `X-Content-Hash: ${contentHash}`, 'Auto-Submitted: auto-generated', 'MIME-Version: 1.0',
  ];
  return { kind: 'composed', keyHash, contentHash, messageId, source: [...headers, ...bodyOf(message, contentHash)].join('\r\n') };
}

function bodyOf({ text, html }: MailMessage, contentHash: string): string[] {
  if (html === undefined) return part('plain', text);
  // Cannot occur in the content: it would have to contain its own hash.
  const boundary = `=_${contentHash.slice(0, 40)}`;
  return [
    `Content-Type: multipart/alternative; boundary="${boundary}"`, '',
    `--${boundary}`, ...part('plain', text), `--${boundary}`, ...part('html', html), `--${boundary}--`, '',
  ];
}

/** 8bit, so that a person can read the file; every kind of line end becomes that of mail. */
const part = (kind: 'plain' | 'html', content: string) =>
  [`Content-Type: text/${kind}; charset=utf-8`, 'Content-Transfer-Encoding: 8bit', '', content.replace(/\r\n|\r|\n/g, '\r\n'), ''];

/** RFC 2047: words of at most 75 characters, none of which cuts a character in two. */
function encodedWords(subject: string): string {
  if (/^[\x20-\x7e]{0,70}$/.test(subject) && !subject.includes('=?')) return subject;
  const words: string[] = [];
  let word = '';
  for (const character of subject) {
    if (Buffer.byteLength(word + character) > 45) {
      words.push(word);
      word = '';
    }
    word += character;
  }
  return [...words, word].map((one) => `=?utf-8?B?${Buffer.from(one).toString('base64')}?=`).join('\r\n ');
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

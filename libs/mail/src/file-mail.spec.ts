import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FileMail, type MailMessage } from './index.js';

let root: string;
let folder: string;
let mail: FileMail;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'mereau-mail-'));
  folder = join(root, 'mail');
  mail = new FileMail({ folder, from: 'rail@example.org', now: () => new Date('2026-11-22T10:00:00Z') });
});
afterEach(() => { rmSync(root, { recursive: true, force: true }); });

const message = (over: Partial<MailMessage> = {}): MailMessage =>
  ({ to: 'maire@commune.example', subject: 'Your statement', text: 'Closed.', idempotencyKey: 'statement:1', ...over });
const files = () => { try { return readdirSync(folder); } catch { return []; } };
const only = () => readFileSync(join(folder, files()[0]!), 'utf8');
/** As a mail reader does it: unfold, then decode the words and join them. */
const subjectOf = (source: string) => /^Subject: ((?:.|\r\n )*)$/m.exec(source)![1]!.trim().split('\r\n ')
  .map((word) => (word.startsWith('=?') ? Buffer.from(word.slice(10, -2), 'base64').toString() : word)).join('');

describe('a message', () => {
  it('is one file that only its owner reads', async () => {
    expect(await mail.send(message())).toMatchObject({ kind: 'taken', messageId: expect.stringMatching(/^<[0-9a-f]{32}@example\.org>$/) });
    expect(files()).toEqual([expect.stringMatching(/^[0-9a-f]{32}\.eml$/)]);
    expect(statSync(join(folder, files()[0]!)).mode & 0o777).toBe(0o600);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(only()).toContain('From: rail@example.org\r\nTo: maire@commune.example\r\nSubject: Your statement\r\nDate: Sun, 22 Nov 2026 10:00:00 +0000\r\n');
  });

  it('is kept once, however often and however much at once its key comes', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => mail.send(message())));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(files()).toHaveLength(1);
  });

  it('is refused under the key of another, which stays as it was', async () => {
    await mail.send(message());
    expect(await mail.send(message({ text: 'Other.' }))).toMatchObject({ code: 'idempotency_key_reused' });
    expect(only()).toContain('Closed.');
  });

  it('is not taken for another because its text quotes the header of one', async () => {
    const other = message({ text: 'Other.', idempotencyKey: 'a' });
    await mail.send(other);
    const hash = /X-Content-Hash: \w+/.exec(only())![0];
    await mail.send(message({ text: `\r\n${hash}\r\n`, idempotencyKey: 'b' }));
    expect(await mail.send({ ...other, idempotencyKey: 'b' })).toMatchObject({ code: 'idempotency_key_reused' });
  });

  it('has a key that names no path', async () => {
    await mail.send(message({ idempotencyKey: '../../../escaped' }));
    expect([readdirSync(root), files().length]).toEqual([['mail'], 1]);
  });

  it('with HTML carries the text beside it', async () => {
    await mail.send(message({ html: '<p>Closed.</p>' }));
    const boundary = /boundary="(.+)"/.exec(only())![1]!;
    const [, plain, html, end] = only().split(`--${boundary}`);
    expect(plain).toMatch(/^\r\nContent-Type: text\/plain; .*\r\n.*\r\n\r\nClosed\.\r\n\r\n$/);
    expect(html).toMatch(/^\r\nContent-Type: text\/html; .*\r\n.*\r\n\r\n<p>Closed\.<\/p>\r\n\r\n$/);
    expect(end).toBe('--\r\n');
  });
});

describe('the subject', () => {
  it.each(['Relevé arrêté', '€'.repeat(200), '👩‍👩‍👧 '.repeat(12), 'x'.repeat(250), '=?utf-8?B?Zm9v?=', ''])('%j arrives as it was', async (subject) => {
    await mail.send(message({ subject }));
    expect(subjectOf(only())).toBe(subject);
    expect(Math.max(...only().split('\r\n').map((line) => line.length))).toBeLessThan(100);
    expect(only().split('\r\n\r\n')[0]).toMatch(/^[\x20-\x7e\r\n]*$/);
  });

  it.each(['a\r\nBcc: b@example.org', 'a\nb', 'a\rb', 'a\0b', 'a\u2028b', 'a\u0085b', 'x'.repeat(251)])('%j is refused', async (subject) => {
    expect(await mail.send(message({ subject }))).toMatchObject({ code: 'subject_unsafe' });
    expect(files()).toEqual([]);
  });
});

describe('the recipient', () => {
  it.each([
    '', 'nobody', '@example.org', 'a@b', 'a@example.org, b@example.org', 'A <a@example.org>', 'a@example.org\r\nBcc: b@example.org',
    'a@example.org\n', ' a@example.org', 'a b@example.org', `${'a'.repeat(250)}@example.org`,
  ])('%j is refused', async (to) => {
    expect(await mail.send(message({ to }))).toMatchObject({ code: 'address_invalid' });
    expect(files()).toEqual([]);
  });

  it('is not the place to set the sender right', () => {
    expect(() => new FileMail({ folder, from: 'rail@example.org\r\nBcc: b@example.org' })).toThrow('sender');
  });
});

import { describe, expect, it } from '@jest/globals';
import { databaseClock } from '#libs/kernel';
import { FileMail, SmtpMail } from '#libs/mail';
import { checkpointReadersOf, mailOf } from './mail-settings.js';

const mail = (env: Record<string, string>) => mailOf(env, { dataDir: '/nonexistent' }, databaseClock);

describe('how mail leaves', () => {
  it('is a folder where no server is named, and a server where one is', () => {
    expect(mail({})).toBeInstanceOf(FileMail);
    expect(mail({ MEREAU_SMTP_URL: 'smtp://relay.example:587', MEREAU_MAIL_FROM: 'notices@rail.example' })).toBeInstanceOf(SmtpMail);
  });

  it.each([
    [{ MEREAU_SMTP_URL: 'smtp://relay.example' }, 'MEREAU_MAIL_FROM: is needed'],
    [{ MEREAU_SMTP_URL: 'http://relay.example', MEREAU_MAIL_FROM: 'notices@rail.example' }, 'MEREAU_SMTP_URL: expected smtp://'],
    [{ MEREAU_MAIL_FROM: 'Rail <notices@rail.example>' }, 'MEREAU_MAIL_FROM: expected an address'],
  ])('is told wrong at start: %j', (env, problem) => {
    expect(() => mail(env as Record<string, string>)).toThrow(problem);
  });

  it('never repeats what was set: it may hold a password', () => {
    const wrong = () => mail({ MEREAU_SMTP_URL: 'http://user:secret@relay.example', MEREAU_MAIL_FROM: 'notices@rail.example' });
    expect(wrong).toThrow(/^(?!.*secret)/);
  });
});

describe('who is mailed checkpoints', () => {
  it.each([
    [undefined, []], ['', []], ['a@payer.example', ['a@payer.example']],
    ['a@payer.example, b@court.example;c@court.example\na@payer.example', ['a@payer.example', 'b@court.example', 'c@court.example']],
  ])('is %j', (told, readers) => {
    expect(checkpointReadersOf(told === undefined ? {} : { MEREAU_CHECKPOINT_READERS: told })).toEqual(readers);
  });

  it('is nobody whose address is none', () => {
    expect(() => checkpointReadersOf({ MEREAU_CHECKPOINT_READERS: 'the auditor' })).toThrow('MEREAU_CHECKPOINT_READERS');
  });
});

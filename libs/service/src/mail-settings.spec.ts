import { describe, expect, it } from '@jest/globals';
import { databaseClock } from '#libs/kernel';
import { FileMail, SmtpMail } from '#libs/mail';
import { mailOf } from './mail-settings.js';

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

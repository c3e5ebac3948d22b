import { describe, expect, it } from '@jest/globals';
import { VINTAGE_NOTICES } from '#libs/contracts';
import { localDate } from '#libs/kernel';
import { isDeclined, isOptional, nextTryAt, type NoticeName } from './notice.decision.js';
import { noticeWords } from './notice-words.js';

describe('a notice', () => {
  it.each<[NoticeName, boolean]>([
    ['ends_in_thirty_days', true], ['sign_off_due', false], ['charge_to_acknowledge', false], ['stop_handing_over', false],
    ['use_ended', true], ['claims_ended', true],
  ])('%s can be declined: %s', (notice, optional) => {
    expect(isOptional(notice)).toBe(optional);
    expect([isDeclined(notice, { optional: false }), isDeclined(notice, { optional: true })]).toEqual([optional, false]);
  });

  it.each(VINTAGE_NOTICES)('%s says in two languages what it is about, and when', (name) => {
    const facts = { name, programmeName: 'Pass\r\nBcc: x', usableUntil: localDate('2028-02-29'), claimableUntil: localDate('2028-03-31'), baseUrl: 'https://rail.example' };
    const [french, english] = [noticeWords(facts, 'fr'), noticeWords(facts, 'en')];
    for (const { subject, text } of [french, english]) {
      expect(subject).toMatch(/^Pass Bcc: x/);
      expect(subject).not.toMatch(/[\r\n]/);
      expect(text).toContain('https://rail.example');
    }
    expect(french.text).toMatch(/29 février 2028|31 mars 2028/);
    expect(english.text).toMatch(/29 February 2028|31 March 2028/);
  });

  it.each([[0, 1], [1, 2], [5, 32], [6, 60], [1_000, 60]])('is tried again after %s tries in %s minutes', (tries, minutes) => {
    const now = new Date('2026-12-01T09:00:00Z');
    expect(nextTryAt(tries, now).getTime() - now.getTime()).toBe(minutes * 60_000);
  });
});

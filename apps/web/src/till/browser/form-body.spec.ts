import { describe, expect, it } from '@jest/globals';
import { DURATION_MINUTES_MAX, PARTICIPANTS_MAX } from '../../../../redemption/src/limits.js';
import * as pages from '../../format.js';
import * as workshop from '../../workshop/people.js';
import { askOf, centsTyped, linesOf, peopleOf, SAID_MAX, saidIn } from './form-body.js';

const KEY = '01902c7b-5d2a-7c3e-9f00-000000000001';
const form = (fields: Record<string, string>) => new URLSearchParams({ key: KEY, serviceDate: '2026-11-24', amount: '', service: '', ...fields });

describe('what a form asks, as a device signs it', () => {
  it.each([
    ['/redeem', { code: 'K' }, '/redemption/redemptions', KEY, { serviceDate: '2026-11-24', code: 'K' }],
    ['/redeem', { code: 'K', amount: '3,20', service: 'safe_use' }, '/redemption/redemptions', KEY, { serviceDate: '2026-11-24', amountCents: 320, service: 'safe_use', code: 'K' }],
    ['/check', { code: 'K' }, '/redemption/checks', '', { serviceDate: '2026-11-24', code: 'K' }],
    ['/workshop', { codes: 'K\n\n L \r\n', durationMinutes: '90', participants: '12' }, '/redemption/sessions', KEY,
      { serviceDate: '2026-11-24', durationMinutes: 90, participants: 12, lines: [{ code: 'K' }, { code: 'L' }] }],
    ['/workshop', { codes: 'K\n+ L\n+M\nN' }, '/redemption/sessions', KEY,
      { serviceDate: '2026-11-24', lines: [{ code: 'K', with: [{ code: 'L' }, { code: 'M' }] }, { code: 'N' }] }],
  ])('%s with %p', (action, fields, path, key, body) => {
    expect(askOf(action, form(fields))).toEqual({ path, key, body: JSON.stringify(body) });
  });

  it.each<Record<string, string>>([{ amount: '1,234' }, { durationMinutes: 'an hour' }, { durationMinutes: '0' }, { participants: '1.5' },
    { amount: '0' }, { amount: '0,00' }, { durationMinutes: '1441' }, { participants: '1001' },
  ])('nothing where %p cannot be read, or is not taken', (fields) => {
    expect([saidIn(form(fields)), askOf('/redeem', form(fields))]).toEqual([undefined, undefined]);
  });

  it('as much as redemption takes', () => {
    expect(SAID_MAX).toEqual({ durationMinutes: DURATION_MINUTES_MAX, participants: PARTICIPANTS_MAX });
    expect(saidIn(form({ durationMinutes: '1440', participants: '1000', amount: '0,01' }))).toEqual({ durationMinutes: 1_440, participants: 1_000, amountCents: 1 });
  });

  it('an undoing by its redemption, with the reason alone', () => {
    expect(askOf('/undo', form({ redemptionId: 'red_x', reason: 'wrong_voucher' })))
      .toEqual({ path: '/redemption/redemptions/red_x/undo', key: KEY, body: '{"reason":"wrong_voucher"}' });
  });

  it('nothing for a form that is not the till’s', () => {
    expect(askOf('/sign-out', form({}))).toBeUndefined();
  });

  it.each(['', 'K', 'K\n+L\n +  M', '+K\n+L', 'K\r\n\r\n+ L\nN\n++M'])('reads the people of %p as the pages do', (text) => {
    expect(peopleOf(linesOf(text))).toEqual(workshop.peopleOf(text));
  });

  it.each(['12,5', '12.50 €', '1 000', '0,01', 'abc', '1,234', '-1', '1e9', '12345678'])('reads the amount %s as the pages do', (text) => {
    expect(centsTyped(text)).toBe(pages.centsTyped(text));
  });
});

import { describe, expect, it } from '@jest/globals';
import { cents, idOf, localDate } from '#libs/kernel';
import { decideLookUp, type FoundVoucher } from './look-up-voucher.decision.js';

const day = localDate('2026-03-10');
const voucher: FoundVoucher = {
  programmeId: idOf('programme', '01902c7b-5d2a-7c3e-9f00-000000000001'), programmeName: 'Numérique pour tous', unit: true, face: cents(1_000),
  balance: cents(1_000), expired: cents(0), usableUntil: localDate('2026-12-31'), services: [], spendable: true, expiring: false, frozen: false,
  stoppedOn: null, usedOn: null, today: day, hold: null,
};
const hold = (amount: number) => ({ amount: cents(amount), until: new Date('2026-03-10T12:30:00Z') });

describe('what a holder is told of a voucher', () => {
  it.each<[string, Partial<FoundVoucher>, string, bigint]>([
    ['that holds its value', {}, 'usable', 1_000n],
    ['on its last day', { usableUntil: day }, 'usable', 1_000n],
    ['that is held in part', { unit: false, hold: hold(400) }, 'usable', 600n],
    ['that is held whole', { hold: hold(1_000) }, 'held', 0n],
    ['that was used', { balance: cents(0), usedOn: day }, 'used', 0n],
    ['that was used and is past its day', { balance: cents(0), usedOn: day, usableUntil: localDate('2026-03-09') }, 'used', 0n],
    ['past its last day', { usableUntil: localDate('2026-03-09') }, 'expired', 0n],
    ['whose run of expiry began', { expiring: true }, 'expired', 0n],
    ['whose rest expired', { balance: cents(0), expired: cents(300), usedOn: day }, 'expired', 0n],
    ['whose payment is disputed', { frozen: true }, 'frozen', 0n],
    ['that was stopped, whatever else it is', { stoppedOn: day, frozen: true, expiring: true }, 'stopped', 0n],
  ])('%s', (_, over, state, available) => {
    expect(decideLookUp({ ...voucher, ...over })).toMatchObject({ kind: 'looked_up', state, available });
  });

  it('is the same of one that is not active yet as of one that there is not', () => {
    const unknown = decideLookUp(undefined);
    expect(unknown).toEqual({ kind: 'rejected', code: 'voucher_not_found', details: {} });
    expect(decideLookUp({ ...voucher, spendable: false, stoppedOn: day })).toEqual(unknown);
  });
});

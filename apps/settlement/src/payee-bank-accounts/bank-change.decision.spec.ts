import { describe, expect, it } from '@jest/globals';
import { PayeeBankChangedV1 } from '#libs/contracts';
import type { PayeeId, PlaceId } from '#libs/kernel';
import { bankChangesToTell, type BankChange } from './bank-change.decision.js';
import { hoursLeft } from './cooling-off.decision.js';

const [OLD, NEW] = ['FR7630006000011234567890189', 'FR1420041010050500013M02606'];
const AT = new Date('2026-04-02T08:00:00Z');
const place = (number: number) => `01900000-0000-7000-8000-${String(number).padStart(12, '0')}` as PlaceId;
const PAYEE = '01900000-0000-7000-8000-00000000000a' as PayeeId;
const change = (over: Partial<BankChange> = {}, version = 2): BankChange => ({
  step: 'proposed', version: { payeeId: PAYEE, version, account: NEW }, rail: 'sepa', elsewhere: undefined, payee: { legalName: 'Commune', places: [place(1)] },
  paidTo: { account: OLD, changedAt: null }, at: AT, coolingOffHours: 72, ...over,
});
const hoursAgo = (hours: number) => new Date(AT.getTime() - hours * 3_600_000);
const approved = (changedAt: Date | null) => change({ step: 'approved', paidTo: { account: NEW, changedAt } });

describe('a step of a payee\'s bank account', () => {
  it.each<[string, BankChange, number | undefined]>([
    ['is told when a change is proposed, which would wait', change(), 72],
    ['is told when a change is approved, which waits from now on', approved(AT), 72],
    ['waits as long as the installation has it', change({ coolingOffHours: 0 }), 0],
    ['of a first account is not told when it is proposed', change({ paidTo: undefined }, 1), undefined],
    ['of a first account is told when it is approved, and waits for nothing', change({ step: 'approved', paidTo: { account: NEW, changedAt: null } }, 1), 0],
    ['of a first account beside one of the other rail is told when it is proposed, and would wait', change({ paidTo: undefined, elsewhere: { account: 'acct_1', changedAt: null } }, 1), 72],
    ['that corrects a first account before its approval is told, and would wait for nothing', change({ paidTo: undefined }), 0],
    ['that enters the same IBAN again is told, and would wait for nothing', change({ paidTo: { account: NEW, changedAt: null } }), 0],
    ['that approves the same IBAN again waits for nothing new', approved(null), 0],
    ['that approves the IBAN of a change again promises what is left of its waiting', approved(hoursAgo(48)), 24],
    ['promises no hour that has begun', approved(hoursAgo(47.5)), 24],
    ['promises nothing of a waiting that is over', approved(hoursAgo(100)), 0],
    ['of a payee without a place is told to nobody', change({ payee: { legalName: 'Financeur', places: [] } }), undefined],
  ])('%s', (_name, step, coolingOffHours) => {
    expect(bankChangesToTell(step).map((told) => told.coolingOffHours)).toEqual(coolingOffHours === undefined ? [] : [coolingOffHours]);
  });

  it('is told with the name, the version and the places, and nothing of an account', () => {
    const told = bankChangesToTell(change());
    expect(told).toEqual([{ payeeId: PAYEE, payeeName: 'Commune', bankVersion: 2, step: 'proposed', coolingOffHours: 72, places: [place(1)] }]);
    expect(PayeeBankChangedV1.schema.safeParse({ ...told[0]!, iban: NEW }).success).toBe(false);
  });

  it('says by which rail, and that a first version leads money away from the other one', () => {
    const elsewhere = { account: OLD!, changedAt: null };
    expect(bankChangesToTell(change({ rail: 'stripe', paidTo: undefined, elsewhere }, 1))).toMatchObject([{ rail: 'stripe', leadsAway: true, bankVersion: 1 }]);
    expect(bankChangesToTell(change({ rail: 'stripe', elsewhere }))[0]).not.toHaveProperty('leadsAway');
  });

  it.each([[1_000, [1_000]], [1_001, [1_000, 1]], [2_000, [1_000, 1_000]]])('of a payee with %s places is told in messages of %j', (count, sizes) => {
    const places = Array.from({ length: count }, (_, number) => place(number));
    const told = bankChangesToTell(change({ payee: { legalName: 'Commune', places } }));
    expect(told.map((body) => body.places.length)).toEqual(sizes);
    expect(told.flatMap((body) => body.places)).toEqual(places);
    for (const body of told) expect(PayeeBankChangedV1.schema.safeParse(body).success).toBe(true);
  });
});

describe('the waiting of a changed account', () => {
  it.each([[AT, 72], [hoursAgo(71), 1], [hoursAgo(72), 0], [hoursAgo(73), 0], [null, 0]])('that began %s has %s hours left', (changedAt, left) => {
    expect(hoursLeft(changedAt, 72, AT)).toBe(left);
  });
});

// Who hears of a change of the account that a payee is paid to, against a real database: every step of a change, in the
// transaction of the step, and nothing of an account's number.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PayeeBankChangedV1 } from '#libs/contracts';
import { fakeIban } from '#libs/testing';
import { ANNA, CLEO, plain, shown, SettlementWorld, type Place } from '../../../../test/builders/settlement-world.js';

let world: SettlementWorld;
beforeAll(async () => {
  world = await SettlementWorld.create({ coolingOffHours: 72 });
});
afterAll(() => world.close());

const payeeOf = async (place: Place, siren = place.siret.slice(0, 9)) =>
  String((await world.done('payees', { placeId: shown('place', place.placeId), legalName: 'Commune de Saint-Fictif', siren }))['payeeId']);
const newIban = () => fakeIban(world.newAccount());
const propose = async (payeeId: string, iban = newIban()) =>
  String((await world.done(`payees/${payeeId}/bank-accounts`, { iban, holder: 'COMMUNE' }))['bankAccountId']);
const approve = (bankAccountId: string, as = CLEO) =>
  world.post(`payee-bank-accounts/${bankAccountId}/approvals`, { as, body: { reason: 'compared with the RIB' } });
const told = async (payeeId: string) => (await world.emitted(PayeeBankChangedV1)).filter(({ body }) => body.payeeId === plain(payeeId));
const steps = async (payeeId: string) =>
  (await told(payeeId)).map(({ body: { step, bankVersion, coolingOffHours } }) => [step, bankVersion, coolingOffHours]);

describe('a change of a payee\'s bank account', () => {
  it('is told at each step with all places of the payee, and without a part of any IBAN', async () => {
    const [one, two] = [await world.accredit(), await world.accredit()];
    const payeeId = await payeeOf(one);
    await payeeOf(two, one.siret.slice(0, 9));
    const ibans = [newIban(), newIban()];
    const first = await propose(payeeId, ibans[0]);
    expect(await steps(payeeId)).toEqual([]);
    await approve(first);
    expect(await steps(payeeId)).toEqual([['approved', 1, 0]]);
    const second = await propose(payeeId, ibans[1]);
    expect(await steps(payeeId)).toEqual([['approved', 1, 0], ['proposed', 2, 72]]);
    await approve(second);
    expect(await steps(payeeId)).toEqual([['approved', 1, 0], ['proposed', 2, 72], ['approved', 2, 72]]);
    const messages = await told(payeeId);
    for (const { body } of messages) expect(body).toMatchObject({ payeeName: 'Commune de Saint-Fictif', places: [one.placeId, two.placeId].sort() });
    const text = JSON.stringify(messages);
    for (const iban of ibans) for (let at = 0; at + 8 <= iban.length; at += 1) expect(text).not.toContain(iban.slice(at, at + 8));
    expect(text).not.toMatch(/[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}/);
  });

  it('is not told when it is refused, and once when it is asked twice under one key', async () => {
    const payeeId = await payeeOf(await world.accredit());
    await approve(await propose(payeeId));
    const call = { body: { iban: newIban(), holder: 'COMMUNE' }, key: world.newId() };
    const asked = await world.post(`payees/${payeeId}/bank-accounts`, call);
    expect((await world.post(`payees/${payeeId}/bank-accounts`, call)).body).toEqual(asked.body);
    expect((await approve(String(asked.body['bankAccountId']), ANNA)).body).toMatchObject({ code: 'checker_is_maker' });
    expect(await world.post(`payees/${payeeId}/bank-accounts`, { body: { iban: fakeIban(1), holder: 'COMMUNE' } })).toMatchObject({ body: { code: 'iban_is_ours' } });
    expect(await steps(payeeId)).toEqual([['approved', 1, 0], ['proposed', 2, 72]]);
  });

  it('promises what is left of the waiting where the IBAN of a change is entered again', async () => {
    const payeeId = await payeeOf(await world.accredit());
    await approve(await propose(payeeId));
    const changed = newIban();
    await approve(await propose(payeeId, changed));
    world.clock.set('2026-04-04T08:30:00Z');
    await approve(await propose(payeeId, changed));
    world.clock.set('2026-04-02T08:00:00Z');
    expect((await steps(payeeId)).slice(-2)).toEqual([['proposed', 3, 0], ['approved', 3, 23]]);
  });

  it('of a payee without a place is told to nobody', async () => {
    const payeeId = world.newId();
    await world.admin.query(`insert into settlement.payee (id, legal_name, siren, completed_by, completed_at, created_at)
      values ($1, 'Financeur', '552081317', 'test', now(), now())`, [payeeId]);
    for (let version = 1; version <= 2; version += 1) await approve(await propose(shown('payee', payeeId)));
    expect(await told(shown('payee', payeeId))).toEqual([]);
  });
});

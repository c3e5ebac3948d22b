// A place enters its own account, with a fresh code; another person of the operator approves it; all hear of it, and a change waits.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PayeeBankChangedV1 } from '#libs/contracts';
import { fakeIban } from '#libs/testing';
import { ANNA, CLEO, managerOf, plain, SettlementWorld, shown, tillOf, type Place } from '../../../../test/builders/settlement-world.js';

let world: SettlementWorld;
beforeAll(async () => { world = await SettlementWorld.create({ coolingOffHours: 72 }); });
afterAll(() => world.close());

const newIban = () => fakeIban(world.newAccount());
const enter = (place: Place, iban = newIban(), as = managerOf(place)) => world.post('own-account', { as, body: { iban, holder: 'MEDIATHEQUE' } });
const own = async (place: Place) => (await world.get('own-account', managerOf(place))).body as unknown as Readonly<{
  paidTo: { iban: string; waitsUntil: string | null } | null; versions: readonly { state: string; byPlace: boolean; iban: string }[];
}>;
const approve = (bankAccountId: unknown, as = CLEO) =>
  world.post(`payee-bank-accounts/${String(bankAccountId)}/approvals`, { as, body: { reason: 'compared with the RIB' } });
const complete = async (place: Place) => String((await world.done('payees', {
  placeId: shown('place', place.placeId), legalName: 'Commune de Saint-Fictif', siren: place.siret.slice(0, 9),
}))['payeeId']);

describe('the account that a place enters itself', () => {
  it('is paid to once the operator has approved it, and a change of it waits and is told to all of its places', async () => {
    const place = await world.accredit();
    expect((await enter(place)).body.code).toBe('payee_incomplete');
    const payeeId = await complete(place);
    const [first, changed] = [newIban(), newIban()];
    const { status, body } = await enter(place, first);
    expect([status, body['version']]).toEqual([201, 1]);
    expect(await own(place)).toMatchObject({ paidTo: null, versions: [{ state: 'proposed', byPlace: true }] });
    const [seen] = (await world.get(`payees/${payeeId}/bank-accounts`, CLEO)).body['items'] as { placeId: string; iban: string }[];
    expect(seen).toMatchObject({ placeId: shown('place', place.placeId), iban: first });
    expect((await approve(body['bankAccountId'])).status).toBe(201);
    await approve((await enter(place, changed)).body['bankAccountId']);
    const shownNow = await own(place);
    expect(shownNow).toMatchObject({ paidTo: { waitsUntil: '2026-04-05T08:00:00.000Z' }, versions: [{ state: 'approved' }, { state: 'replaced' }] });
    expect(JSON.stringify(shownNow)).not.toContain(changed.slice(6, -4));
    const told = (await world.emitted(PayeeBankChangedV1)).filter(({ body: said }) => said.payeeId === plain(payeeId));
    expect(told.map(({ body: { step, coolingOffHours } }) => [step, coolingOffHours])).toEqual([['approved', 0], ['proposed', 72], ['approved', 72]]);
  });

  it('is approved by nobody who entered it, whatever role was used', async () => {
    const place = await world.accredit();
    await complete(place);
    const manager = managerOf(place);
    const { body } = await enter(place, newIban(), manager);
    expect((await approve(body['bankAccountId'], { ...CLEO, userId: manager.userId })).body.code).toBe('checker_is_maker');
  });

  it('is entered by its manager with a fresh code alone, for no other place, and is no account of ours or of others', async () => {
    const [place, other] = [await world.accredit(), await world.accredit()];
    await complete(place);
    await world.payee(other, 4_242);
    for (const as of [tillOf(place), ANNA]) expect((await enter(place, newIban(), as)).status).toBe(403);
    const stale = { ...managerOf(place), secondFactorTime: Math.floor(Date.now() / 1_000) - 601 };
    expect((await enter(place, newIban(), stale)).body.code).toBe('second_factor_stale');
    expect((await enter(world.newPlace())).body.code).toBe('place_unknown');
    expect((await enter(place, fakeIban(1))).body.code).toBe('iban_is_ours');
    expect((await enter(place, fakeIban(4_242))).body.code).toBe('iban_taken');
    expect((await world.post('own-account', { as: managerOf(place), body: { iban: newIban(), bic: 'DEUTDEFF', holder: 'MEDIATHEQUE' } })).body.code).toBe('bic_not_of_iban');
    expect((await own(place)).versions).toEqual([]);
  });
});

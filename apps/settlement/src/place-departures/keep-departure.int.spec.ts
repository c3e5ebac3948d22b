// A place leaves a programme by itself: what it is due is paid as any other's, and no charge of a day on which it is gone is owed for it.
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { FeeChangeAnnouncedV1, PlaceChargeAnnouncedV1, PlaceDepartureEndedV1, PlaceDepartureStatedV1 } from '#libs/contracts';
import { CATALOGUE, inspect } from '#libs/invariants';
import { SELLER } from '../../../../test/builders/seller.js';
import { managerOf, plain, SettlementWorld, shown, tillOf, type Place } from '../../../../test/builders/settlement-world.js';
import { PlaceCharger } from '../place-charges/place-charger.js';

jest.setTimeout(60_000);

const DAY = '2026-05-02';
let world: SettlementWorld;
let charger: PlaceCharger;
beforeEach(async () => {
  world = await SettlementWorld.create({ seller: SELLER });
  charger = world.app.get(PlaceCharger, { strict: false });
});
afterEach(async () => {
  const local = CATALOGUE.filter(({ tier, schema }) => tier === 'local' && schema === 'settlement');
  expect((await inspect(world.database.urlFor('settlement'), local)).broken).toEqual([]);
  await world.close();
});

type Paid = Place & Readonly<{ payeeId: string }>;
type Said = Partial<Readonly<{ from: string; statedOn: string; programmeId: string; departureId: string }>>;

const newPayee = async (): Promise<Paid> => {
  const place = await world.accredit(world.newPlace(), { address: '3 rue des Tilleuls, 42000 Saint-Étienne' });
  return { ...place, payeeId: await world.payee(place) };
};
const leaves = async ({ placeId }: Place, over: Said = {}): Promise<string> => {
  const departureId = world.newId();
  await world.take(PlaceDepartureStatedV1, { departureId, placeId, programmeId: world.programmeId, from: DAY, statedOn: '2026-04-02', ...over });
  return over.departureId ?? departureId;
};
const ends = ({ placeId }: Place, departureId: string, how: 'taken_back' | 'accredited_again', from = DAY) =>
  world.take(PlaceDepartureEndedV1, { departureId, placeId, programmeId: world.programmeId, how, from });
const publishCharge = () => world.done('place-charge-rules', {
  from: DAY, amountCents: 7_700, vatBasisPoints: 2_000, bankAccountId: shown('bankAccount', world.bankAccountId),
});
const comes = (instant = `${DAY}T11:00:00.000Z`) => world.clock.set(instant);
const charged = async () => (await world.rows<{ payee_id: string }>('select payee_id from settlement.place_charge')).map(({ payee_id: id }) => id).sort();
const payees = (...places: Paid[]) => places.map(({ payeeId }) => plain(payeeId)).sort();
const stands = async ({ payeeId }: Paid) => ({
  accrued: await world.balance(`accrued:${plain(payeeId)}`), held: await world.balance(`held:${plain(payeeId)}`),
  payable: await world.balance(`payable:${plain(payeeId)}`),
});
const preview = async (place: Place, from: string, programmeId?: string, saidOn = '2026-04-02') => {
  const of = programmeId === undefined ? '' : `&programmeId=${shown('programme', programmeId)}`;
  const { body } = await world.get(`departure-charges?from=${from}&saidOn=${saidOn}${of}`, managerOf(place));
  return (body['items'] as { chargedOn: string; standing: string }[]).map(({ chargedOn, standing }) => [chargedOn, standing]);
};

describe('what a place that left is due', () => {
  it('is stated and paid as before: nothing is held, and no run leaves it out', async () => {
    const [before, after] = [await world.owedPlace(1000), await world.owedPlace(1000)];
    await leaves(before, { from: '2026-04-02' });
    await world.closeStatements();
    await leaves(after, { from: '2026-04-02' });
    expect([await stands(before), await stands(after)]).toEqual([1, 2].map(() => ({ accrued: 0, held: 0, payable: 966 })));
    expect(await world.holds()).toEqual([]);
    expect(await world.createRun()).toMatchObject({ paymentCount: 2, amountCents: 2 * 966, leftOutCount: 0 });
  });

  it('stays attested up to the evening before', async () => {
    const place = await world.owedPlace(1000);
    const to = async () => {
      const { body } = await world.get(`payees/${place.payeeId}/attestation`, managerOf(place));
      return JSON.stringify(body);
    };
    const departureId = await leaves(place, { from: '2026-04-20' });
    expect(await to()).toContain('2026-04-19');
    await ends(place, departureId, 'taken_back', '2026-04-20');
    expect(await to()).not.toContain('2026-04-19');
  });
});

describe('the charge of a day', () => {
  it('is owed by who leaves on the day after, or says on the day itself that it leaves, and by nobody who is gone by then', async () => {
    await publishCharge();
    const gone = [await newPayee(), await newPayee(), await newPayee()] as const;
    const owing = [await newPayee(), await newPayee(), await newPayee(), await newPayee()] as const;
    await leaves(gone[0], { from: DAY, statedOn: '2026-05-01' });
    await leaves(gone[1], { from: '2026-04-10' });
    await ends(gone[1], await leaves(gone[1], { from: '2026-04-05' }), 'taken_back', '2026-04-05');
    const back = await leaves(gone[2], { from: '2026-04-10' });
    await ends(gone[2], back, 'accredited_again', '2026-05-03');
    await leaves(owing[0], { from: '2026-05-03' });
    await leaves(owing[1], { from: DAY, statedOn: DAY });
    await ends(owing[2], await leaves(owing[2]), 'taken_back');
    await ends(owing[3], await leaves(owing[3], { from: '2026-04-10' }), 'accredited_again', '2026-05-01');
    comes();
    expect(await charger.chargeAll()).toBe(4);
    expect(await charged()).toEqual(payees(...owing));
    expect(await world.balance(`place_receivable:${plain(gone[0].payeeId)}`)).toBe(0);
    comes('2026-06-01T11:00:00.000Z');
    expect([await charger.chargeAll(), await charger.isIdle()]).toEqual([0, true]);
  });

  it('waits until the evening before is over everywhere, so that who left on it is known', async () => {
    await publishCharge();
    const [place, staying] = [await newPayee(), await newPayee()];
    comes(`${DAY}T10:59:59.000Z`);
    expect([await charger.chargeAll(), await charger.isIdle()]).toEqual([0, true]);
    // In Polynesia it was still the evening before at ten, UTC.
    await leaves(place, { statedOn: '2026-05-01' });
    comes();
    expect(await charger.chargeAll()).toBe(1);
    expect(await charged()).toEqual(payees(staying));
  });

  it('is owed where another programme, or another place of the same payee, takes part', async () => {
    await publishCharge();
    const [place, body] = [await newPayee(), await newPayee()];
    const other = world.newId();
    const { payeeId: _, ...known } = place;
    await world.accredit(known, { programmeId: other });
    const sibling = await world.accredit();
    await world.done('payees', { placeId: shown('place', sibling.placeId), legalName: 'Commune', siren: body.siret.slice(0, 9) });
    await leaves(place);
    await leaves(body);
    expect([await preview(place, DAY, other), await preview(body, DAY)]).toEqual([[[DAY, 'not_owed']], [[DAY, 'owed_elsewhere']]]);
    comes();
    expect(await charger.chargeAll()).toBe(2);
    expect(await charged()).toEqual(payees(place, body));
  });

  it('is told before a place says that it leaves, as it comes to be charged', async () => {
    await publishCharge();
    const [early, late] = [await newPayee(), await newPayee()];
    const [toLeave, toStay] = [await preview(early, DAY, world.programmeId), await preview(late, '2026-05-03')];
    expect([toLeave, toStay]).toEqual([[[DAY, 'not_owed']], [[DAY, 'owed']]]);
    // In Réunion it is the day already while it is the evening before in Paris.
    comes('2026-05-01T21:00:00.000Z');
    expect([await preview(early, DAY, undefined, DAY), await preview(early, DAY, undefined, '2026-05-01')]).toEqual([[[DAY, 'owed']], [[DAY, 'not_owed']]]);
    await leaves(early);
    await leaves(late, { from: '2026-05-03' });
    comes();
    await charger.chargeAll();
    expect(await charged()).toEqual(payees(late));
    expect(await preview(late, '2026-07-01')).toEqual([[DAY, 'charged']]);
    expect((await world.get('departure-charges?from=2026-05-02&saidOn=2026-04-02', tillOf(late))).status).toBe(403);
  });

  it('is refused by the database of whoever has left before it', async () => {
    await publishCharge();
    const place = await newPayee();
    await leaves(place);
    comes();
    await expect(world.service.query(`
      insert into settlement.place_charge (id, payee_id, year, rule_version, charged_on, custody_account_id, fee, vat, currency, event_id, charged_at)
      values (gen_random_uuid(), '${plain(place.payeeId)}', 2026, 1, '${DAY}', '${world.bankAccountId}', 7700, 1540, 'EUR', gen_random_uuid(), '${DAY}T11:00:00Z')`))
      .rejects.toThrow('takes part');
  });
});

describe('a change of what places pay', () => {
  it('is announced to no place that has left by then', async () => {
    const [gone, leaving] = [await newPayee(), await newPayee()];
    await leaves(gone, { from: '2026-04-02', statedOn: '2026-04-01' });
    await leaves(leaving);
    await publishCharge();
    await world.done('fee-rules', {
      programmeId: shown('programme', world.programmeId), from: DAY, feeBasisPoints: 300, vatBasisPoints: 2000, commonsBasisPoints: 100,
    });
    const told = [...await world.emitted(PlaceChargeAnnouncedV1), ...await world.emitted(FeeChangeAnnouncedV1)];
    expect(told.map(({ body }) => body.places)).toEqual([[leaving.placeId], [leaving.placeId]]);
  });
});

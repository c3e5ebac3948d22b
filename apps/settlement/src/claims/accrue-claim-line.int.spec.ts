import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PlaceAccreditedV1, VoucherRedeemedV1 } from '#libs/contracts';
import { seedOfRun } from '#libs/testing';
import { SettlementWorld, type Place } from '../../../../test/builders/settlement-world.js';

let world: SettlementWorld;

beforeAll(async () => {
  world = await SettlementWorld.create();
});
afterAll(() => world.close());

const payeeOf = async ({ placeId }: Place) =>
  (await world.rows<{ payee_id: string }>('select payee_id from settlement.payee_site where place_id = $1', [placeId])).map((row) => row.payee_id);
const placeRow = ({ placeId }: Place) => world.rows('select name, siret from settlement.known_place where place_id = $1', [placeId]);

describe('a redemption that redemption told', () => {
  it('is owed, gross, to the payee behind its place, under the number and id of its message', async () => {
    const place = await world.accredit();
    const body = world.redeemed({ place, amountCents: 1234 });
    await world.take(VoucherRedeemedV1, body, { id: body.redemptionId, seq: 500_000 });
    const [payeeId] = await payeeOf(place);
    expect(await world.rows('select payee_id, source_seq::int, gross::int from settlement.claim_line where redemption_id = $1', [body.redemptionId]))
      .toEqual([{ payee_id: payeeId, source_seq: 500_000, gross: 1234 }]);
    expect(await world.rows('select rule, debit, credit, amount::int from settlement.transfer where event_id = $1', [body.redemptionId]))
      .toEqual([{ rule: '7', debit: 'clearing:redemption', credit: `accrued:${payeeId}`, amount: 1234 }]);
  });

  it('is owed once, though it comes twice', async () => {
    const place = await world.accredit();
    const body = world.redeemed({ place });
    await world.take(VoucherRedeemedV1, body, { id: body.redemptionId });
    await world.take(VoucherRedeemedV1, body, { id: body.redemptionId });
    expect(await world.balance(`accrued:${(await payeeOf(place))[0]}`)).toBe(1000);
  });

  it('is a fault when it comes again with another amount', async () => {
    const place = await world.accredit();
    const body = world.redeemed({ place });
    await world.take(VoucherRedeemedV1, body, { id: body.redemptionId });
    await expect(world.take(VoucherRedeemedV1, { ...body, amountCents: 999 }, { id: world.newId() })).rejects.toThrow('told twice with other content');
  });

  it('may come before its place is known', async () => {
    const place = world.newPlace();
    await world.redeem(place);
    const [payeeId] = await payeeOf(place);
    expect(await placeRow(place)).toEqual([]);
    await world.accredit(place);
    expect(await payeeOf(place)).toEqual([payeeId]);
    expect(await placeRow(place)).toEqual([{ name: `Médiathèque ${place.siret}`, siret: place.siret }]);
  });

  it('is owed to one payee, though many redemptions of a new place come at the same moment', async () => {
    const place = world.newPlace();
    const bodies = Array.from({ length: 8 }, () => world.redeemed({ place }));
    await world.atOnce(bodies.map((body) => () => world.take(VoucherRedeemedV1, body, { id: body.redemptionId })));
    const [payeeId, ...more] = await payeeOf(place);
    expect(more).toEqual([]);
    expect(await world.balance(`accrued:${payeeId}`)).toBe(8000);
    expect(await world.count('payee', `not exists (select from settlement.payee_site s where s.payee_id = payee.id)`)).toBe(0);
  });

  it('is owed as it would be alone when many come together, and only what is not ordinary is left', async () => {
    const [known, unknown] = [await world.accredit(), world.newPlace()];
    const told = world.redeemed({ place: known, amountCents: 700 });
    await world.take(VoucherRedeemedV1, told, { id: told.redemptionId });
    const fresh = Array.from({ length: 20 }, (_, at) => world.redeemed({ place: known, amountCents: 100 + at }));
    const first = world.redeemed({ place: unknown, amountCents: 5 });
    expect(await world.takeRedemptions([fresh[0]!, told, first, ...fresh.slice(1)])).toEqual({ leftCount: 2 });
    const owed = fresh.reduce((all, { amountCents }) => all + amountCents, 700);
    expect(await world.balance(`accrued:${(await payeeOf(known))[0]}`)).toBe(owed);
    expect(await world.balance(`accrued:${(await payeeOf(unknown))[0]}`)).toBe(5);
    const [payeeId] = await payeeOf(known);
    expect(await world.rows('select debit, credit, amount::int, rule from settlement.transfer where event_id = $1', [fresh[7]!.redemptionId]))
      .toEqual([{ debit: 'clearing:redemption', credit: `accrued:${payeeId}`, amount: 107, rule: '7' }]);
  });

  it('is a fault among many too, when it comes again with another amount: nothing of the others is kept', async () => {
    const place = await world.accredit();
    const [told, other] = [world.redeemed({ place }), world.redeemed({ place })];
    await world.take(VoucherRedeemedV1, told, { id: told.redemptionId });
    await expect(world.takeRedemptions([other, { ...told, amountCents: 999 }])).rejects.toThrow('told twice with other content');
    expect(await world.balance(`accrued:${(await payeeOf(place))[0]}`)).toBe(1000);
  });

  const seed = seedOfRun();
  it(`ends the same in whatever order the messages come (seed ${seed})`, async () => {
    const outcomes = [];
    for (let round = 0; round < 6; round += 1) {
      const place = world.newPlace();
      const accredited = (name: string, minute: number) => () =>
        world.take(PlaceAccreditedV1, {
          ...place, name, programmeId: world.programmeId, accreditationVersion: 1, from: '2026-01-01', to: '2026-12-31',
        }, { occurredAt: `2026-04-02T08:0${minute}:00.000Z` });
      const redeemed = Array.from({ length: 3 }, (_, at) => world.redeemed({ place, amountCents: 100 + at }));
      const deliveries = [
        accredited('old name', 1), accredited('new name', 2), accredited('oldest name', 0),
        ...redeemed.map((body) => () => world.take(VoucherRedeemedV1, body, { id: body.redemptionId })),
      ];
      for (const deliver of shuffled(deliveries, `${seed}:${round}`)) await deliver();
      const [payeeId, ...more] = await payeeOf(place);
      const [known] = await placeRow(place) as { name: string }[];
      outcomes.push([known!.name, more.length, await world.balance(`accrued:${payeeId}`)]);
    }
    expect(outcomes).toEqual(Array.from({ length: 6 }, () => ['new name', 0, 303]));
  });
});

/** Another order for each seed, the same for the same one. */
function shuffled<T>(items: readonly T[], text: string): T[] {
  let state = [...text].reduce((value, letter) => Math.imul(value ^ letter.charCodeAt(0), 16_777_619), 2_166_136_261) >>> 0;
  const left = [...items];
  return items.map(() => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return left.splice((state >>> 8) % left.length, 1)[0]!;
  });
}

// How long places waited: of money that reached them, in the month in which it left, told once.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RedemptionUndoneV1, TimeToPayMeasuredV1 } from '#libs/contracts';
import { SettlementWorld } from '../../../../test/builders/settlement-world.js';
import { DelayMeasurer } from './delay-measurer.js';

let world: SettlementWorld;
let measurer: DelayMeasurer;
beforeAll(async () => {
  world = await SettlementWorld.create();
  measurer = new DelayMeasurer(world.work);
});
afterAll(() => world.close());

const told = async () => (await world.emitted(TimeToPayMeasuredV1)).map(({ body }) => body);
const BOOKED_ON = '2026-04-02';

/** Redemptions so many days before the bank books what is paid for them. */
async function waited(place: Parameters<SettlementWorld['redeem']>[0], days: readonly number[]): Promise<void> {
  for (const count of days) {
    const at = new Date(Date.parse(`${BOOKED_ON}T09:30:00Z`) - count * 86_400_000).toISOString();
    await world.redeem(place, 1000, { redeemedAt: at, serviceDate: at.slice(0, 10) });
  }
}

describe('the time to pay', () => {
  it('is not measured before anything was paid', async () => {
    world.clock.set('2026-05-20T08:00:00Z');
    expect(await measurer.measureDue()).toEqual([]);
    world.clock.set('2026-04-02T08:00:00Z');
  });

  it('is told once of a month that has settled, without what came back and what was undone', async () => {
    const [paid, returned] = [await world.accredit(), await world.accredit()];
    const [, returnedPayee] = [await world.payee(paid), await world.payee(returned)];
    await waited(paid, [3, 5, 8, 13, 21]);
    await waited(returned, [90]);
    const undone = world.redeemed({ place: paid, over: { redeemedAt: '2026-01-10T09:30:00.000Z' } });
    await world.takeRedemptions([undone]);
    await world.take(RedemptionUndoneV1, {
      ...RedemptionUndoneV1.sample, redemptionId: undone.redemptionId, batchId: undone.batchId, voucherId: undone.voucherId,
      placeId: paid.placeId, programmeId: undone.programmeId, custodyAccountId: undone.custodyAccountId, amountCents: undone.amountCents,
    });
    await world.closeStatements();
    world.bank.execute(await world.released());
    const [back] = (await world.get(`payments?payeeId=${returnedPayee}`)).body['items'] as { endToEndId: string }[];
    world.bank.returnPayment(back!.endToEndId, 'AC01');
    await world.bankDay();
    world.clock.set('2026-05-05T21:00:00Z');
    expect(await measurer.measureDue()).toEqual([]);
    world.clock.set('2026-05-05T22:30:00Z');
    const measured = await world.atOnce([1, 2, 3].map(() => () => measurer.measureDue()));
    expect(measured.flat()).toEqual(['2026-04']);
    const waits = { programmeId: world.programmeId, lines: 5, medianDays: 8, ninthDecileDays: 21, longestDays: 21 };
    expect(await told()).toEqual([{ month: '2026-04', programmes: [waits] }]);
  });

  it('goes on with months in which nothing was paid', async () => {
    world.clock.set('2026-07-06T08:00:00Z');
    expect(await measurer.measureDue()).toEqual(['2026-05', '2026-06']);
    expect((await told()).slice(1)).toEqual([{ month: '2026-05', programmes: [] }, { month: '2026-06', programmes: [] }]);
  });

  it('is of a month that is over, says the database too', async () => {
    const insert = world.service.query(`insert into settlement.measured_month values ('2026-07-01', gen_random_uuid(), '2026-07-31T12:00:00Z')`);
    await expect(insert).rejects.toMatchObject({ constraint: 'month_is_over' });
  });
});

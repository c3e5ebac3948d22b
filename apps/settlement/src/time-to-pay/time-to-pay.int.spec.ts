// How long places waited: of money that reached them, in the month in which it left, told once.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RedemptionUndoneV1, TimeToPayMeasuredV1 } from '#libs/contracts';
import { managerOf, SettlementWorld, shown } from '../../../../test/builders/settlement-world.js';
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

describe('what was paid early', () => {
  it('waited until that day, by its cents, and the rest until the day of the rest', async () => {
    // More than is usual of a first run, which this is not about.
    const early = await SettlementWorld.create({ firstRunsCeilingCents: 100_000_000, paymentCeilingCents: 100_000_000 });
    try {
      const first = await early.owedPlace(2_000_000);
      await early.done('early-payment-rules', {
        programmeId: shown('programme', early.programmeId), from: '2026-04-03', shareBasisPoints: 8_000, ceilingCents: 900_000, monthsMin: 1, redemptionsMin: 1,
      });
      await early.closeStatements();
      for (let day = 2; day < 34; day += 1) await early.bankDay();
      early.clock.set('2026-05-04T08:00:00.000Z');
      await early.redeem(first, 100_000, { redeemedAt: '2026-04-24T09:30:00.000Z', serviceDate: '2026-04-24' });
      // A fifth of its net of 966 euros.
      const asked = { bankAccountId: shown('bankAccount', early.bankAccountId), amountCents: 19_320, currency: 'EUR' };
      expect((await early.post('early-payments', { as: managerOf(first), body: asked })).status).toBe(201);
      early.bank.execute(await early.released(await early.createRun({ purpose: 'early' })));
      for (let day = 0; day < 11; day += 1) await early.bankDay();
      await early.closeStatements();
      early.bank.execute(await early.released());
      await early.bankDay();

      const left = async (purpose: string) => (await early.rows<{ day: string }>(
        `select min(m.booked_on)::text as day from settlement.payment_movement m join settlement.payment p on p.id = m.payment_id where p.purpose = $1`, [purpose]))[0]!.day;
      const [earlyOn, restOn] = [await left('early'), await left('place')];
      const since = (day: string, on: string) => (Date.parse(on) - Date.parse(day)) / 86_400_000;
      expect([earlyOn < restOn, earlyOn.slice(0, 7), restOn.slice(0, 7)]).toEqual([true, '2026-05', '2026-05']);
      early.clock.set('2026-06-06T08:00:00Z');
      await new DelayMeasurer(early.work).measureDue();
      const may = (await early.emitted(TimeToPayMeasuredV1)).map(({ body }) => body).find(({ month }) => month === '2026-05')!;
      const weighed = Math.round(0.2 * since('2026-04-24', earlyOn) + 0.8 * since('2026-04-24', restOn));
      expect(weighed).toBeLessThan(since('2026-04-24', restOn));
      expect(may.programmes).toEqual([{
        programmeId: early.programmeId, lines: 2, medianDays: weighed, ninthDecileDays: since('2026-03-10', restOn), longestDays: since('2026-03-10', restOn),
      }]);
    } finally {
      await early.close();
    }
  });
});

// What a place learns of its money, from the redemption to the bank: what comes next and when, in which statement, by which payment.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ANNA, managerOf, SettlementWorld, shown, tillOf, type Place } from '../../../../test/builders/settlement-world.js';

let world: SettlementWorld;
beforeAll(async () => {
  world = await SettlementWorld.create();
  await world.done('closing-rules', { programmeId: shown('programme', world.programmeId), from: '2026-04-03', frequency: 'monthly', minimumCents: 0, payDaysMax: 10 });
  world.clock.set('2026-04-10T08:00:00.000Z');
});
afterAll(() => world.close());

type Next = Readonly<{
  unpaid: readonly { statementId: string; toPayCents: number; state: string; executionOn: string | null; payBy: string | null }[];
  accruing: Record<string, unknown>; held: { lines: number };
}>;
const next = async (place: Place) => (await world.get('next-payment', managerOf(place))).body as unknown as Next;
type Page = Readonly<{ items: readonly Record<string, unknown>[]; totals: { count: number; sums: Record<string, number> } }>;
const list = async (path: string, place: Place) => (await world.get(path, managerOf(place))).body as unknown as Page;

describe('what a place is paid next', () => {
  it('is what its redemptions come to and by when, then a statement, then a payment, then nothing', async () => {
    const place = await world.accredit();
    await world.payee(place);
    await world.redeem(place, 10_000);
    expect(await next(place)).toMatchObject({
      unpaid: [], held: { lines: 0 },
      accruing: { lines: 1, grossCents: 10_000, feeCents: 200, vatCents: 40, commonsCents: 100, netCents: 9_660, nextEnd: '2026-04-30', payBy: '2026-05-10' },
    });
    world.clock.set('2026-04-30T18:00:00.000Z');
    await world.closeStatements();
    const [statement] = (await next(place)).unpaid;
    expect(statement).toMatchObject({ toPayCents: 9_660, state: 'not_ordered', executionOn: null, payBy: '2026-05-10' });
    const run = await world.createRun();
    expect((await next(place)).unpaid).toMatchObject([{ state: 'instructed', executionOn: run['executionOn'] }]);
    const history = await list('statements/history?totals=true', place);
    expect(history).toMatchObject({
      items: [{ statementId: statement!.statementId, feeCents: 240, toPayCents: 9_660, state: 'instructed', paidOn: null }],
      totals: { count: 1, sums: { toPayCents: 9_660, grossCents: 10_000 } },
    });
    expect((await list('statements/history?state=booked', place)).items).toEqual([]);
    const { reference } = history.items[0] as { reference: string };
    expect((await list(`statements/history?reference=${reference.slice(0, 12).toLowerCase()}`, place)).items).toMatchObject([{ reference }]);
    expect((await list('statements/history?reference=MR00000000000', place)).items).toEqual([]);
    const file = await world.released(run);
    const payments = (await world.get(`statements/${statement!.statementId}/payments`, managerOf(place))).body['items'];
    expect(payments).toMatchObject([{ state: 'released', amountCents: 9_660, bookedOn: null, iban: expect.stringContaining('…') }]);
    // The bank's own days go on, up to that of the run.
    for (let day = 2; day < 30; day += 1) await world.bankDay();
    world.bank.execute(file);
    expect(await world.bankDay()).toEqual({ payment_debit: 1 });
    expect((await next(place)).unpaid).toEqual([]);
    expect((await list('statements/history?state=booked', place)).items).toMatchObject([{ paidOn: expect.any(String), reference: expect.any(String) }]);
    world.clock.set('2026-04-10T08:00:00.000Z');
  });

  it('is unknown for a place that settlement has not heard of, and another place sees nothing of it', async () => {
    const [place, other] = [await world.owedPlace(2_000), await world.accredit()];
    await world.closeStatements();
    expect((await world.get('next-payment', managerOf(world.newPlace()))).body.code).toBe('place_unknown');
    expect((await next(other)).accruing).toMatchObject({ lines: 0, nextEnd: null });
    const [statement] = (await list('statements/history', place)).items;
    expect((await world.get(`statements/${String(statement!['statementId'])}/payments`, managerOf(other))).body.code).toBe('statement_unknown');
    expect((await list(`statement-lines?statementId=${String(statement!['statementId'])}`, other)).items).toEqual([]);
    for (const as of [ANNA, tillOf(place)]) expect((await world.get('next-payment', as)).status).toBe(403);
  });
});

describe('the lines of statements', () => {
  it('each name their redemption, and their parts add up to the statement in every column', async () => {
    const place = await world.accredit();
    await world.payee(place);
    for (const amount of [1_013, 1_013, 1_013, 2_000]) await world.redeem(place, amount);
    await world.closeStatements();
    const [statement] = (await list('statements/history', place)).items as [Record<string, number | string>];
    const lines = await list(`statement-lines?statementId=${String(statement['statementId'])}&totals=true&sort=grossCents`, place);
    const sum = (name: string) => lines.items.reduce((total, line) => total + Number(line[name]), 0);
    expect([sum('grossCents'), sum('netCents'), sum('commonsCents'), sum('feeCents') + sum('vatCents')])
      .toEqual([statement['grossCents'], statement['netCents'], statement['commonsCents'], statement['feeCents']]);
    expect(lines.totals).toEqual({ count: 4, sums: { grossCents: 5_039 } });
    expect(lines.items.at(-1)).toMatchObject({ grossCents: 2_000, redemptionId: expect.stringMatching(/^red_/), kind: 'redeemed' });
    expect((await list('statement-lines?grossCentsFrom=2000&totals=true', place)).totals).toEqual({ count: 1, sums: { grossCents: 2_000 } });
    expect((await world.get('statement-lines?statementId=rubbish', managerOf(place))).body.code).toBe('request_malformed');
  });
});

// A year of months, closed one after the other on a clock that is handed in.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { StatementClosedV1 } from '#libs/contracts';
import { plain, SettlementWorld, tillOf, type Place } from '../../../../test/builders/settlement-world.js';

let world: SettlementWorld;
let place: Place & { payeeId: string };
beforeAll(async () => {
  world = await SettlementWorld.create();
  place = { ...await world.accredit(), payeeId: '' };
  place = { ...place, payeeId: await world.payee(place) };
});
afterAll(() => world.close());

const MONTHS = Array.from({ length: 12 }, (_, at) => `2027-${String(at + 1).padStart(2, '0')}`);
/** The first hours of the month after, where our banks are: at this moment it is still the last day in UTC. */
const nightAfter = (month: string) => {
  const [year, number] = month.split('-').map(Number) as [number, number];
  return new Date(Date.UTC(year, number, 1) - 1_800_000).toISOString();
};
type Listed = Readonly<{ statementId: string; period: string; grossCents: number; upToSeq: number; afterSeq: number | null }>;
const listed = async (query = '') => (await world.get(`statements?limit=200${query}`)).body['items'] as Listed[];

describe('twelve months in a row', () => {
  it('are each closed once, with the month as their label, a month with nothing among them', async () => {
    for (const [at, month] of MONTHS.entries()) {
      world.clock.set(`${month}-15T10:00:00Z`);
      const isQuiet = at === 7;
      // In the same month, and a service of the month before that is claimed only now: it is this month's, by its number.
      const lateDay = `${MONTHS[at - 1] ?? '2026-12'}-28`;
      if (!isQuiet) await world.redeem(place, 100 + at, { serviceDate: `${month}-14`, redeemedAt: `${month}-15T10:00:00.000Z` });
      if (!isQuiet) await world.redeem(place, 1000, { serviceDate: lateDay, redeemedAt: `${month}-15T11:00:00.000Z` });
      world.clock.set(nightAfter(month));
      expect(await world.closeStatements()).toMatchObject({
        period: month, closedBefore: false, statements: isQuiet ? 0 : 1, grossCents: isQuiet ? 0 : 1100 + at,
      });
      expect(await world.done('statement-closings')).toMatchObject({ period: month, closedBefore: true, statements: isQuiet ? 0 : 1 });
    }
    const statements = [...await listed()].reverse();
    expect(statements.map(({ period }) => period)).toEqual(MONTHS.filter((_, at) => at !== 7));
    expect(statements.slice(1).map(({ afterSeq }) => afterSeq)).toEqual(statements.slice(0, -1).map(({ upToSeq }) => upToSeq));
    expect((await world.emitted(StatementClosedV1)).map(({ body }) => body.period)).toEqual(MONTHS.filter((_, at) => at !== 7));
    expect(await world.balanceOf('accrued')).toBe(0);
  });

  it('are found by month and by closing', async () => {
    const [march] = await listed('&period=2027-03');
    expect(march).toMatchObject({ period: '2027-03', grossCents: 1102 });
    expect((await listed(`&upToSeq=${march!.upToSeq}`)).map(({ statementId }) => statementId)).toEqual([march!.statementId]);
    expect(await listed('&period=2027-08')).toEqual([]);
    expect((await world.get('statements?period=2027-13')).status).toBe(400);
    expect((await world.get('statements?upToSeq=0')).status).toBe(400);
  });

  it('do not go back, and do not run ahead', async () => {
    world.clock.set('2028-01-20T10:00:00Z');
    await world.redeem(place, 10);
    await world.total();
    const close = (period: string) => world.post('statement-closings', { body: { period } });
    expect((await close('2028-02')).body).toMatchObject({ code: 'period_out_of_order', details: { earliest: '2027-12', latest: '2028-01' } });
    expect((await close('2027-11')).body.code).toBe('period_out_of_order');
    expect((await close('2028-1')).status).toBe(400);
    expect((await close('2027-12')).body).toMatchObject({ period: '2027-12', statements: 1, grossCents: 10 });
  });
});

describe('the file of a statement', () => {
  it('has a line per claim and a total, and each column adds up', async () => {
    const [march] = await listed('&period=2027-03');
    const { status, headers, text } = await world.get(`statements/${march!.statementId}/file?format=csv`, tillOf(place));
    expect([status, headers['content-type'], headers['content-disposition']])
      .toEqual([200, 'text/csv; charset=utf-8', `attachment; filename="2027-03-${march!.statementId}.csv"`]);
    const [head, ...rows] = text.trimEnd().split('\r\n').map((line) => line.split(','));
    expect(head).toEqual([
      'redemption', 'place', 'programme', 'fee_rule_version', 'service_date', 'gross_cents', 'fee_cents', 'vat_cents', 'commons_cents', 'net_cents', 'currency',
      'tariff_version', 'tariff_cents', 'incident',
    ]);
    const [first, second, total, ...more] = rows as [string[], string[], string[]];
    expect(more).toEqual([]);
    expect([first!.slice(1, 6), second!.slice(4, 6)]).toEqual([
      [`plc_${place.placeId}`, `prg_${world.programmeId}`, '1', '2027-03-14', '102'], ['2027-02-28', '1000'],
    ]);
    expect(total!.slice(0, 6)).toEqual(['total', '', '', '', '', '1102']);
    for (let column = 5; column < 10; column += 1) expect(Number(first![column]) + Number(second![column])).toBe(Number(total![column]));
    // Fee 2 %, VAT 20 % of it, commons 1 %.
    expect(total!.slice(6)).toEqual(['22', '4', '11', '1065', 'EUR', '', '', '']);
  });

  it('is read by its own payee only, and has no other format', async () => {
    const [march] = await listed('&period=2027-03');
    const path = `statements/${march!.statementId}/file`;
    expect((await world.get(path, tillOf(await world.owedPlace()))).body.code).toBe('statement_unknown');
    expect((await world.get(`${path}?format=ods`)).status).toBe(400);
    expect((await world.get(`statements/stm_${plain(world.newId())}/file`)).body.code).toBe('statement_unknown');
  });
});

// What settlement tells audit of its ledger and its banks, day by day, on a real database.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ControlTotalsPublishedV1, orderReference, type BodyOf } from '#libs/contracts';
import { cents, idOf } from '#libs/kernel';
import { fakeIban } from '#libs/testing';
import { NOW, SettlementWorld } from '../../../../test/builders/settlement-world.js';

let world: SettlementWorld;
beforeAll(async () => { world = await SettlementWorld.create(); });
afterAll(() => world.close());

type Totals = BodyOf<typeof ControlTotalsPublishedV1>;
const publish = async () => (await world.done('control-totals'))['announced'] as { number: number; day: string; final: boolean }[];
const told = async (): Promise<Totals[]> => (await world.emitted(ControlTotalsPublishedV1)).map(({ body }) => body);
const last = async () => (await told()).at(-1)!;
const bankOf = ({ stated }: Totals) => stated.find(({ kind }) => kind === 'bank')!;
const hoursLater = (hours: number) => world.clock.set(new Date(Date.parse(NOW) + hours * 3_600_000).toISOString());

async function receive(amountCents: number): Promise<void> {
  world.bank.receive({ amountCents: cents(amountCents), from: { name: 'DRFIP', iban: fakeIban(50) }, reference: orderReference(idOf('order', world.newId())) });
  await world.bankDay();
}

describe('the totals of settlement', () => {
  it('begin with yesterday, and hold what the bank states beside what the books say', async () => {
    await receive(10_000);
    expect((await publish()).map(({ number, day, final }) => [number, day, final])).toEqual([[1, '2026-04-01', true], [2, '2026-04-02', false]]);
    const today = await last();
    const custodyAccountId = world.bankAccountId;
    expect(today.lines).toEqual([
      { custodyAccountId, programmeId: null, account: `bank:${custodyAccountId}`, amountCents: 10_000 },
      { custodyAccountId, programmeId: null, account: 'clearing', amountCents: -10_000 },
    ]);
    expect(bankOf(today)).toMatchObject({ statedCents: 10_000, ledgerCents: 10_000, differences: [], unaccountedCents: 0 });
    expect((await told())[0]!.lines).toEqual([]);
  });

  it('are not told again while nothing moves, and name each line that the bank states and the books do not', async () => {
    expect(await publish()).toEqual([]);
    world.bank.debit(cents(250), { name: 'FOURNISSEUR', iban: fakeIban(60) }, 'PRELEVEMENT');
    await world.bankDay();
    expect(await publish()).toMatchObject([{ number: 3, final: false }]);
    expect(bankOf(await last())).toMatchObject({
      statedCents: 9_750, ledgerCents: 10_000, unaccountedCents: 0, differences: [{ what: 'unexplained_debit', amountCents: -250 }],
    });
  });

  it('are final when the day is over, as its books were then, whatever was posted since', async () => {
    hoursLater(24);
    await receive(500);
    expect(await publish()).toMatchObject([{ number: 4, day: '2026-04-02', final: true }, { number: 5, day: '2026-04-03', final: false }]);
    const [yesterday, today] = (await told()).slice(-2);
    expect([bankOf(yesterday!).ledgerCents, bankOf(yesterday!).statedCents]).toEqual([10_000, 9_750]);
    expect([bankOf(today!).ledgerCents, bankOf(today!).statedCents]).toEqual([10_500, 10_250]);
  });

  it('are of each day that nobody told, in order, once it is over', async () => {
    hoursLater(24 * 4);
    expect((await publish()).map(({ day, final }) => [day, final])).toEqual([
      ['2026-04-03', true], ['2026-04-04', true], ['2026-04-05', true], ['2026-04-06', false]]);
  });

  it('show what is missing when one bank line was deleted with its posting', async () => {
    await world.admin.query(`begin; set local session_replication_role = replica;
      delete from settlement.transfer where event_id = (select event_id from settlement.bank_line where amount = 500 and kind = 'payer_receipt');
      delete from settlement.bank_line where amount = 500 and kind = 'payer_receipt'; commit`);
    await publish();
    expect(bankOf(await last())).toMatchObject({ statedCents: 10_250, ledgerCents: 10_000, unaccountedCents: 500 });
  });

  it('are told once when two ask at the same moment', async () => {
    hoursLater(24 * 6);
    await world.atOnce(Array.from({ length: 4 }, () => () => world.post('control-totals')));
    const numbers = (await told()).map(({ number }) => number);
    expect(numbers).toEqual(numbers.map((_, at) => at + 1));
  });
});

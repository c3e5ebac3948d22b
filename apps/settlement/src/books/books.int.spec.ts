// The books as they were: at random moments of a history of places that are paid, of payments that come back, and of the bank.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cursorOf } from '#libs/http';
import { fakeIban, seedOfRun } from '#libs/testing';
import { ANNA, AUDITOR, BERT, SettlementWorld, shown, tillOf, type Place } from '../../../../test/builders/settlement-world.js';

let world: SettlementWorld;
let places: (Place & { payeeId: string })[];
let closings: number[];
const FIRST = Date.parse('2026-04-02T08:00:00Z');
const HOUR_MS = 3_600_000;
let hour = 0;
const later = () => {
  hour += 1;
  world.clock.set(new Date(FIRST + hour * HOUR_MS).toISOString());
};

beforeAll(async () => {
  world = await SettlementWorld.create({ holdFirstRemittance: true });
  places = [await world.owedPlace(1100), await world.owedPlace(2200), await world.owedPlace(3300)];
  closings = [];
  for (let round = 0; round < 3; round += 1) {
    for (const place of places) {
      later();
      await world.redeem(place, 500 + hour);
    }
    later();
    closings.push(Number((await world.closeStatements())['upToSeq']));
    for (const { holdId, state } of await world.holds()) {
      later();
      if (state === 'held') await world.done(`holds/${holdId}/release`, { note: 'seen' }, BERT);
    }
    if (round === 0) continue;
    later();
    world.bank.execute(await world.released());
    later();
    await world.bankDay();
    const [payment] = (await world.get(`payments?payeeId=${places[round]!.payeeId}`)).body['items'] as { endToEndId: string }[];
    world.bank.returnPayment(payment!.endToEndId, 'AC04');
    later();
    await world.bankDay();
    await world.bankAccount(places[round]!.payeeId, fakeIban(world.newAccount()));
  }
});
afterAll(() => world.close());

type Balance = Readonly<{ account: string; debitCents: number; creditCents: number; balanceCents: number; transfers: number }>;
type Transfer = Readonly<{ eventId: string; line: number; debit: string; credit: string; amountCents: number; bookedAt: string }>;
async function all<Item>(path: string, limit = 200): Promise<Item[]> {
  const items: Item[] = [];
  for (let cursor: unknown = ''; cursor !== null;) {
    const { status, body } = await world.get(`${path}&limit=${limit}${cursor ? `&cursor=${String(cursor)}` : ''}`, AUDITOR);
    expect(status).toBe(200);
    items.push(...body['items'] as Item[]);
    cursor = body['nextCursor'];
  }
  return items;
}
const balancesAt = (at: Date, limit?: number) => all<Balance>(`books/balances?at=${at.toISOString()}`, limit);
type Posted = Readonly<{ debit: string; credit: string; amount: number; at: Date }>;
const ledger = () => world.rows<Posted>('select debit, credit, amount::float8 as amount, coalesce(booked_at, created_at) as at from settlement.transfer');
/** Debit less credit of each account, counted here. */
function counted(transfers: readonly Posted[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { debit, credit, amount } of transfers) {
    sums.set(debit, (sums.get(debit) ?? 0) + amount);
    sums.set(credit, (sums.get(credit) ?? 0) - amount);
  }
  return sums;
}

describe('the books at a past moment', () => {
  const seed = seedOfRun();
  it(`are what they are now without what came after, of each account, and balance (seed ${seed})`, async () => {
    const transfers = await ledger();
    expect(transfers.length).toBeGreaterThan(30);
    const now = counted(transfers);
    let state = [...seed].reduce((value, letter) => Math.imul(value ^ letter.charCodeAt(0), 16_777_619), 2_166_136_261) >>> 0;
    for (let round = 0; round < 12; round += 1) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      // Some on the moment of a posting itself, which belongs to it.
      const at = new Date(FIRST - HOUR_MS + Math.floor((state / 2 ** 32) * (hour + 2)) * HOUR_MS + (round % 2) * 1_800_000);
      const after = counted(transfers.filter((transfer) => transfer.at > at));
      const shownThen = await balancesAt(at);
      for (const [account, balance] of now) {
        const then = shownThen.find((row) => row.account === account)?.balanceCents ?? 0;
        expect([account, then + (after.get(account) ?? 0)]).toEqual([account, balance]);
      }
      expect(shownThen.reduce((sum, { balanceCents }) => sum + balanceCents, 0)).toBe(0);
    }
  });

  it('are made of transfers that anybody can go through, page by page', async () => {
    const at = new Date(FIRST + Math.floor(hour / 2) * HOUR_MS);
    const balances = await balancesAt(at, 3);
    expect(balances).toEqual(await balancesAt(at));
    for (const { account, balanceCents, debitCents, creditCents, transfers: count } of balances) {
      const transfers = await all<Transfer>(`books/transfers?account=${account}&at=${at.toISOString()}`, 2);
      expect([account, transfers.length]).toEqual([account, count]);
      const sumOf = (side: 'debit' | 'credit') => transfers.filter((transfer) => transfer[side] === account).reduce((sum, { amountCents }) => sum + amountCents, 0);
      expect([sumOf('debit'), sumOf('credit'), sumOf('debit') - sumOf('credit')]).toEqual([debitCents, creditCents, balanceCents]);
      expect(transfers.every(({ bookedAt }) => new Date(bookedAt) <= at)).toBe(true);
      expect(new Set(transfers.map(({ eventId, line }) => `${eventId} ${line}`)).size).toBe(count);
    }
  });

  it('are asked for by the number of a closing, by kind, by account and by custody account', async () => {
    const closed = await all<Balance>(`books/balances?closing=${closings[1]}&account=payable`);
    const [{ net }] = await world.rows<{ net: number }>('select sum(net)::int as net from settlement.statement where up_to_seq <= $1', [closings[1]]) as [{ net: number }];
    expect(closed.reduce((sum, { balanceCents }) => sum - balanceCents, 0)).toBe(net);
    expect(closed.map(({ account }) => account).sort()).toEqual(places.map(({ payeeId }) => `payable:${payeeId.slice(payeeId.indexOf('_') + 1)}`).sort());
    const [bank, ...others] = await all<Balance>(`books/balances?account=bank:${world.bankAccountId}&bankAccountId=${shown('bankAccount', world.bankAccountId)}`);
    expect([bank!.balanceCents, others]).toEqual([-(await world.balance(`bank:${world.bankAccountId}`)), []]);
    expect(await all(`books/balances?bankAccountId=${shown('bankAccount', world.newId())}`)).toEqual([]);
  });

  it('say whether something may still join them', async () => {
    const finality = async (query: string) => (await world.get(`books/balances?limit=1${query}`)).body;
    const now = new Date(FIRST + hour * HOUR_MS);
    expect(await finality('')).toMatchObject({ asOf: now.toISOString(), isFinal: false });
    expect(await finality('&at=2099-01-01T00:00:00Z')).toMatchObject({ asOf: now.toISOString(), isFinal: false });
    expect(await finality(`&at=${new Date(now.getTime() - 60_000).toISOString()}`)).toMatchObject({ isFinal: true });
  });

  it('go on as of the moment at which a list began', async () => {
    const { body } = await world.get('books/balances?limit=1');
    const before = (await all<Balance>('books/balances?account=accrued')).length;
    later();
    const late = await world.accredit();
    await world.redeem(late, 1);
    const rest = await world.get(`books/balances?limit=200&cursor=${String(body['nextCursor'])}`);
    expect(rest.body['asOf']).toBe(body['asOf']);
    const accrued = [...body['items'] as Balance[], ...rest.body['items'] as Balance[]].filter(({ account }) => account.startsWith('accrued'));
    expect(accrued.length).toBe(before);
    expect((await all<Balance>('books/balances?account=accrued')).length).toBe(before + 1);
  });

  it('are refused of a closing that never was or is not over, and of two moments at once', async () => {
    expect((await world.get('books/balances?closing=999999')).body.code).toBe('closing_unknown');
    await world.admin.query(`insert into settlement.statement_closing (up_to_seq, opened_by, opened_at, period) values (999999, 'x', now(), '2099-01')`);
    expect((await world.get('books/transfers?account=psp&closing=999999')).body).toMatchObject({ code: 'closing_open', retryable: true });
    await world.admin.query('delete from settlement.statement_closing where up_to_seq = 999999');
    for (const query of ['at=2026-04-02T08:00:00Z&closing=1', 'at=yesterday', 'account=Bank', 'closing=0', 'cursor=x']) {
      expect([query, (await world.get(`books/balances?${query}`)).status]).toEqual([query, 400]);
    }
    expect((await world.get('books/transfers')).status).toBe(400);
    for (const position of [[9e15, 1, randomUUID(), 1], [0.5, 1, randomUUID(), 1], [1, 1, randomUUID(), 2 ** 31]]) {
      expect((await world.get(`books/transfers?account=psp&cursor=${cursorOf(position)}`)).body.code).toBe('request_malformed');
    }
    expect((await world.get('books/balances?at=0000-01-01T00:00:00Z')).body.code).toBe('request_malformed');
  });

  it('are for who keeps them and for who checks them', async () => {
    expect((await world.get('books/balances', tillOf(places[0]!))).status).toBe(403);
    for (const as of [ANNA, BERT, AUDITOR]) expect((await world.get('books/balances', as)).status).toBe(200);
  });
});

// Forty tills hold the same voucher to their scanner at the same moment, over HTTP.
// Goal: one of them is told yes; all are told the same again when they ask again; the ledger moved ten euros once.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { uuidv7 } from 'uuidv7';
import { inspect } from '#libs/invariants';
import { localDate } from '#libs/kernel';
import { seedOfRun, until } from '#libs/testing';
import { readAccounts } from '../../apps/cli/src/demo/accounts.js';
import { playScheme, type Opening } from '../../apps/cli/src/world/opening.js';
import { openLayout, type Running } from './layouts.js';

const TILLS = 40;
const today = localDate(new Date().toISOString().slice(0, 10));

describe('forty tills on one voucher', () => {
  let running: Running;
  let opening: Opening;

  beforeAll(async () => {
    running = await openLayout('platform', 'postgres', `${seedOfRun()}:forty`);
    opening = await playScheme(running.setting, today, () => {});
  }, 120_000);
  afterAll(async () => { await running?.close(); }, 60_000);

  it('get one yes, and the same forty answers when all ask again', async () => {
    const { places, vouchers } = opening;
    const keys = Array.from({ length: TILLS }, () => uuidv7());
    const ask = () => Promise.all(keys.map((key, index) =>
      places[index % 2]!.till.tryPost('/redemption/redemptions', { code: vouchers[0]!.code, serviceDate: today }, key)));
    const first = await ask();
    const codeOf = ({ status, body }: { status: number; body: unknown }) => (status === 201 ? 'yes' : (body as { code: string }).code);
    expect(first.map(codeOf).filter((answer) => answer === 'yes')).toHaveLength(1);
    expect(new Set(first.map(codeOf))).toEqual(new Set(['yes', 'voucher_used']));
    const withoutRequest = (answer: { status: number; body: unknown }) => ({ ...answer, body: { ...(answer.body as object), instance: '' } });
    expect((await ask()).map(withoutRequest)).toEqual(first.map(withoutRequest));
  });

  it('refuse a key that comes with another voucher, and one that is no UUIDv7', async () => {
    const { places: [place], vouchers } = opening;
    const key = uuidv7();
    const redeem = (index: number, withKey: string) =>
      place!.till.tryPost('/redemption/redemptions', { code: vouchers[index]!.code, serviceDate: today }, withKey);
    expect(await redeem(1, key)).toMatchObject({ status: 201 });
    expect(await redeem(2, key)).toMatchObject({ status: 422, body: { code: 'idempotency_key_reused' } });
    expect((await redeem(2, '01900000-0000-4000-8000-000000000001')).status).toBe(400);
  });

  it('moved the money of two vouchers, and every invariant holds', async () => {
    await until('everything is taken', async () => (await inspect(running.database.inspectorUrl)).broken.length === 0);
    const { accounts } = await readAccounts(running.database.inspectorUrl);
    expect(accounts.find(({ account }) => account.startsWith('outstanding:'))).toMatchObject({ balanceCents: 8000 });
  });
});

// The receipt that a holder takes along, over HTTP: of the last use, for whoever has the code, and for nobody who guesses.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { uuidv7 } from 'uuidv7';
import { RedemptionScheme } from '../../../../test/builders/redemption-scheme.js';

jest.setTimeout(120_000);

let scheme: RedemptionScheme;
beforeAll(async () => { scheme = await RedemptionScheme.create(); });
afterAll(() => scheme.close());

let addresses = 0;
const somewhere = () => ({ 'x-forwarded-for': `203.0.113.${addresses += 1}` });
const ask = (code: string, headers: Record<string, string> = somewhere()) => scheme.app.call('voucher-receipts', { key: '', body: { code }, headers });
const bare = ({ status, body: { instance: _, ...rest } }: Awaited<ReturnType<typeof ask>>) => ({ status, ...rest });

describe('the receipt of a voucher', () => {
  it('says what was used, what for, where and when, and what is left', async () => {
    const { codes: [code] } = await scheme.batch(1, { kind: 'balance' });
    const first = await scheme.redeem(code!, { amountCents: 300 });
    expect(first.status).toBe(201);
    expect(await ask(` ${code!.toLowerCase()}`)).toMatchObject({ status: 200, body: {
      redemptionId: first.body['redemptionId'], placeName: expect.any(String), serviceDate: '2026-03-10', amountCents: 300, coPaymentCents: 0, currency: 'EUR',
      leftAfterCents: 700, undoneOn: null, state: 'usable', kind: 'balance', availableCents: 700, usableUntil: '2026-12-31',
    } });
    const second = await scheme.redeem(code!, { amountCents: 200 });
    expect((await ask(code!)).body).toMatchObject({ redemptionId: second.body['redemptionId'], amountCents: 200, leftAfterCents: 500 });
    // Of the place that redeemed it, and of no other.
    const { rows } = await scheme.app.world.inspector.query('select name from redemption.place where id = $1', [scheme.till.placeId.replace('plc_', '')]);
    expect(rows).toEqual([{ name: (await ask(code!)).body['placeName'] }]);
  });

  it('says that a use was taken back, and that the voucher has its value again', async () => {
    const { codes: [code] } = await scheme.batch(1);
    const { body } = await scheme.redeem(code!);
    expect((await scheme.undo(String(body['redemptionId']))).status).toBe(200);
    expect((await ask(code!)).body).toMatchObject({ redemptionId: body['redemptionId'], undoneOn: '2026-03-10', state: 'usable', availableCents: 1_000 });
  });

  it('is none before the first use, and the same answer whether there is no such voucher or it is not active yet', async () => {
    const [{ codes: [unused] }, { codes: [inactive] }] = [await scheme.batch(1), await scheme.batch(1, { active: false })];
    expect(await ask(unused!)).toMatchObject({ status: 409, body: { code: 'voucher_without_use' } });
    const none = bare(await ask(scheme.app.mint(uuidv7(), [1]).codes[0]!));
    expect([none.status, none.code]).toEqual([404, 'voucher_not_found']);
    expect(bare(await ask(inactive!))).toEqual(none);
  });

  it('is asked for dearly, guessed for hopelessly, and goes into no log', async () => {
    const { codes: [code] } = await scheme.batch(1);
    await scheme.redeem(code!);
    const [here, there] = [somewhere(), somewhere()];
    const asked = await Promise.all(Array.from({ length: 110 }, () => ask(code!, here)));
    const answered = asked.filter(({ status }) => status === 200).length;
    // A minute gives ten more: a slow machine may see one or two of them.
    expect([answered >= 100 && answered <= 105, asked.filter(({ status }) => status === 429).length]).toEqual([true, 110 - answered]);
    const guessed: number[] = [];
    for (let guess = 0; guess < 31; guess += 1) guessed.push((await ask(scheme.app.mint(uuidv7(), [1]).codes[0]!, there)).status);
    expect([guessed.filter((status) => status === 404).length, guessed.at(-1)]).toEqual([30, 429]);
    const written = scheme.app.logged.join('\n');
    for (const secret of [code!, code!.replaceAll('-', '')]) expect(written).not.toContain(secret);
  });

  it('is malformed with a wrong character, and says nothing of what stood there', async () => {
    const { status, body } = await ask('ABCD-ABCD-ABCD-ABCD-A!');
    expect([status, body.errors]).toMatchObject([400, [{ path: 'code' }]]);
    expect(JSON.stringify(body)).not.toContain('ABCD');
  });
});

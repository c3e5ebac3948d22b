import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SettlementWorld, shown } from '../../../../test/builders/settlement-world.js';

let world: SettlementWorld;
beforeAll(async () => { world = await SettlementWorld.create(); });
afterAll(() => world.close());

describe('the fee book', () => {
  it('tells the rule in force and the one that is announced, of ten euros', async () => {
    const programmeId = shown('programme', world.newId());
    const publish = (from: string, feeBasisPoints: number) =>
      world.post('fee-rules', { body: { programmeId, from, feeBasisPoints, vatBasisPoints: 2_000, commonsBasisPoints: 100 } });
    await publish('2026-01-01', 200);
    await publish('2026-06-01', 300);
    const { status, body } = await world.get(`fee-book?programmeId=${programmeId}`);
    expect([status, body]).toMatchObject([200, { grossCents: 1_000, items: [
      { version: 2, state: 'to_come', parts: [{ to: 'place', amountCents: 954 }, { to: 'operator', amountCents: 30 }, { to: 'state', amountCents: 6 }, { to: 'commons', amountCents: 10 }] },
      { version: 1, state: 'in_force', parts: [{ to: 'place', amountCents: 966 }, { to: 'operator', amountCents: 20 }, { to: 'state', amountCents: 4 }, { to: 'commons', amountCents: 10 }] },
    ] }]);
  });

  it('is empty for a programme without rules, and refuses what is no programme', async () => {
    expect((await world.get(`fee-book?programmeId=${shown('programme', world.newId())}`)).body).toMatchObject({ items: [] });
    expect((await world.get('fee-book?programmeId=prg_x')).body['code']).toBe('request_malformed');
  });
});

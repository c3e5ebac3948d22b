// Every route of issuance that lets money go, or codes, which are money to whoever has them, at the door.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { IssuanceWorld, OPERATOR } from '../../../test/builders/issuance-world.js';

let world: IssuanceWorld;
beforeAll(async () => { world = await IssuanceWorld.create(); });
afterAll(() => world.close());

/** The guard knows a route by its shape alone. */
const ID = 'x';

describe('without a fresh code of a second factor', () => {
  it.each([
    ['no money is ordered back to payers', 'refunds'],
    ['a credit is not given back', `credits/${ID}/give-backs`],
    ['no codes are printed', `batches/${ID}/print-files`],
    ['no key is registered that codes are encrypted to', 'printer-keys'],
  ])('%s', async (_, path) => {
    const stale = { ...OPERATOR, secondFactorTime: Math.floor(Date.now() / 1_000) - 601 };
    expect(await world.post(path, { as: stale })).toMatchObject({ status: 403, body: { code: 'second_factor_stale' } });
    expect((await world.post(path)).body.code).not.toBe('second_factor_stale');
  });
});

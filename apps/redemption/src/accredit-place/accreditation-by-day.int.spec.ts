// A service is entered late, after the accreditation of its place was renewed, corrected or put off: the version of its day decides.
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { VoucherRedeemedV1 } from '#libs/contracts';
import { CATALOGUE, inspect } from '#libs/invariants';
import { RedemptionScheme, type Till } from '../../../../test/builders/redemption-scheme.js';
import { NOON } from '../../../../test/builders/redemption-world.js';

jest.setTimeout(60_000);

let scheme: RedemptionScheme;
beforeAll(async () => { scheme = await RedemptionScheme.create(); });
afterAll(async () => {
  const local = CATALOGUE.filter(({ tier, schema }) => tier === 'local' && schema === 'redemption');
  expect((await inspect(scheme.app.world.database.inspectorUrl, local)).broken).toEqual([]);
  await scheme.close();
});

const on = async <T>(day: string, at: Till, act: (till: Till) => Promise<T>): Promise<T> => {
  scheme.app.clock.set(`${day}T12:00:00.000Z`);
  return act({ ...at, token: await scheme.app.tillToken(at.placeId) }).finally(() => scheme.app.clock.set(NOON));
};
const accredit = async ({ placeId }: Till, from: string, to: string, over: object = {}) => {
  const { status } = await scheme.app.call(`places/${placeId}/accreditations`, {
    token: await scheme.app.operatorToken(), body: { programmeId: `prg_${scheme.programmeId}`, from, to, ...over },
  });
  expect(status).toBe(201);
};
/** By which version a new voucher is redeemed for a service of that day, or why not. */
const versionOf = async (at: Till, serviceDate: string, over: object = {}) => {
  const { status, body } = await scheme.redeem((await scheme.batch(1)).codes[0]!, { serviceDate, ...over }, { at });
  if (status !== 201) return body.code;
  return (await scheme.app.emitted(VoucherRedeemedV1)).find(({ redemptionId }) => `red_${redemptionId}` === body['redemptionId'])!.accreditationVersion;
};

it('a service of before a renewal is entered after it began, by the version of its day', async () => {
  const till = await scheme.openTill();
  await accredit(till, '2026-03-11', '2027-03-10', { services: ['employment'] });
  await on('2026-03-12', till, async (at) => {
    expect([await versionOf(at, '2026-03-10'), await versionOf(at, '2026-03-11'), await versionOf(at, '2026-03-11', { service: 'employment' })])
      .toEqual([1, 'service_missing', 2]);
  });
});

it('a renewal to come takes no day of the accreditation that runs', async () => {
  const till = await scheme.openTill();
  await accredit(till, '2027-01-01', '2027-12-31');
  expect(await versionOf(till, '2026-03-10')).toBe(1);
});

it('a correction that ends earlier takes back what the version before it covered', async () => {
  const till = await scheme.openTill();
  await accredit(till, '2026-01-01', '2026-03-05');
  expect([await versionOf(till, '2026-03-05'), await versionOf(till, '2026-03-06')]).toEqual([2, 'place_not_accredited']);
});

it('a version that is put off before it began never counts', async () => {
  const till = await scheme.openTill([]);
  await accredit(till, '2026-03-11', '2026-12-31');
  await accredit(till, '2026-03-13', '2026-12-31');
  await on('2026-03-14', till, async (at) => {
    expect([await versionOf(at, '2026-03-12'), await versionOf(at, '2026-03-13')]).toEqual(['place_not_accredited', 2]);
  });
});

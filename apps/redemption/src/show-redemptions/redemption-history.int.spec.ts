import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { readListing } from '#libs/listing';
import { OVERSEER, readAs } from '#libs/persistence';
import { RedemptionScheme, type Till } from '../../../../test/builders/redemption-scheme.js';
import { redemptionHistory } from './redemption-history.listing.js';

jest.setTimeout(120_000);

const TAKEN = 7;
let scheme: RedemptionScheme;
let till: Till;
/** Newest first. */
const ids: string[] = [];

beforeAll(async () => {
  scheme = await RedemptionScheme.create();
  till = await scheme.openTill();
  const { codes } = await scheme.batch(TAKEN);
  for (const code of codes) ids.unshift(String((await scheme.redeem(code, {}, { at: till })).body['redemptionId']));
  const elsewhere = await scheme.batch(1);
  await scheme.redeem(elsewhere.codes[0]!, {}, { at: scheme.till });
  await scheme.undo(ids[0]!, till.token);
});
afterAll(() => scheme.close());

type Listed = Readonly<{
  items: readonly { redemptionId: string; placeId: string; state: string; amountCents: number }[]; nextCursor: string | null;
  totals: { count: number; sums: { keptCents: number } } | null; code?: string; errors?: unknown;
}>;
const history = async (question: string, token = till.token): Promise<Listed> =>
  (await scheme.app.get(`redemptions/history?${question}`, token)).body as unknown as Listed;
const sorted = (list: readonly string[]) => [...list].sort();

describe('what a place redeemed', () => {
  it('is its own, added up without what was undone', async () => {
    const { items, totals, nextCursor } = await history('totals=true');
    expect(sorted(items.map(({ redemptionId }) => redemptionId))).toEqual(sorted(ids));
    expect(items.every(({ placeId }) => placeId === till.placeId)).toBe(true);
    expect([totals, nextCursor]).toEqual([{ count: TAKEN, sums: { keptCents: (TAKEN - 1) * 1_000 } }, null]);
  });

  it.each(['redeemedAt', '-redeemedAt', 'amountCents', '-programmeName'])('is the same in pages as in one, by %s, although all values are alike', async (sort) => {
    const whole = (await history(`sort=${sort}`)).items.map(({ redemptionId }) => redemptionId);
    const paged: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: Listed = await history(`sort=${sort}&limit=2${cursor && `&cursor=${cursor}`}`);
      expect(page.items.length).toBeGreaterThan(0);
      paged.push(...page.items.map(({ redemptionId }) => redemptionId));
      cursor = page.nextCursor;
    }
    expect(paged).toEqual(whole);
    expect(whole).toHaveLength(TAKEN);
  });

  it('is all that the database shows for it, where the list forgets to ask whose it is', async () => {
    const forgetful = { ...redemptionHistory, rows: redemptionHistory.rows.split(/\n {4}where /)[0]! };
    const count = async (reader: string): Promise<number> =>
      (await readListing(scheme.app.work, forgetful, { reader, rights: [] }, { limit: 1, sort: '-redeemedAt', totals: 'true' })).totals!.count;
    expect([await count(till.placeId.slice(4)), await count(ids[0]!.slice(4)), await count(OVERSEER)]).toEqual([TAKEN, 0, TAKEN + 1]);
    // Nothing is left on the connections of the pool.
    const { client } = scheme.app.work;
    const left = await Promise.all(Array.from({ length: 8 }, () => client.$queryRaw`select current_user::text as name, coalesce(current_setting('mereau.org', true), '') as org, count(*)::int as count from redemption.redemption`));
    expect(left).toEqual(Array(8).fill([{ name: 'mereau_redemption', org: '', count: TAKEN + 1 }]));
  });

  it('is not written by who reads it', async () => {
    const write = (reader: string) => readAs(scheme.app.work, reader, (sql) => sql.$executeRaw`delete from redemption.undone_redemption`);
    await expect(write(OVERSEER)).rejects.toThrow(/read-only|permission denied/);
    await expect(write(till.placeId.slice(4))).rejects.toThrow(/read-only|permission denied/);
  });

  it('is counted as it is filtered', async () => {
    const undone = await history('state=undone&totals=true');
    expect(undone.items).toMatchObject([{ redemptionId: ids[0], state: 'undone' }]);
    expect(undone.totals).toEqual({ count: 1, sums: { keptCents: 0 } });
    expect((await history('state=undone,redeemed')).items).toHaveLength(TAKEN);
    expect((await history('amountCentsFrom=1001')).items).toEqual([]);
    expect((await history('amountCentsFrom=1000&amountCentsTo=1000')).items).toHaveLength(TAKEN);
    expect((await history('redeemedAtFrom=2026-03-10&redeemedAtTo=2026-03-10')).items).toHaveLength(TAKEN);
    expect((await history('redeemedAtTo=2026-03-09')).items).toEqual([]);
    expect((await history('serviceDateFrom=2026-03-11')).items).toEqual([]);
    expect((await history('programmeName=%25')).items).toEqual([]);
  });

  it('is that of all places for the operator', async () => {
    const places = (await history('', scheme.operator)).items.map(({ placeId }) => placeId);
    expect(new Set(places)).toEqual(new Set([till.placeId, scheme.till.placeId]));
  });

  it.each([
    'colour=red', 'state=lost', 'sort=placeId', 'redeemedAtFrom=yesterday', 'amountCentsTo=1e9', 'cursor=WyJhIl0',
  ])('refuses %s and names what is wrong', async (question) => {
    const { code, errors } = await history(question);
    expect(code).toBe('request_malformed');
    expect(JSON.stringify(errors)).toContain(question.split('=')[0]);
  });

  it('does not go on in another order than it began', async () => {
    const { nextCursor } = await history('sort=redeemedAt&limit=2');
    expect((await history(`sort=-redeemedAt&cursor=${nextCursor}`)).code).toBe('request_malformed');
  });
});

// A place reads its tariff beside its territory's: of real redemptions of others near it, eleven or more, and what it gave itself.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { RedemptionScheme, type Till } from '../../../../test/builders/redemption-scheme.js';

jest.setTimeout(120_000);
let scheme: RedemptionScheme;
let mine: Till;
let other: Till;
beforeAll(async () => {
  scheme = await RedemptionScheme.create();
  [mine, other] = [await scheme.openTill(), await scheme.openTill()];
});
afterAll(() => scheme.close());

const EMPLOYMENT = { service: 'employment' } as const;
async function redeem(at: Till, amounts: readonly number[]): Promise<void> {
  const { codes } = await scheme.batch(amounts.length, { kind: 'balance' });
  for (const [index, amountCents] of amounts.entries()) {
    const { status, body } = await scheme.redeem(codes[index]!, { amountCents, ...EMPLOYMENT }, { at });
    if (status !== 201) throw new Error(`${status} ${JSON.stringify(body)}`);
  }
}
/** Accredited anew, now that somebody knows where it is. */
const standIn = (till: Till, inseeCode: string) => scheme.app.world.admin.query(
  `insert into redemption.accreditation (id, place_id, programme_id, version, from_day, to_day, created_at, commune, services)
   select gen_random_uuid(), place_id, programme_id, version + 1, from_day, to_day, created_at + interval '1 second', $2, services
   from redemption.accreditation where place_id = $1`, [till.placeId.slice(4), inseeCode]);
type Comparison = Readonly<{
  departement: string | null; unknownCount: number;
  services: readonly {
    service: string; tariffCents: number | null; own: Record<string, number>;
    territory: Record<string, number> | null;
  }[];
}>;
const compare = async (at: Till) => (await scheme.app.get('price-comparison', at.token)).body as unknown as Comparison;
/** What a territory asks is read once an hour. */
async function anHourLater(hours: number): Promise<void> {
  scheme.app.clock.set(new Date(Date.parse('2026-03-10T12:00:00.000Z') + hours * 3_660_000).toISOString());
}

describe('a tariff beside those of its territory', () => {
  it('is unknown until eleven redemptions of others near it tell, and then shows the range and what the place gave', async () => {
    await standIn(mine, '42218');
    await standIn(other, '42095');
    await scheme.tariff({ ...EMPLOYMENT, priceCents: 900 }, mine);
    await scheme.tariff({ ...EMPLOYMENT, priceCents: 700 }, other);
    await redeem(mine, [900, 600]);
    await redeem(other, Array.from({ length: 10 }, () => 700));
    expect(await compare(mine)).toMatchObject({
      departement: '42', unknownCount: 0,
      services: [{
        ...EMPLOYMENT, tariffCents: 900, own: { count: 2, askedCents: 1_800, paidCents: 1_500, givenCents: 300 }, territory: null,
      }],
    });
    await redeem(other, [500]);
    await anHourLater(1);
    const [service] = (await compare(mine)).services;
    expect(service!.territory).toEqual({ count: 11, firstQuartileCents: 700, medianCents: 700, thirdQuartileCents: 700 });
  });

  it('is of its own département and of others than itself alone, and needs the role of a place', async () => {
    const far = await scheme.openTill();
    await standIn(far, '97105');
    await scheme.tariff({ ...EMPLOYMENT, priceCents: 5_000 }, far);
    await redeem(far, Array.from({ length: 12 }, () => 100));
    await anHourLater(2);
    expect(await compare(far)).toMatchObject({ departement: '971', services: [{ tariffCents: 5_000, territory: null, own: { count: 12, givenCents: 58_800 } }] });
    expect((await compare(mine)).services[0]!.territory).toMatchObject({ count: 11, medianCents: 700 });
    expect((await scheme.app.get('price-comparison', scheme.operator)).status).toBe(403);
  });
});

describe('one\'s own place', () => {
  it('is shown with each version of its accreditations, and only to its people', async () => {
    const { status, body } = await scheme.app.get('own-place', mine.token);
    const version = (accreditationVersion: number, isLatest: boolean) => expect.objectContaining({ accreditationVersion, isLatest });
    expect([status, body]).toEqual([200, expect.objectContaining({
      placeId: mine.placeId, listing: null, openingHours: null,
      accreditations: [version(2, true), version(1, false)],
    })]);
    expect((await scheme.app.get('own-place', scheme.operator)).status).toBe(403);
    for (const path of ['own-place', 'price-comparison']) {
      expect((await scheme.app.get(path, await scheme.app.tillToken(scheme.app.world.newId()))).body.code).toBe('place_not_registered');
    }
  });
});

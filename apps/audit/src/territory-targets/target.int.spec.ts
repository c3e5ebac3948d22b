// Targets on a real database: versions that only grow, what was reached of them, and what a payer is told.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BatchCreatedV1, PlaceAccreditedV1, RangeActivatedV1, VoucherRedeemedV1 } from '#libs/contracts';
import { idOf, showId } from '#libs/kernel';
import { AUDITOR, AuditWorld, OPERATOR, person } from '../../../../test/builders/audit-world.js';

let world: AuditWorld;
let programmeId: string;
let payerId: string;
const programme = () => showId('programme', idOf('programme', programmeId));
const aim = (over: object = {}, as = OPERATOR) => world.post('territory-targets', as, world.newId(), {
  programmeId: programme(), year: 2026, kind: 'commune', code: '26362', redemptions: 100, reason: 'Agreed with the commune, made for this spec', ...over,
});
const targets = async (as = AUDITOR, year = 2026) => world.get(`territory-targets?programmeId=${programme()}&year=${year}`, as);

beforeAll(async () => {
  world = await AuditWorld.create();
  [programmeId, payerId] = [world.newId(), world.newId()];
  const [batchId, placeId] = [world.newId(), world.newId()];
  await world.take('redemption', [
    { type: BatchCreatedV1.type, body: { ...BatchCreatedV1.sample, batchId, programmeId } },
    { type: RangeActivatedV1.type, body: { ...RangeActivatedV1.sample, batchId, shares: [{ payerId, amountCents: 10_000 }] } },
    { type: PlaceAccreditedV1.type, body: { ...PlaceAccreditedV1.sample, placeId, programmeId, commune: '26362' } },
    ...[0, 1, 2].map((voucherIndex) => {
      const redemptionId = world.newId();
      const body = { ...VoucherRedeemedV1.sample, redemptionId, programmeId, batchId, placeId, voucherIndex };
      return { id: redemptionId, type: VoucherRedeemedV1.type, body };
    }),
  ]);
});
afterAll(() => world.close());

describe('a target of an area', () => {
  it('is set by an operator, and replaced by a later version that leaves the first', async () => {
    expect((await aim()).body).toEqual({ version: 1 });
    expect((await aim({ redemptions: 120 })).body).toEqual({ version: 2 });
    expect((await aim({ kind: 'departement', code: '38', redemptions: 5 })).body).toEqual({ version: 1 });
    expect((await aim({}, AUDITOR)).status).toBe(403);
    expect((await world.admin.query('select count(*)::int as rows from audit.territory_target')).rows).toEqual([{ rows: 3 }]);
    await expect(world.admin.query('update audit.territory_target set redemptions = 1')).rejects.toThrow();
  });

  it('is not replaced by whoever looked at another version, and by whoever looked at this one', async () => {
    for (const previousVersion of [0, 1, 3]) expect((await aim({ previousVersion, redemptions: 7 })).body.code).toBe('target_changed');
    expect((await aim({ kind: 'departement', code: '07', previousVersion: 0, redemptions: 9 })).body).toEqual({ version: 1 });
    expect((await aim({ kind: 'departement', code: '07', previousVersion: 1, redemptions: 10 })).body).toEqual({ version: 2 });
    await world.tamper(`delete from audit.territory_target where code = '07'`);
  });

  it('is told with what was reached, who set it and when', async () => {
    expect((await targets()).body['items']).toMatchObject([
      { kind: 'commune', code: '26362', version: 2, redemptions: 120, reached: 3, setBy: `usr_${OPERATOR.userId}`, setAt: '2026-03-02T10:00:00.000Z' }, { kind: 'departement', code: '38', redemptions: 5, reached: 0 },
    ]);
    expect((await targets(AUDITOR, 2027)).body['items']).toEqual([]);
  });

  it.each([
    ['a code of another kind', { kind: 'epci' }], ['no département', { kind: 'departement', code: '99' }], ['no service', { redemptions: 0 }],
    ['no reason', { reason: 'so' }], ['a kind of its own', { kind: 'quarter' }],
  ])('is refused with %s', async (_, over) => expect((await aim(over)).status).toBe(400));

  it('is told to who pays for the programme without what was reached, and to no other payer', async () => {
    const payer = (partyId: string) => person({ organisationKind: 'payer', roles: ['payer'], partyId });
    expect((await targets(payer(payerId))).body['items']).toMatchObject([{ redemptions: 120, reached: null, setBy: null }, { redemptions: 5, reached: null }]);
    expect((await targets(payer(world.newId()))).body.code).toBe('programme_not_paid_for');
  });
});

// Impact on a real database: facts from events, a registry that grows by versions, and a payer who sees what it pays for.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BatchCreatedV1, PlaceAccreditedV1, RangeActivatedV1, RedemptionUndoneV1, VoucherRedeemedV1 } from '#libs/contracts';
import { idOf, showId } from '#libs/kernel';
import { AUDITOR, AuditWorld, OPERATOR } from '../../../../test/builders/audit-world.js';

let world: AuditWorld;
let programmeId: string;
let payerId: string;
const payer = () => ({ ...OPERATOR, userId: payerId, organisationKind: 'payer' as const, roles: ['payer' as const], partyId: payerId });
const programme = () => showId('programme', idOf('programme', programmeId));
type Shown = Readonly<{
  facts: Record<string, number | null>; results: readonly { measure: string; estimate: { value: number } | null; unknown: string | null }[];
}>;
const impact = async (query = 'from=2026-03&to=2026-03', as = AUDITOR) =>
  (await world.get(`impact?programmeId=${programme()}&${query}`, as)).body as unknown as Shown & { code?: string };
const measured = ({ results }: Shown, measure: string) => results.find((one) => one.measure === measure)!;

beforeAll(async () => {
  world = await AuditWorld.create();
  [programmeId, payerId] = [world.newId(), world.newId()];
  const [batchId, placeId] = [world.newId(), world.newId()];
  const used = (at: number, over: object = {}) => {
    const id = world.newId();
    return { id, type: VoucherRedeemedV1.type, body: {
      ...VoucherRedeemedV1.sample, redemptionId: id, programmeId, batchId, placeId, amountCents: 1_000, voucherIndex: at, serviceDate: '2026-03-31', ...over } };
  };
  const undone = used(90);
  await world.take('redemption', [
    { type: BatchCreatedV1.type, body: { ...BatchCreatedV1.sample, batchId, programmeId, bookletSize: 10 } },
    { type: PlaceAccreditedV1.type, body: { ...PlaceAccreditedV1.sample, placeId, programmeId } },
    { type: RangeActivatedV1.type, body: { ...RangeActivatedV1.sample, batchId, shares: [{ payerId, amountCents: 10_000 }] } },
    ...[0, 1, 10, 20, 30, 40].map((at) => used(at, { durationMinutes: 90, service: 'employment', sessionId: '01900000-0000-7000-8000-0000000000e1' })),
    used(50, { firstVisit: true }), used(60, { serviceDate: '2026-04-01' }), undone,
    { type: RedemptionUndoneV1.type, body: { ...RedemptionUndoneV1.sample, redemptionId: undone.id, programmeId } },
  ]);
});
afterAll(() => world.close());

describe('the facts', () => {
  it('are of services in the months asked for that were not undone', async () => {
    expect((await impact()).facts).toEqual({
      redemptions: 7, redeemedCents: 7_000, minutes: 540, redemptionsWithMinutes: 6, people: 6, firstVisits: 1, workshops: 1, services: 1,
      places: 1, communes: 1,
    });
    expect((await impact('from=2026-04&to=2026-04')).facts).toMatchObject({ redemptions: 1, people: 1, minutes: null, firstVisits: null });
    expect((await impact('from=2026-05&to=2026-05')).results.map(({ unknown }) => unknown)).toEqual(Array(4).fill('nothing_rendered'));
  });

  it('are asked for by whole months, in order', async () => {
    expect((await world.get(`impact?programmeId=${programme()}&from=2026-03-02&to=2026-03`)).status).toBe(400);
    expect((await world.get(`impact?programmeId=${programme()}&from=2026-04&to=2026-03`)).status).toBe(400);
    expect((await world.get(`impact?programmeId=${programme()}&from=2023-04&to=2026-03`)).status).toBe(400);
  });
});

/** By an operator, unless somebody else tries. */
const publish = (coefficient: object, as = OPERATOR) => world.post('impact-coefficients', as, world.newId(), coefficient);

describe('the registry', () => {
  const share = { code: 'local_share', low: 0.3, value: 0.5, high: 0.7, source: 'A survey of twelve places, made for this spec', sourceYear: 2026, scope: 'Loire' };

  it('begins with the law, and an estimate without a coefficient is unknown', async () => {
    const shown = await impact();
    expect(measured(shown, 'jobs')).toMatchObject({ estimate: { low: 0.01, value: 0.01, high: 0.01 }, coefficient: { code: 'legal_year_hours', value: 1_607, version: 1 } });
    expect(measured(shown, 'local_spending_cents')).toMatchObject({ estimate: null, unknown: 'no_coefficient', coefficient: null });
  });

  it('takes versions from an operator, keeps the old ones, and estimates by the newest', async () => {
    expect((await publish(share)).body).toEqual({ version: 1 });
    expect((await publish({ ...share, value: 0.6 })).body).toEqual({ version: 2 });
    expect((await world.get('impact-coefficients', null)).body['items']).toMatchObject([
      { code: 'consolidating_cents_per_year', version: 1 }, { code: 'legal_year_hours', version: 1 }, { code: 'local_share', version: 2, value: 0.6 }, { code: 'local_share', version: 1, value: 0.5 },
    ]);
    expect(measured(await impact(), 'local_spending_cents')).toMatchObject({ estimate: { low: 2_100, value: 4_200, high: 4_900 }, coefficient: { version: 2 } });
    expect((await publish(share, AUDITOR)).status).toBe(403);
    await expect(world.admin.query('update audit.impact_coefficient set value = value')).rejects.toThrow();
  });

  it.each([
    ['a value outside of its range', { value: 0.2 }], ['a share above all', { high: 1.5 }], ['no source', { source: 'me' }], ['a code of its own', { code: 'happiness' }],
  ])('refuses %s', async (_, over) => expect((await publish({ ...share, ...over })).status).toBe(400));
});

describe('a payer', () => {
  it('is told nothing of a month of few people, alone or with others, nor of the month that runs', async () => {
    world.clock.set('2026-06-01T10:00:00.000Z');
    for (const query of ['from=2026-04&to=2026-04', 'from=2026-03&to=2026-04', 'from=2026-05&to=2026-06']) {
      expect([query, (await impact(query, payer())).facts]).toEqual([query, null]);
    }
    expect((await impact('from=2026-03&to=2026-03', payer())).facts).toMatchObject({ people: 6 });
  });

  it('sees what it pays for, and may reject a coefficient and see what it would have said', async () => {
    const shown = await impact('from=2026-03&to=2026-03&reject=local_share', payer());
    expect(measured(shown, 'local_spending_cents')).toMatchObject({ estimate: null, unknown: 'rejected', withRejected: { value: 4_200 } });
    expect(measured(shown, 'jobs')).toMatchObject({ unknown: null });
  });

  it('hears nothing of what others pay for, nor whether it exists', async () => {
    const stranger = { ...payer(), userId: world.newId(), partyId: world.newId() };
    expect((await impact(undefined, stranger)).code).toBe('programme_not_paid_for');
    expect((await world.get(`impact?programmeId=${showId('programme', idOf('programme', world.newId()))}&from=2026-03&to=2026-03`, payer())).body.code).toBe('programme_not_paid_for');
  });
});

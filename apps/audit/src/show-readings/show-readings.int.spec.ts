// An auditor at audit's door: without a mandate nothing opens, with one every request leaves a row that the operator reads.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Principal } from '#libs/auth';
import { MandateReadV1 } from '#libs/contracts';
import { AUDITOR, AuditWorld, OPERATOR, type Answer } from '../../../../test/builders/audit-world.js';
import { mandateFor, mandateForAll } from '../../../../test/builders/mandate.js';

type Reading = { at: string; service: string; method: string; route: string; asked: string; mandateIds: string[]; userId: string };
let world: AuditWorld;
beforeAll(async () => { world = await AuditWorld.create(); });
afterAll(() => world.close());

const auditor = (mandates: Principal['mandates']): Principal => ({ ...AUDITOR, userId: world.newId(), organisationId: world.newId(), mandates });
const codeOf = ({ body }: Answer) => body.code;
const readings = async (query: string) => (await world.get(`readings?${query}`, OPERATOR)).body['items'] as Reading[];

describe('an auditor', () => {
  it.each<[string, Principal['mandates'], string]>([
    ['none', undefined, 'mandate_missing'], ['none that ever was', { inForce: [], hadOne: false }, 'mandate_missing'],
    ['one that is over', { inForce: [], hadOne: true }, 'mandate_ended'],
    ['one for a programme', mandateFor({ programmeIds: ['01900000-0000-7000-8000-000000000001'] }), 'mandate_too_narrow'],
  ])('with a mandate: %s, is turned away from what shows everything', async (_, mandates, code) => {
    const who = auditor(mandates);
    for (const path of ['events?sender=issuance', `events/evt_${world.newId()}`, `traces?orderId=ord_${world.newId()}`, 'export', `rights?userId=usr_${world.newId()}`]) {
      expect([path, await world.get(path, who)]).toMatchObject([path, { status: 403, body: { code } }]);
    }
    expect(await readings(`userId=usr_${who.userId}`)).toEqual([]);
  });

  it('with a mandate for a programme reads what narrows itself', async () => {
    const who = auditor(mandateFor({ programmeIds: ['01900000-0000-7000-8000-000000000001'] }));
    for (const path of ['completeness', 'samples', 'findings']) expect((await world.get(path, who)).status).toBe(200);
  });

  it('needs none for what everybody may see', async () => {
    for (const path of ['coverage', 'checkpoints', 'keys']) expect((await world.get(path, null)).status).toBe(200);
  });
});

describe('a reading', () => {
  it('is kept before it is answered, also where nothing was found, with who, what, when and by which mandate', async () => {
    const who = auditor(mandateForAll());
    expect(codeOf(await world.get('events/evt_01900000-0000-7000-8000-0000000000ff', who))).toBe('event_not_found');
    await world.get('events?sender=issuance&limit=5', who);
    const found = await readings(`userId=usr_${who.userId}`);
    expect(found.map(({ method, route, asked }) => [method, route, asked]).sort()).toEqual([
      ['GET', '/audit/events', '/audit/events?sender=issuance&limit=5'],
      ['GET', '/audit/events/:id', '/audit/events/evt_01900000-0000-7000-8000-0000000000ff'],
    ]);
    expect(found[0]).toMatchObject({ service: 'audit', mandateIds: [`mdt_${who.mandates!.inForce[0]!.mandateId}`], at: '2026-03-02T10:00:00.000Z' });
  });

  it('at another service is told by it', async () => {
    const [mandateId, userId] = [world.newId(), world.newId()];
    await world.take('settlement', [{ type: MandateReadV1.type, body: { ...MandateReadV1.sample, mandateIds: [mandateId], userId } }]);
    expect(await readings(`mandateId=mdt_${mandateId}`)).toMatchObject([{ service: 'settlement', route: '/settlement/statements', userId: `usr_${userId}` }]);
  });

  it('is read page by page, and by nobody who reads under a mandate', async () => {
    const who = auditor(mandateForAll());
    for (const limit of [1, 2, 3]) await world.get(`events?sender=issuance&limit=${limit}`, who);
    const first = (await world.get(`readings?userId=usr_${who.userId}&limit=2`, OPERATOR)).body;
    const rest = (await world.get(`readings?userId=usr_${who.userId}&limit=2&cursor=${String(first['nextCursor'])}`, OPERATOR)).body;
    expect([first, rest].map(({ items }) => (items as Reading[]).length)).toEqual([2, 1]);
    expect(codeOf(await world.get('readings', who))).toBe('role_missing');
  });

  it('of somebody else than an auditor is not kept', async () => {
    await world.get('completeness', OPERATOR);
    expect(await readings(`userId=usr_${OPERATOR.userId}`)).toEqual([]);
  });

  it('that cannot be kept is not answered', async () => {
    const who = auditor(mandateForAll());
    await world.admin.query('revoke insert on audit.mandate_reading from mereau_audit');
    try {
      expect((await world.get('completeness', who)).status).toBe(500);
    } finally {
      await world.admin.query('grant insert on audit.mandate_reading to mereau_audit');
    }
    expect((await world.get('completeness', who)).status).toBe(200);
  });
});

// A finding between the two sides, over HTTP: who reads and writes what, replies in time and late, its end; and that each
// step is told by message.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Principal } from '#libs/auth';
import { AUDITOR, AuditWorld, OPERATOR, type Answer } from '../../../../test/builders/audit-world.js';

type Step = { step: string; text: string; late: boolean | null; outcome: string | null };
let world: AuditWorld;
let placeId: string;
let manager: Principal;
const codeOf = ({ body }: Answer) => body.code;

beforeAll(async () => {
  world = await AuditWorld.create();
  placeId = world.newId();
  manager = { ...OPERATOR, userId: world.newId(), organisationId: world.newId(), organisationKind: 'place', partyId: placeId, roles: ['manager'] };
});
afterAll(() => world.close());

const ask = (over: object = {}, as: Principal = AUDITOR) => world.post('findings', as, undefined, {
  title: 'Sheets are missing', observation: 'Two of five workshops have no sheet.', severity: 'major', replyDue: '2026-03-20',
  addressee: { kind: 'place', partyId: `plc_${placeId}` }, ...over,
});
const raise = async (over: object = {}) => String((await ask(over)).body['findingId']);
const write = (findingId: string, step: 'replies' | 'notes' | 'closing', as: Principal, body: object = { text: `A text of ${step}` }) => world.post(`findings/${findingId}/${step}`, as, undefined, body);
const show = (findingId: string, as: Principal = AUDITOR) => world.get(`findings/${findingId}`, as);
const stepsOf = async (findingId: string) => (await show(findingId)).body['steps'] as Step[];
const close = (findingId: string, as: Principal = AUDITOR) => write(findingId, 'closing', as, { text: 'Put right', outcome: 'settled' });
/** To identity, in whatever state of the relay. */
const told = async (findingId: string) => (await world.admin.query<{ body: { step: string; reader: object } }>(`
  select m -> 'body' as body from audit.outbox, jsonb_array_elements(messages) m where m ->> 'subject' = $1
  union all select m -> 'body' from audit.sent_batch, jsonb_array_elements(messages) m where receiver = 'identity' and m ->> 'subject' = $1`,
[`finding:${findingId.slice(4)}`])).rows.map(({ body: { step, reader } }) => ({ step, reader }));

describe('a finding', () => {
  it('is read by both sides, replied to in time and late, gone on with, and closed', async () => {
    world.clock.set('2026-03-02T10:00:00.000Z');
    const findingId = await raise();
    expect((await show(findingId, manager)).body).toMatchObject({ state: 'open', title: 'Sheets are missing', replyDue: '2026-03-20', steps: [] });
    expect((await write(findingId, 'replies', manager)).body).toEqual({ version: 2 });
    expect((await write(findingId, 'notes', AUDITOR)).body).toEqual({ version: 3 });
    world.clock.set('2026-03-20T23:30:00.000Z');
    expect((await write(findingId, 'replies', manager)).status).toBe(201);
    expect((await close(findingId)).status).toBe(201);
    expect((await stepsOf(findingId)).map(({ step, late, outcome }) => [step, late, outcome]))
      .toEqual([['replied', false, null], ['noted', null, null], ['replied', true, null], ['closed', null, 'settled']]);
    expect((await show(findingId, manager)).body).toMatchObject({ state: 'closed', outcome: 'settled' });
    for (const late of [await write(findingId, 'replies', manager), await write(findingId, 'notes', AUDITOR), await close(findingId)]) expect(codeOf(late)).toBe('finding_closed');
    const place = { kind: 'place', partyId: placeId };
    const auditor = { kind: 'auditor', organisationId: AUDITOR.organisationId };
    expect(await told(findingId)).toEqual([
      { step: 'raised', reader: place }, { step: 'replied', reader: auditor }, { step: 'noted', reader: place }, { step: 'replied', reader: auditor },
      { step: 'closed', reader: place },
    ]);
    world.clock.set('2026-03-02T10:00:00.000Z');
  });

  it('is nobody else\'s', async () => {
    const findingId = await raise();
    const others = [
      OPERATOR, { ...manager, userId: world.newId(), partyId: world.newId() }, { ...manager, userId: world.newId(), organisationKind: 'payer' as const, roles: ['payer' as const] },
      { ...AUDITOR, userId: world.newId(), organisationId: world.newId() },
    ];
    for (const other of others) {
      expect(codeOf(await show(findingId, other))).toBe('finding_not_found');
      expect((await world.get('findings', other)).body['items']).toEqual([]);
    }
    expect(codeOf(await write(findingId, 'replies', OPERATOR))).toBe('finding_not_found');
    expect(codeOf(await write(findingId, 'replies', AUDITOR))).toBe('role_missing');
    expect(codeOf(await close(findingId, manager))).toBe('role_missing');
    for (const step of ['notes', 'closing'] as const) {
      expect(codeOf(await write(findingId, step, others[3]!, step === 'closing' ? { text: 'x', outcome: 'settled' } : { text: 'x' }))).toBe('finding_not_found');
    }
    expect(((await world.get('findings', manager)).body['items'] as { findingId: string }[])[0]!.findingId).toBe(findingId);
    expect(((await world.get('findings')).body['items'] as { findingId: string }[])[0]!.findingId).toBe(findingId);
  });

  it('to the operator is answered by the operator', async () => {
    const findingId = await raise({ addressee: { kind: 'operator' } });
    expect((await write(findingId, 'replies', OPERATOR)).status).toBe(201);
    expect(codeOf(await write(findingId, 'replies', manager))).toBe('finding_not_found');
    expect((await told(findingId))[0]).toEqual({ step: 'raised', reader: { kind: 'operator' } });
  });

  it('takes ten replies at once, one after the other', async () => {
    const findingId = await raise();
    const answers = await Promise.all(Array.from({ length: 10 }, () => write(findingId, 'replies', manager)));
    expect(answers.map(({ body }) => body['version']).sort((one, two) => Number(one) - Number(two))).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  });

  it('asks for a reply on a day to come, about what its body drew', async () => {
    expect(codeOf(await ask({ replyDue: '2026-03-01' }))).toBe('reply_due_past');
    expect(codeOf(await ask({ sampleId: `smp_${world.newId()}`, position: 1 }))).toBe('sample_not_found');
    expect(codeOf(await ask({ position: 1 }))).toBe('request_malformed');
    await world.take('redemption', [{ type: 'voucher.redeemed.v1', body: { amountCents: 5, serviceDate: '2026-01-01' } }]);
    await world.post('checkpoints');
    const { body: { sampleId } } = await world.post('samples', AUDITOR, undefined, { title: 'x', population: 'redemption', size: 1 });
    expect(codeOf(await ask({ sampleId, position: 2 }))).toBe('item_not_found');
    expect((await show(await raise({ sampleId, position: 1 }), manager)).body).toMatchObject({ sampleId, position: 1, eventId: expect.stringMatching(/^evt_/) });
  });
});

describe('the tables', () => {
  it('take nothing after the end, no gap, no reply of the one who raised it, and no change', async () => {
    const findingId = await raise();
    const plain = findingId.slice(4);
    const refused = (sql: string) => world.admin.query(sql).then(() => 'taken', ({ code, constraint }: { code: string; constraint?: string }) => constraint ?? code);
    const step = (version: number, name: string, organisationId: string, rest = 'null, null') => refused(
      `insert into audit.finding_step values ('${plain}', ${version}, '${name}', 'x', ${rest}, gen_random_uuid(), '${organisationId}', now())`);
    expect(await step(3, 'noted', AUDITOR.organisationId)).toBe('23514');
    expect(await step(2, 'replied', AUDITOR.organisationId, 'null, false')).toBe('23514');
    expect(await step(2, 'noted', manager.organisationId)).toBe('23514');
    expect(await step(2, 'closed', AUDITOR.organisationId)).toBe('finding_step_check');
    await close(findingId);
    expect(await step(3, 'noted', AUDITOR.organisationId)).toBe('23514');
    expect(await refused(`update audit.finding set severity = 'minor'`)).toBe('23000');
    expect(await refused('delete from audit.finding_step')).toBe('23000');
  });
});

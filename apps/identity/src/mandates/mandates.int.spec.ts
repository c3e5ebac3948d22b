// Mandates over HTTP with real tokens: who gives, confirms and ends them, what a token then tells, what audit hears, and
// what the tables refuse.
import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { decodeJwt } from 'jose';
import pg from 'pg';
import { uuidv7 } from 'uuidv7';
import { contractOf } from '#libs/contracts';
import { APPROVER, IdentityWorld, OPERATOR, type Answer, type Credentials } from '../../../../test/builders/identity-world.js';

jest.setTimeout(60_000);

type Someone = Credentials & Readonly<{ userId: string; organisationId: string }>;
let world: IdentityWorld;
let admin: pg.Client;
/** With a code entered just now. */
let approver: string;
let payer: string;
const payerId = uuidv7();

beforeAll(async () => {
  world = await IdentityWorld.create();
  admin = new pg.Client({ connectionString: world.database.adminUrl });
  await admin.connect();
  approver = await world.bearerOf(APPROVER);
  payer = await world.bearerOf(await join({ kind: 'payer', name: 'A payer', partyId: `pyr_${payerId}` }, 'payer'));
});
afterAll(async () => {
  await admin.end();
  await world.close();
});

async function join(organisation: object, role: string): Promise<Someone> {
  const operator = await world.operator();
  const { body: { organisationId } } = await world.command('/identity/organisations', operator, organisation);
  const who = { email: `${uuidv7()}@mereau.example`, name: 'Somebody', password: 'a long password' };
  const userId = await world.join({ ...who, organisationId: String(organisationId), roles: [role] });
  return { ...who, userId, organisationId: String(organisationId) };
}
const auditor = () => join({ kind: 'auditor', name: 'A body' }, 'auditor');
const asked = (organisationId: string, over: object = {}) => ({ organisationId, days: 30, purpose: 'A yearly look', ...over });
const propose = async (organisationId: string, over: object = {}) => world.command('/identity/mandates', await world.operator(), asked(organisationId, over));
const confirm = (mandateId: unknown, as = approver) => world.command(`/identity/mandates/${String(mandateId)}/confirmations`, as, {});
const end = (mandateId: unknown, as: string) => world.command(`/identity/mandates/${String(mandateId)}/end`, as, {});
const idOf = ({ body }: Answer) => body['mandateId'];
const codeOf = ({ body }: Answer) => body.code;
const mandatesOf = async (who: Credentials) =>
  decodeJwt((await world.bearerOf(who)).slice('Bearer '.length))['mandates'] as { inForce: Record<string, unknown>[]; hadOne: boolean } | undefined;
const list = async (as: string, question = '') => (await world.call(`/identity/mandates${question}`, { method: 'GET', headers: { authorization: as } })).body['items'] as Record<string, unknown>[];

/** What audit is or will be told, in whatever state of the relay. */
const toldTo = async (subject: string) => (await admin.query<{ message: { type: string; body: unknown; actor: { id: string } } }>(`
  select m as message from identity.outbox, jsonb_array_elements(messages) m where m ->> 'subject' = $1
  union all select m from identity.sent_batch, jsonb_array_elements(messages) m where receiver = 'audit' and m ->> 'subject' = $1`, [subject]))
  .rows.map(({ message }) => message);

describe('a mandate of the operator', () => {
  it('opens when a second person has stood for it, and a token then tells it', async () => {
    const body = await auditor();
    expect(await mandatesOf(body)).toEqual({ inForce: [], hadOne: false });
    const proposed = await propose(body.organisationId, { programmeIds: [`prg_${payerId}`] });
    expect(proposed.status).toBe(201);
    expect(await mandatesOf(body)).toEqual({ inForce: [], hadOne: false });
    expect(await confirm(idOf(proposed))).toMatchObject({ status: 201 });
    const mandateId = String(idOf(proposed)).slice(4);
    expect(await mandatesOf(body)).toEqual({ inForce: [{ mandateId, programmeIds: [payerId], payerIds: [] }], hadOne: true });
    expect(await toldTo(`mandate:${mandateId}`)).toMatchObject([{ type: 'mandate.given.v1', body: { organisationId: body.organisationId.slice(4), programmeIds: [payerId] } }]);
  });

  it('is not confirmed by who proposed it, twice, or without a fresh code', async () => {
    const { organisationId } = await auditor();
    const [mine, theirs] = [idOf(await world.command('/identity/mandates', approver, asked(organisationId))), idOf(await propose(organisationId))];
    expect(codeOf(await confirm(mine))).toBe('confirmer_is_proposer');
    expect(codeOf(await confirm(theirs, await world.aged(approver)))).toBe('second_factor_stale');
    expect((await confirm(theirs)).status).toBe(201);
    expect(codeOf(await confirm(theirs))).toBe('mandate_confirmed');
    expect(codeOf(await confirm(`mdt_${uuidv7()}`))).toBe('mandate_not_found');
  });

  it('is confirmed once when it is confirmed ten times at once', async () => {
    const mandateId = idOf(await propose((await auditor()).organisationId));
    const answers = await Promise.all(Array.from({ length: 10 }, () => confirm(mandateId)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(await toldTo(`mandate:${String(mandateId).slice(4)}`)).toHaveLength(1);
  });

  it('ends when anybody of the operator says so, and is remembered', async () => {
    const body = await auditor();
    const mandateId = idOf(await propose(body.organisationId));
    await confirm(mandateId);
    expect(codeOf(await end(mandateId, payer))).toBe('mandate_not_found');
    expect((await end(mandateId, await world.operator())).status).toBe(201);
    expect(codeOf(await end(mandateId, approver))).toBe('mandate_over');
    expect(await mandatesOf(body)).toEqual({ inForce: [], hadOne: true });
    expect((await toldTo(`mandate:${String(mandateId).slice(4)}`)).map(({ type }) => type).sort()).toEqual(['mandate.ended.v1', 'mandate.given.v1']);
  });

  it('that waited and was taken back opens nothing and is told to nobody', async () => {
    const mandateId = idOf(await propose((await auditor()).organisationId));
    expect((await end(mandateId, approver)).status).toBe(201);
    expect(codeOf(await confirm(mandateId))).toBe('mandate_over');
    expect(await toldTo(`mandate:${String(mandateId).slice(4)}`)).toEqual([]);
  });

  it('is for an auditing body, on days to come, and not for more than a token tells', async () => {
    const { organisationId } = await auditor();
    expect(codeOf(await propose(`org_${uuidv7()}`))).toBe('auditor_not_found');
    expect(codeOf(await propose((await join({ kind: 'place', name: 'A place', partyId: `plc_${uuidv7()}` }, 'till')).organisationId))).toBe('auditor_not_found');
    expect(codeOf(await propose(organisationId, { from: '2020-01-01' }))).toBe('mandate_over');
    const answers = await Promise.all(Array.from({ length: 7 }, () => propose(organisationId)));
    expect(answers.map(codeOf).filter((code) => code === 'mandates_too_many')).toHaveLength(2);
    expect((await propose(organisationId, { from: '2999-01-01' })).status).toBe(201);
  });

  it('of another day is no mandate of today', async () => {
    const body = await auditor();
    await confirm(idOf(await propose(body.organisationId, { from: '2999-01-01' })));
    expect(await mandatesOf(body)).toEqual({ inForce: [], hadOne: false });
  });
});

describe('a mandate of a payer', () => {
  it('is of that payer alone, opens at once, and is ended by the payer or the operator', async () => {
    const body = await auditor();
    const given = await world.command('/identity/payer-mandates', payer, asked(body.organisationId));
    expect(given.status).toBe(201);
    expect(await mandatesOf(body)).toMatchObject({ inForce: [{ programmeIds: [], payerIds: [payerId] }] });
    expect(codeOf(await confirm(idOf(given)))).toBe('mandate_not_found');
    expect((await end(idOf(given), payer)).status).toBe(201);
    const again = await world.command('/identity/payer-mandates', payer, asked(body.organisationId));
    expect((await end(idOf(again), approver)).status).toBe(201);
    expect(await mandatesOf(body)).toEqual({ inForce: [], hadOne: true });
  });

  it('is not for who is no auditing body, and asks for a fresh code', async () => {
    expect(codeOf(await world.command('/identity/payer-mandates', payer, asked(`org_${uuidv7()}`)))).toBe('auditor_not_found');
    const stale = await world.aged(await world.bearerOf(await join({ kind: 'payer', name: 'Another payer', partyId: `pyr_${uuidv7()}` }, 'payer')));
    expect(codeOf(await world.command('/identity/payer-mandates', stale, asked((await auditor()).organisationId)))).toBe('second_factor_stale');
  });
});

describe('the list of mandates', () => {
  it('shows each side its own', async () => {
    const body = await auditor();
    const [operators, payers] = [idOf(await propose(body.organisationId)), idOf(await world.command('/identity/payer-mandates', payer, asked(body.organisationId)))];
    const ids = (items: Record<string, unknown>[]) => items.map(({ mandateId }) => mandateId);
    expect(ids(await list(await world.operator()))).toEqual(expect.arrayContaining([operators, payers]));
    expect(ids(await list(await world.bearerOf(body)))).toEqual([payers, operators]);
    expect(ids(await list(payer))).toEqual(expect.arrayContaining([payers]));
    expect(ids(await list(payer))).not.toContain(operators);
    expect(ids(await list(payer, `?limit=1&mandateId=${payers}`))).toEqual([payers]);
    expect(ids(await list(payer, `?mandateId=${operators}`))).toEqual([]);
    expect((await list(await world.bearerOf(body))).map(({ state }) => state)).toEqual(['given', 'proposed']);
  });

  it('is given to a body that is found by its name, by those who may give one', async () => {
    const body = await auditor();
    const bodies = async (authorization: string) => world.call('/identity/auditing-bodies?limit=200', { method: 'GET', headers: { authorization } });
    for (const who of [payer, approver, await world.operator()]) {
      const { items } = (await bodies(who)).body as { items?: { organisationId: string; name: string }[] };
      expect(items).toContainEqual({ organisationId: body.organisationId, name: 'A body' });
      expect(new Set(items!.map(({ name }) => name))).toEqual(new Set(['A body']));
    }
    expect((await bodies(await world.bearerOf(body))).status).toBe(403);
  });
});

describe('the tables', () => {
  const refused = (sql: string, values: unknown[] = []) => admin.query(sql, values).then(() => 'taken', ({ code, constraint }: { code: string; constraint?: string }) => constraint ?? code);
  const userOf = async (email: string) => (await admin.query<{ id: string }>('select id from identity."user" where email = $1', [email])).rows[0]!.id;
  const insert = `insert into identity.mandate (id, organisation_id, programme_ids, payer_ids, first_day, last_day, purpose, payer_id, proposed_by, proposed_at)
    values (gen_random_uuid(), $1, '{}', $2, '2026-01-01', $3, 'x', $4, $5, now())`;

  it('refuse what nobody may give', async () => {
    const body = await auditor();
    const operator = await userOf(OPERATOR.email);
    const [organisationId, stranger] = [body.organisationId.slice(4), body.userId.slice(4)];
    const other = (await join({ kind: 'payer', name: 'Another', partyId: `pyr_${uuidv7()}` }, 'payer')).organisationId.slice(4);
    expect(await refused(insert, [organisationId, [], '2026-01-31', null, operator])).toBe('taken');
    expect(await refused(insert, [organisationId, [], '2026-01-31', null, stranger])).toBe('23514');
    expect(await refused(insert, [organisationId, [payerId], '2026-01-31', payerId, operator])).toBe('23514');
    expect(await refused(insert, [other, [], '2026-01-31', null, operator])).toBe('mandate_organisation_id_kind_fkey');
    expect(await refused(insert, [organisationId, [], '2025-12-31', null, operator])).toBe('mandate_check');
    expect(await refused(insert, [organisationId, [], '2029-01-01', null, operator])).toBe('mandate_check');
    expect(await refused('update identity.mandate set last_day = last_day + 1')).toBe('23000');
  });

  it('refuse a confirmation by the proposer, by no approver, and after the end', async () => {
    const { organisationId } = await auditor();
    const mandateId = String(idOf(await propose(organisationId))).slice(4);
    const [operator, second] = [await userOf(OPERATOR.email), await userOf(APPROVER.email)];
    const stand = (by: string) => refused('insert into identity.mandate_confirmation values ($1, $2, now())', [mandateId, by]);
    expect(await stand(operator)).toBe('23514');
    expect(await stand((await auditor()).userId.slice(4))).toBe('23514');
    await admin.query('insert into identity.mandate_end values ($1, $2, now())', [mandateId, second]);
    expect(await stand(second)).toBe('23514');
  });
});

describe('audit', () => {
  it('is told of organisations, members and those who confirm them, with ids and roles and no name', async () => {
    const body = await auditor();
    expect(await toldTo(`organisation:${body.organisationId.slice(4)}`)).toMatchObject([{ type: 'organisation.created.v1', body: { kind: 'auditor', partyId: null } }]);
    const told = await toldTo(`user:${body.userId.slice(4)}`);
    expect(told).toMatchObject([{ type: 'member.added.v1', body: { kind: 'auditor', roles: ['auditor'], userId: body.userId.slice(4) } }]);
    expect(JSON.stringify(told)).not.toContain(body.email);
    const first = (await admin.query<{ id: string }>('select id from identity."user" where email = $1', [APPROVER.email])).rows[0]!.id;
    expect((await toldTo(`user:${first}`)).map(({ type }) => type)).toEqual(expect.arrayContaining(['member.added.v1', 'member.confirmed.v1']));
  });

  it('is told once of who was there before, in the form of today', async () => {
    const sql = readFileSync('prisma/identity/migrations/20260101000662_tell_who_there_was/migration.sql', 'utf8');
    await admin.query('begin');
    await admin.query(sql);
    const { rows } = await admin.query<{ message: Record<string, unknown> & { type: string } }>(
      `select m as message from identity.outbox, jsonb_array_elements(messages) m where m ->> 'correlationId' = 'migration'`);
    await admin.query('rollback');
    const count = async (table: string) => Number((await admin.query(`select count(*) from identity.${table}`)).rows[0]!['count']);
    const of = (type: string) => rows.filter(({ message }) => message.type === type);
    for (const [type, table] of [['organisation.created.v1', 'organisation'], ['member.added.v1', 'membership'], ['member.confirmed.v1', 'membership_confirmation']] as const) {
      expect([type, of(type).length]).toEqual([type, await count(table)]);
    }
    expect(of('second_factor.changed.v1').length).toBeGreaterThan(0);
    for (const { message } of rows) expect(contractOf(message.type)!.schema.safeParse(message['body']).error).toBeUndefined();
  });
});

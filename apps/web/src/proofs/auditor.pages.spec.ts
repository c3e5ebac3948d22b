// The pages of books, proofs, exports and mandates: what they ask, what they check by themselves, what is sent.
import 'reflect-metadata';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { AUDIT_IDS, mandateAnswer } from '../../../../test/builders/audit-pages.js';
import { answers, as, asked, closePages, get, openPages, post, resetPages, text, uuid } from '../../../../test/builders/pages.js';

beforeAll(openPages);
afterAll(closePages);
beforeEach(() => {
  resetPages();
  as('auditor', ['auditor']);
});

const sent = (route: string) => asked.filter((one) => one.route === route).map(({ body }) => body);
const english = async (url: string) => text((await get(url, { 'accept-language': 'en' })).body).replaceAll('\u00A0', ' ');

describe('the balance', () => {
  it('leads from a total to whose it is, and from there to facts with their proofs', async () => {
    const links = async (url: string) => [...(await get(url)).body.matchAll(/href="(\/(?:consolidation|proofs)[^"]*)"/g)].map(([, href]) => href!.replaceAll('&amp;', '&'));
    const [accounts] = (await links('/consolidation?at=2026-11-24')).filter((href) => href.includes('/accounts'));
    expect(accounts).toContain(`account=outstanding&custodyAccountId=${AUDIT_IDS.custodyAccount}&programmeId=${AUDIT_IDS.programme}`);
    expect(accounts).toContain('at=2026-11-24');
    const facts = (await links(accounts!)).filter((href) => href.includes('/facts'));
    expect([facts.length, facts[1]]).toEqual([2, expect.stringMatching(/key=(&|$)/)]);
    expect((await links(facts[1]!)).filter((href) => href.startsWith('/proofs?'))).toEqual([`/proofs?of=${AUDIT_IDS.event}`]);
  });

  it('says at once where debts are not covered, and where the ledgers do not meet', async () => {
    expect(await english('/consolidation')).toContain('5.00 more of assets than of debts');
    const [status, found] = answers['GET /audit/consolidation']! as [number, { custodyAccounts: object[] }];
    answers['GET /audit/consolidation'] = [status, { ...found, custodyAccounts: [{ ...found.custodyAccounts[0], coverageCents: -100, clearingCents: 1 }] }];
    const page = await english('/consolidation');
    expect([page.includes('is not covered'), page.includes('does not come to zero')]).toEqual([true, true]);
  });

  it('is refused in words under a narrow mandate', async () => {
    answers['GET /audit/consolidation'] = [403, { code: 'mandate_too_narrow' }];
    expect(await english('/consolidation')).toContain('No mandate of yours that is in force shows it.');
  });
});

describe('a proof on the page', () => {
  const INCLUSION = `GET /audit/events/${AUDIT_IDS.event}/inclusion`;
  const inclusion = () => (answers[INCLUSION]! as [number, { leaf: string }])[1];

  it('is believed as far as it can be done again: a leaf that was changed is called broken', async () => {
    expect(await english(`/proofs?of=${AUDIT_IDS.event}`)).toMatch(/Path to the root Proved/);
    answers[INCLUSION] = [200, { ...inclusion(), leaf: '{"a":"Leaf"}' }];
    expect(await english(`/proofs?of=${AUDIT_IDS.event}`)).toMatch(/Not proved.*Path to the root Broken/);
  });

  it('of a root that nobody signed is not called whole', async () => {
    const { leaf: _, ...rest } = inclusion();
    expect(rest).toMatchObject({ checkpoint: null });
    expect(await english(`/proofs?of=${AUDIT_IDS.event}`)).toMatch(/Not proved.*No checkpoint of this size/);
  });

  it('of growth shows a log that was written anew', async () => {
    expect(await english('/proofs?from=1')).toContain('The log only grew');
    const [, found] = answers['GET /audit/consistency']! as [number, object];
    answers['GET /audit/consistency'] = [200, { ...found, toRoot: 'ab'.repeat(32) }];
    expect(await english('/proofs?from=1')).toContain('The log contradicts itself');
  });

  it('that does not exist is told in words', async () => {
    answers[INCLUSION] = [409, { code: 'event_not_in_log' }];
    expect(await english(`/proofs?of=${AUDIT_IDS.event}`)).toContain('newer than this checkpoint');
    expect((await get('/proofs?of=usr_1')).statusCode).toBe(400);
  });
});

describe('the log as a file', () => {
  it('is passed on as audit sends it, with the token of who asks', async () => {
    answers['GET /audit/export'] = [200, { pretend: 'lines' }];
    const { statusCode, headers, body } = await get('/exports/log?size=12');
    expect([statusCode, headers['content-type'], body]).toEqual([200, 'application/x-ndjson; charset=utf-8', '{"pretend":"lines"}']);
    expect(headers['content-disposition']).toContain('attachment');
    expect(asked.find(({ route }) => route === 'GET /audit/export')?.headers.authorization).toBe('Bearer token-auditor');
    answers['GET /audit/export'] = [403, { code: 'role_missing' }];
    expect((await get('/exports/log')).statusCode).toBe(403);
  });
});

describe('a restatement', () => {
  it('is asked for with a reason by an auditor, and begun by an approver alone', async () => {
    answers['POST /audit/restatements'] = [201, { restatementId: AUDIT_IDS.restatement }];
    const page = `/restatements/${AUDIT_IDS.restatement}`;
    expect((await post('/restatements/new/ask', { key: uuid(10), reason: 'a new rule' })).headers.location).toBe(page);
    expect(sent('POST /audit/restatements')).toEqual([{ reason: 'a new rule' }]);
    expect((await get(page)).body).not.toContain('/approval"');
    as('operator', ['approver']);
    answers[`POST /audit/restatements/${AUDIT_IDS.restatement}/approvals`] = [403, { code: 'restatement_approver_asked' }];
    expect(text((await post(`${page}/approval`, { key: uuid(10) })).body)).toContain('Vous l’avez demandé : une autre personne approuve.');
  });
});

describe('a mandate', () => {
  const form = { key: uuid(10), organisationId: AUDIT_IDS.body, programmeId: 'all', from: '', days: '30', purpose: 'A yearly look' };

  it('of the operator is proposed with what was chosen, and leads to its page', async () => {
    as('operator', ['operator']);
    answers['POST /identity/mandates'] = [201, { mandateId: AUDIT_IDS.mandate }];
    const { headers } = await post('/mandates/new/give', { ...form, payerId: `pyr_${uuid(31)}` });
    expect(headers.location).toBe(`/mandates/${AUDIT_IDS.mandate}`);
    expect(sent('POST /identity/mandates')).toEqual([{ organisationId: AUDIT_IDS.body, days: 30, purpose: 'A yearly look', programmeIds: [], payerIds: [`pyr_${uuid(31)}`] }]);
  });

  it('of a payer names no payer, and asks for a code', async () => {
    as('payer', ['payer']);
    answers['POST /identity/payer-mandates'] = [403, { code: 'second_factor_stale' }];
    const { statusCode, body } = await post('/mandates/new/give', form);
    expect([statusCode, body.includes('name="code"')]).toEqual([403, true]);
    expect(sent('POST /identity/payer-mandates')).toEqual([{ organisationId: AUDIT_IDS.body, days: 30, purpose: 'A yearly look', programmeIds: [] }]);
  });

  it('is confirmed by an approver and ended by either side, and an auditor only reads', async () => {
    const page = `/mandates/${AUDIT_IDS.mandate}`;
    const buttons = async () => [...(await get(page)).body.matchAll(new RegExp(`action="${page}/(\\w+)"`, 'g'))].map(([, step]) => step);
    expect(await buttons()).toEqual([]);
    as('operator', ['operator']);
    expect(await buttons()).toEqual(['end']);
    as('operator', ['approver']);
    expect(await buttons()).toEqual(['confirmation', 'end']);
    answers[`POST /identity/mandates/${AUDIT_IDS.mandate}/confirmations`] = [201, {}];
    expect((await post(`${page}/confirmation`, { key: uuid(10) })).statusCode).toBe(303);
    answers['GET /identity/mandates'] = [200, { items: [{ ...mandateAnswer, state: 'ended', endedAt: '2026-11-25T08:00:00.000Z' }], nextCursor: null }];
    expect(await buttons()).toEqual([]);
  });

  it('cannot be proposed over all payers because their list is away', async () => {
    as('operator', ['operator']);
    answers['GET /issuance/payers'] = [0, {}];
    expect((await get('/mandates/new')).statusCode).toBe(503);
  });
});

import 'reflect-metadata';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { giftReference, printReference } from '#libs/contracts';
import { answers, as, asked, closePages, get, openPages, OPERATOR_IDS, order, post, resetPages, text, uuid } from '../../../../test/builders/pages.js';

beforeAll(openPages);
afterAll(closePages);
beforeEach(resetPages);

const [POOLS, MOVEMENTS] = ['GET /settlement/commons-pools', 'GET /settlement/commons-pools/movements'];
const page = async (path: string) => {
  const { statusCode, body } = await get(path, { 'accept-language': 'en' });
  return [statusCode, text(body).replaceAll('\u00A0', ' '), body] as const;
};

describe('the pages of the commons', () => {
  it('ask without a token, and say what is in all pools, and in each', async () => {
    const [status, shown, body] = await page('/commons');
    expect(status).toBe(200);
    for (const words of ['€148.02 are in the commons of the places', 'National pool', 'Pool of Pass']) expect(shown).toContain(words);
    expect(body).toContain(`href="/commons/prg_${uuid(4)}"`);
    expect(asked.find(({ route }) => route === POOLS)?.headers.authorization).toBeUndefined();
  });

  it('give the account of a pool, its rule, and each movement with its rule or decision and its proof', async () => {
    const [status, shown, body] = await page(`/commons/prg_${uuid(4)}`);
    expect(status).toBe(200);
    for (const words of ['€53.01 in this pool at this moment.', '60% of the commons share stays here', 'never takes more than 3% of the gross', '5 people are named',
      '€7.00 are early payments', '2 votes for it: un camion', 'Shares of 2 statements', 'Sharing rule 1, row 12', '€95.01']) expect(shown).toContain(words);
    expect(body).toContain(`href="/proofs?of=evt_${uuid(33)}"`);
    expect(asked.find(({ route }) => route === MOVEMENTS)).toBeDefined();
  });

  it('say how anybody gives to it, with its own reference and account', async () => {
    const [, shown] = await page(`/commons/prg_${uuid(4)}`);
    const [, national] = await page('/commons/national');
    const printed = (programmeId: string | null) => printReference(giftReference(programmeId));
    for (const words of ['Give to this pool', printed(uuid(4)), 'FR76 3000 1007 9412 3456 7890 185', 'PSSTFRPP', 'Who gives is never named']) expect(shown).toContain(words);
    expect([national.includes(printed(null)), national.includes(printed(uuid(4)))]).toEqual([true, false]);
  });

  it('give it as a file, page after page, in cents', async () => {
    const { statusCode, body, headers } = await get('/commons/national/movements.csv');
    expect([statusCode, headers['content-type']]).toEqual([200, 'text/csv; charset=utf-8']);
    const [head, first, second] = body.split('\r\n');
    expect(head).toBe('number,at,kind,posting_rule,parts,amount_cents,balance_cents,sharing_rules,allocation_to,allocation_reason,allocation_votes,event');
    expect(first).toBe(`3,2026-11-24T10:00:00.000Z,allocation,28,1,-500,9501,,Association <des> ateliers,un camion & des ateliers,2,evt_${uuid(33)}`);
    expect(second).toBe(`2,2026-11-23T10:00:00.000Z,statement,12,2,4000,10001,prg_${uuid(4)} v1,,,,evt_${uuid(32)}`);
  });

  it('say so where a programme has no pool, nothing came in, or no answer came', async () => {
    expect(await page(`/commons/prg_${uuid(77)}`)).toEqual([404, expect.stringContaining('This programme has no pool'), expect.anything()]);
    answers[MOVEMENTS!] = [200, { items: [], nextCursor: null }];
    expect((await page('/commons/national'))[1]).toContain('Nothing has come in yet.');
    answers[MOVEMENTS!] = [0, null];
    expect((await page('/commons/national'))[0]).toBe(503);
    expect((await get('/commons/national/movements.csv')).statusCode).toBe(503);
    answers[POOLS!] = [429, { code: 'too_many_requests', details: { retryAfterSeconds: 30 } }];
    expect(await page('/commons')).toEqual([429, expect.stringContaining('Too much was asked from your address'), expect.anything()]);
    answers[POOLS!] = [0, null];
    expect((await page('/commons'))[0]).toBe(503);
    expect((await page('/commons/somewhere'))[0]).toBe(400);
  });
});

describe('an unknown credit', () => {
  it.each<[string, string, string | null]>([['the national pool', 'national', null], ['the pool of a programme', `prg_${uuid(4)}`, `prg_${uuid(4)}`]])('is said to be a gift to %s', async (_, pool, programmeId) => {
    as('operator', ['operator']);
    const { bankLine } = OPERATOR_IDS;
    const route = `POST /settlement/bank-lines/${bankLine}/identifications`;
    answers[route] = [201, {}];
    expect((await get(`/bank-lines/${bankLine}`, { 'accept-language': 'en' })).body).toContain(`<option value="${pool}"`);
    expect((await post(`/bank-lines/${bankLine}/gift`, { key: uuid(13), pool })).statusCode).toBe(303);
    expect(asked.find((one) => one.route === route)?.body).toEqual({ kind: 'gift', programmeId });
  });
});

describe('the rules of pools, as a second person sees them', () => {
  it('are confirmed or taken back, each by its pool and version', async () => {
    as('operator', ['approver']);
    answers['GET /identity/members'] = [200, { items: [] }];
    const kept = (version: number, state: string, from: string) => ({
      version, from, operatorCapBasisPoints: null, localBasisPoints: null, deciders: [`usr_${uuid(22)}`, `usr_${uuid(24)}`], state, proposedBy: `usr_${uuid(25)}`, confirmedBy: null,
    });
    answers['GET /settlement/sharing-rules'] = [200, { items: [kept(3, 'proposed', '2027-03-01'), kept(2, 'withdrawn', '2027-02-01'), kept(1, 'confirmed', '2026-01-01')] }];
    const { body } = await get('/sharing-rules', { 'accept-language': 'en' });
    const offered = (step: string) => [...(body.split(`action="/sharing-rules/${step}"`)[1] ?? '').split('</form>')[0]!.matchAll(/<option value="([^"]*:\d+)"/g)].map(([, value]) => value);
    expect(offered('confirm').filter((value) => value!.startsWith('national'))).toEqual(['national:3']);
    for (const [step, route] of [['confirm', 'confirmations'], ['withdraw', 'withdrawals']] as const) {
      expect(offered(step)).toContain('national:3');
      expect(offered(step)).not.toContain('national:2');
      answers[`POST /settlement/sharing-rules/${route}`] = [201, { version: 3 }];
      expect((await post(`/sharing-rules/${step}`, { key: uuid(11), rule: 'national:3' })).headers.location).toBe('/sharing-rules');
      expect(asked.find((one) => one.route === `POST /settlement/sharing-rules/${route}`)?.body).toEqual({ programmeId: null, version: 3 });
    }
  });

  it('name who decides about the national pool, and nothing else', async () => {
    as('operator', ['operator']);
    answers['GET /identity/members'] = [200, { items: [22, 24].map((at) => ({ userId: `usr_${uuid(at)}`, name: `A${at}`, roles: ['approver'], state: 'in_force' })) }];
    answers['POST /settlement/sharing-rules'] = [201, { version: 1 }];
    await post('/sharing-rules/propose-national', { key: uuid(12), from: '2026-12-31', decider1: `usr_${uuid(22)}`, decider2: `usr_${uuid(24)}` });
    expect(asked.find(({ route }) => route === 'POST /settlement/sharing-rules')?.body).toEqual({ programmeId: null, from: '2026-12-31', deciders: [`usr_${uuid(22)}`, `usr_${uuid(24)}`] });
  });
});

describe('the sharing rules, as the operator proposes them', () => {
  it('choose nobody by themselves for a seat that may stay empty, also where one person alone approves', async () => {
    as('operator', ['operator']);
    answers['GET /identity/members'] = [200, { items: [{ userId: `usr_${uuid(22)}`, name: 'Ada', roles: ['approver'], state: 'in_force' }] }];
    const { body } = await get('/sharing-rules', { 'accept-language': 'en' });
    const optional = [...body.matchAll(/<select [^>]*name="decider[3-7]"[^>]*>(.*?)<\/select>/gs)].map(([, options]) => options);
    expect(optional.length).toBe(10);
    for (const options of optional) expect(options).toMatch(/^<option value="">/);
  });

  it('name the people who decide, of those who approve, and propose shares in basis points', async () => {
    as('operator', ['operator']);
    const [PUBLISH, MEMBERS] = ['POST /settlement/sharing-rules', 'GET /identity/members'];
    const member = (at: number, name: string, roles: string[], state = 'in_force') => ({ userId: `usr_${uuid(at)}`, name, roles, state });
    answers[MEMBERS] = [200, { items: [
      member(22, 'Ada', ['approver']), member(24, 'Bea', ['operator', 'approver']), member(25, 'Cid', ['operator']), member(26, 'Dan', ['approver'], 'invited'),
    ] }];
    const shown = text((await get('/sharing-rules', { 'accept-language': 'en' })).body);
    expect([shown.includes('Ada, Bea'), shown.includes('Cid'), shown.includes('Dan')]).toEqual([true, false, false]);
    answers[PUBLISH] = [201, { version: 2 }];
    const form = { key: uuid(10), programmeId: order.programmeId, from: '2026-12-31', localBasisPoints: '60', operatorCapBasisPoints: '2,5' };
    const sent = await post('/sharing-rules/propose', { ...form, decider1: `usr_${uuid(22)}`, decider2: `usr_${uuid(24)}`, decider3: '' });
    expect(sent.headers.location).toBe('/sharing-rules');
    expect(asked.find(({ route }) => route === PUBLISH)?.body).toEqual({
      programmeId: order.programmeId, from: '2026-12-31', localBasisPoints: 6_000, operatorCapBasisPoints: 250, deciders: [`usr_${uuid(22)}`, `usr_${uuid(24)}`],
    });
  });
});

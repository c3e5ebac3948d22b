// The page of keys where something is made, shown once, refused or ended.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { answers, as, asked, closePages, get, openPages, post, resetPages, text, uuid } from '../../../../test/builders/pages.js';

beforeAll(openPages);
afterAll(closePages);
beforeEach(resetPages);

const KEY = uuid(10);
const SECRET = `mereau_0123456789_${'x'.repeat(43)}`;
const make = (more: Record<string, string> = {}) =>
  post('/api-keys/make', { key: KEY, label: 'Caisse', days: '90', 'redemptions.read': 'yes', ...more }, { 'accept-language': 'fr' });
const posted = (route: string) => asked.filter((one) => one.route === route);

describe('a key that is made on its page', () => {
  it('is asked for with what was ticked, shown once, and put into no address', async () => {
    as('place', ['manager']);
    answers['POST /identity/api-keys'] = [201, { keyId: `key_${uuid(25)}`, prefix: '0123456789', expiresAt: '2027-01-30T08:00:00.000Z', key: SECRET }];
    const page = await make();
    expect([page.statusCode, page.headers['cache-control'], page.headers.location]).toEqual([200, 'no-store', undefined]);
    expect(page.body).toContain(`value="${SECRET}"`);
    expect(posted('POST /identity/api-keys').map(({ body, headers }) => [body, headers['idempotency-key']])).toEqual([[{ label: 'Caisse', days: 90, scopes: ['redemptions.read'] }, KEY]]);
  });

  it('is not shown a second time', async () => {
    as('place', ['manager']);
    answers['POST /identity/api-keys'] = [201, { keyId: `key_${uuid(25)}`, prefix: '0123456789', expiresAt: '2027-01-30T08:00:00.000Z', key: null }];
    const page = await make();
    expect(text(page.body)).toContain('Cette clé a déjà été affichée');
    expect(page.body).not.toContain(SECRET);
  });

  it('that asks for a code keeps what was typed, and goes again with the code under the same key', async () => {
    as('place', ['manager']);
    answers['POST /identity/api-keys'] = [403, { code: 'second_factor_stale' }];
    const refused = await make();
    expect(refused.statusCode).toBe(403);
    expect(text(refused.body)).toContain('Pour créer une clé, saisissez un code');
    for (const kept of [`name="key" value="${KEY}"`, 'name="label" value="Caisse"', 'name="redemptions.read" value="yes"', 'name="days" value="90"', 'name="code"']) expect(refused.body).toContain(kept);
    expect(refused.body.match(/button filled/g)).toHaveLength(1);
    answers['POST /identity/second-factors/codes'] = [200, { recoveryCodesLeft: 8 }];
    answers['POST /identity/api-keys'] = [201, { keyId: `key_${uuid(25)}`, prefix: '0123456789', expiresAt: '2027-01-30T08:00:00.000Z', key: SECRET }];
    expect((await make({ code: '123456' })).body).toContain(SECRET);
    expect(posted('POST /identity/api-keys').at(-1)!.headers['idempotency-key']).toBe(KEY);
  });

  it.each([['api_keys_too_many', 409, 'vingt clés'], ['request_malformed', 400, 'cochez au moins un droit'], ['scope_not_of_organisation', 409, 'ne peut pas donner ce droit']])(
    'that is refused by %s says why', async (code, status, said) => {
      as('place', ['manager']);
      answers['POST /identity/api-keys'] = [status, { code }];
      expect(text((await make()).body)).toContain(said);
    });

  it('is offered to who answers for the organisation, with the rights of its kind', async () => {
    as('payer', ['payer']);
    const payer = (await get('/api-keys')).body;
    expect([payer.includes('name="orders.read"'), payer.includes('name="vouchers.redeem"')]).toEqual([true, false]);
    as('place', ['till']);
    answers['GET /identity/api-keys'] = [403, { code: 'role_missing' }];
    expect((await get('/api-keys')).body).not.toContain('/api-keys/make');
    as('operator', ['operator']);
    expect((await get('/api-keys')).body).not.toContain('/api-keys/make');
  });
});

describe('a key on the list', () => {
  it('is ended by a press, also where it was ended meanwhile', async () => {
    as('place', ['manager']);
    answers['POST /identity/api-keys/endings'] = [201, { keyId: `key_${uuid(25)}` }];
    expect((await post('/api-keys/end', { key: KEY, keyId: `key_${uuid(25)}` })).headers.location).toBe('/api-keys');
    expect(posted('POST /identity/api-keys/endings')[0]!.body).toEqual({ keyId: `key_${uuid(25)}` });
    answers['POST /identity/api-keys/endings'] = [404, { code: 'api_key_not_found' }];
    expect((await post('/api-keys/end', { key: KEY, keyId: `key_${uuid(25)}` })).headers.location).toBe('/api-keys');
  });

  it('is ended by no form of another site', async () => {
    as('place', ['manager']);
    expect((await post('/api-keys/end', { key: KEY, keyId: `key_${uuid(25)}` }, { origin: 'https://elsewhere.example' })).statusCode).toBe(403);
    expect(posted('POST /identity/api-keys/endings')).toEqual([]);
  });
});

describe('the reference', () => {
  it.each(['/reference/services/nothing', '/reference/route?of=GET%20/nothing', '/reference/events/nothing', '/reference/events/..%2Fopenapi'])('has nothing at %s', async (url) => {
    expect((await get(url)).statusCode).toBe(404);
  });

  it('asks no service and nobody else for anything', async () => {
    const page = await get('/reference/messages');
    expect([page.statusCode, asked]).toEqual([200, []]);
    expect(page.body).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
  });
});

describe('the keys of any organisation, for the operator', () => {
  it('are found by its name, and ended one by one', async () => {
    as('operator', ['operator']);
    answers['POST /identity/api-keys/endings'] = [201, { keyId: `key_${uuid(25)}` }];
    const query = `named=M&organisationId=org_${uuid(1)}`;
    const { body } = await get(`/organisation-keys?${query}`);
    expect(body).toContain(`name="keyId" value="key_${uuid(25)}"`);
    expect(body).not.toContain('/api-keys/make');
    const ended = await post('/organisation-keys/end', { key: uuid(10), keyId: `key_${uuid(25)}`, organisationId: `org_${uuid(1)}`, named: 'M' });
    expect(ended.headers.location).toBe(`/organisation-keys?organisationId=org_${uuid(1)}&named=M`);
    expect(asked.find(({ route }) => route === 'POST /identity/api-keys/endings')!.body).toEqual({ keyId: `key_${uuid(25)}` });
  });
});

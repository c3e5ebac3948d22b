// Pages of who looks as an organisation: the banner on every one, forms that do nothing, the way in and the way out.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { answers, as, asked, closePages, get, openPages, post, resetPages, text, uuid } from '../../../../test/builders/pages.js';

beforeAll(openPages);
afterAll(closePages);
beforeEach(resetPages);

const ID = `ipn_${uuid(80)}`;
const MINUTE_MS = 60_000;
let browsers = 0;
const looking = (language = 'fr') => ({
  cookie: `mereau.session_token=looks${browsers += 1}; mereau.impersonation=${ID}.${Date.now() + 12 * MINUTE_MS - 5_000}`, 'accept-language': language,
});
const token = () => ({
  token: 'token-looks', expiresAt: new Date(Date.now() + 5 * MINUTE_MS).toISOString(), name: 'Aïcha', until: new Date(Date.now() + 12 * MINUTE_MS - 5_000).toISOString(),
  membership: { organisationId: `org_${uuid(1)}`, kind: 'place', name: 'Médiathèque <b>', partyId: `plc_${uuid(5)}`, roles: ['manager'] },
});
const TOKENS = 'POST /identity/impersonations/tokens';
const form = { key: uuid(81), organisationId: `org_${uuid(1)}`, named: 'Médiathèque', role: 'manager', reason: 'They cannot find it', minutes: '15' };

describe('the banner of who looks as an organisation', () => {
  it.each(['/home', '/statements', '/team', '/settings', '/menu', '/help', '/coverage'])('stands on %s in both languages, with the time left and a way out without a script', async (url) => {
    as('place', ['manager']);
    answers[TOKENS] = [200, token()];
    for (const [language, left, out] of [['fr', 'encore 12 minutes', 'Terminer'], ['en', '12 minutes left', 'End it']] as const) {
      const { body, statusCode } = await get(url, looking(language));
      expect(statusCode).toBe(200);
      const banner = /<section class="impersonation".*?<\/section>/s.exec(body)![0];
      expect(text(banner).replaceAll('\u00A0', ' ')).toContain(left);
      expect(banner).toMatch(new RegExp(`<form method="post" action="/impersonations/end"><button class="button">${out}</button></form>`));
      expect(banner).not.toContain('<b>"');
    }
  });

  it('is asked for with the token that looks, and is on no page of anybody else, nor in the shell of a till', async () => {
    as('place', ['manager']);
    answers[TOKENS] = [200, token()];
    expect((await get('/statements', looking())).body).toContain('class="impersonation"');
    const bearers = () => asked.filter(({ route }) => route.startsWith('GET /settlement')).map(({ headers }) => headers.authorization);
    expect([...new Set(bearers())]).toEqual(['Bearer token-looks']);
    asked.length = 0;
    const own = await get('/statements');
    expect([own.statusCode, own.body.includes('class="impersonation"')]).toEqual([200, false]);
    expect(bearers()).not.toEqual([]);
    expect(bearers()).not.toContain('Bearer token-looks');
    const till = await get('/till', looking());
    expect([till.statusCode, till.body.includes('class="impersonation"')]).toEqual([200, false]);
  });

  it('goes where the impersonation has ended: the pages are one’s own again', async () => {
    as('place', ['manager']);
    answers[TOKENS] = [403, { code: 'impersonation_over' }];
    const { statusCode, body } = await get('/statements', looking());
    expect([statusCode, body.includes('class="impersonation"')]).toEqual([200, false]);
    expect(asked.map(({ route }) => route)).toEqual(expect.arrayContaining([TOKENS, 'POST /identity/tokens']));
  });

  it('goes where its time is over, and nobody asks identity for it any more', async () => {
    as('place', ['manager']);
    answers[TOKENS] = [200, token()];
    const past = { cookie: `mereau.session_token=past; mereau.impersonation=${ID}.${Date.now() - 1}` };
    const { statusCode, body } = await get('/statements', past);
    expect([statusCode, body.includes('class="impersonation"')]).toEqual([200, false]);
    expect(asked.map(({ route }) => route)).not.toContain(TOKENS);
  });
});

describe('a form of who looks as an organisation', () => {
  it.each([['/team/invite', { key: uuid(10), name: 'Ali', email: 'a@b.example', till: 'yes' }], ['/settings/sessions', { sessionId: '' }], ['/lost', { code: 'X' }]])(
    'sent to %s does nothing, and the page says so', async (url, fields) => {
      as('place', ['manager']);
      answers[TOKENS] = [200, token()];
      const { statusCode, body } = await post(url, fields as Record<string, string>, looking());
      expect(statusCode).toBe(403);
      expect(text(body)).toContain('rien ne peut y être changé, et rien ne l’a été');
      expect(asked.map(({ route }) => route).filter((route) => route.startsWith('POST'))).toEqual([TOKENS]);
    });

  it.each([
    [401, 'unauthenticated', '/sign-in', '/identity/auth/sign-in/email', { email: 'a@b.c', password: 'secret', next: '/home' }],
    [403, 'second_factor_asked', '/second-factor/code', '/identity/second-factors/codes', { code: '123456' }],
  ] as const)('keeps nobody out whose sign-in is over since (%d %s): they sign in by %s', async (status, code, url, route, fields) => {
    as('operator', ['helper']);
    answers[TOKENS] = [status, { code }];
    answers['POST /identity/tokens'] = [status, { code }];
    answers[`POST ${route}`] = [200, { recoveryCodesLeft: 8 }];
    const { statusCode, headers } = await post(url, { ...fields }, looking());
    expect([statusCode, headers.location]).toEqual([303, '/home']);
    expect(asked.some((one) => one.route === `POST ${route}`)).toBe(true);
    // Whoever has signed in anew looks as nobody.
    expect(String(headers['set-cookie']).includes('mereau.impersonation=; Path=/; Max-Age=0')).toBe(url === '/sign-in');
  });

  it('does nothing where nobody knows whether somebody looks', async () => {
    as('operator', ['helper']);
    answers[TOKENS] = [0, {}];
    expect((await post('/sign-in', { email: 'a@b.c', password: 'secret', next: '/runs' }, looking())).statusCode).toBe(503);
    expect(asked.some(({ route }) => route === 'POST /identity/auth/sign-in/email')).toBe(false);
  });

  it('is taken again once that has ended', async () => {
    as('place', ['manager']);
    answers[TOKENS] = [403, { code: 'impersonation_over' }];
    answers['POST /identity/members'] = [201, { userId: `usr_${uuid(23)}` }];
    expect((await post('/team/invite', { key: uuid(10), name: 'Ali', email: 'a@b.example', till: 'yes' }, looking())).statusCode).toBe(303);
  });
});

describe('looking as an organisation', () => {
  it('is begun from a name, with a reason, and leads to its pages', async () => {
    as('operator', ['helper']);
    const found = await get('/impersonations/new?named=M%C3%A9dia');
    expect(found.body).toContain(`organisationId=org_${uuid(1)}`);
    expect((await get(`/impersonations/new?named=M%C3%A9dia&organisationId=org_${uuid(1)}`)).body).toContain('name="reason"');
    const began = await post('/impersonations/new', form);
    expect([began.statusCode, began.headers.location]).toEqual([303, '/home']);
    expect(began.headers['set-cookie']).toMatch(new RegExp(`^mereau.impersonation=${ID}\\.\\d{13}; Path=/; Max-Age=\\d+; SameSite=Strict; HttpOnly; Secure$`));
    expect(asked.find(({ route }) => route === 'POST /identity/impersonations')!.body).toEqual({ organisationId: `org_${uuid(1)}`, role: 'manager', reason: 'They cannot find it', minutes: 15 });
  });

  it.each([
    ['of an organisation that is gone', 404, 'organisation_not_found', { items: [] }, 'Cette organisation n’existe pas'],
    ['of nobody who may', 403, 'role_missing', { code: 'role_missing' }, 'Seule une personne chargée de l’assistance'],
  ])('%s says so in words', async (_, status, code, found, said) => {
    as('operator', [code === 'role_missing' ? 'operator' : 'helper']);
    answers['POST /identity/impersonations'] = [status, { code }];
    answers['GET /identity/organisations'] = [code === 'role_missing' ? 403 : 200, found];
    const { statusCode, body } = await post('/impersonations/new', form, { 'accept-language': 'fr' });
    expect([statusCode, text(body)]).toEqual([403, expect.stringContaining(said)]);
    expect(body).not.toContain('name="reason"');
  });

  it('that was refused for a reason goes under a new key, for the refusal is kept with its own', async () => {
    as('operator', ['helper']);
    answers['POST /identity/impersonations'] = [409, { code: 'impersonation_open' }];
    const { body } = await post('/impersonations/new', form, { 'accept-language': 'fr' });
    expect(text(body)).toContain('terminez d’abord cette consultation');
    expect(body).toMatch(/name="key" value="[0-9a-f-]{36}"/);
    expect(body).not.toContain(uuid(81));
  });

  it.each([[19, false], [20, true]])('says at %d names that a longer one is needed: %s, as the page of keys does', async (count, said) => {
    as('operator', ['helper', 'operator']);
    answers['GET /identity/organisations'] = [200, { items: Array.from({ length: count }, (_, at) => ({ organisationId: `org_${uuid(at)}`, kind: 'place', name: `Place ${at}` })) }];
    for (const path of ['/impersonations/new', '/organisation-keys']) {
      const page = text((await get(`${path}?named=Place`, { 'accept-language': 'fr' })).body);
      expect([page.includes('Place 18'), page.includes('Précisez le nom')]).toEqual([true, said]);
    }
  });

  it.each(['12', '123 45', 'abcdef'])('says of %j that it is no right code, asks for it again, and begins nothing', async (code) => {
    as('operator', ['helper']);
    answers['POST /identity/second-factors/codes'] = [400, { code: 'request_malformed' }];
    const { statusCode, body } = await post('/impersonations/new', { ...form, code }, { 'accept-language': 'fr' });
    expect([statusCode, text(body)]).toEqual([403, expect.stringContaining('Ce code n’est pas juste.')]);
    expect(body).toContain('name="code"');
    expect(asked.some(({ route }) => route === 'POST /identity/impersonations')).toBe(false);
  });

  it('is all that a helper begins with', async () => {
    as('operator', ['helper']);
    expect((await get('/home')).headers.location).toBe('/impersonations');
    as('operator', ['operator', 'helper']);
    expect((await get('/home')).statusCode).toBe(200);
  });

  it('says to whoever is no helper who may', async () => {
    as('operator', ['operator']);
    const { body } = await get(`/impersonations/new?named=M&organisationId=org_${uuid(1)}`, { 'accept-language': 'fr' });
    expect(text(body)).toContain('Seule une personne chargée de l’assistance le peut');
    expect(body).not.toContain('name="reason"');
  });

  it('that asks for a code keeps what was typed', async () => {
    as('operator', ['helper']);
    answers['POST /identity/impersonations'] = [403, { code: 'second_factor_stale' }];
    const { statusCode, body } = await post('/impersonations/new', form);
    expect(statusCode).toBe(403);
    for (const kept of [`name="key" value="${uuid(81)}"`, 'They cannot find it', 'name="code"']) expect(body).toContain(kept);
  });

  it('is ended by the button: identity is told, and the cookie goes', async () => {
    as('operator', ['helper']);
    answers['POST /identity/impersonations/endings'] = [200, { impersonationId: ID }];
    const ended = await post('/impersonations/end', {}, looking());
    expect([ended.statusCode, ended.headers.location, ended.headers['set-cookie']]).toEqual([303, `/impersonations/${ID}`, 'mereau.impersonation=; Path=/; Max-Age=0']);
    expect(asked.find(({ route }) => route === 'POST /identity/impersonations/endings')!.body).toEqual({ impersonationId: ID });
    answers['POST /identity/impersonations/endings'] = [0, {}];
    expect((await post('/impersonations/end', {}, looking())).statusCode).toBe(503);
  });
});

describe('what somebody read who looked', () => {
  const readings = `GET /identity/impersonations/${ID}/readings`;
  const reading = (second: number) => ({ at: `2026-11-24T08:01:0${second}.000Z`, method: 'GET', route: '/x', asked: `/x?page=${second}` });

  it('is shown whole, however many pages the service needs for it', async () => {
    as('place', ['manager']);
    const pages = [{ items: [reading(1), reading(2)], nextCursor: 'next' }, { items: [reading(3)], nextCursor: null }];
    Object.defineProperty(answers, readings, { configurable: true, enumerable: true, get: () => [200, pages.shift()] });
    const { body } = await get(`/impersonations/${ID}`, { 'accept-language': 'fr' });
    for (const second of [1, 2, 3]) expect(body).toContain(`<code>/x?page=${second}</code>`);
    expect(text(body).replaceAll('\u00A0', ' ')).toContain('3 lectures.');
  });
});

// The pages of people, where something is refused: a code is asked for with the same form, and staff see nothing before a second factor.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { answers, as, asked, closePages, get, openPages, post, resetPages, text, uuid } from '../../../../test/builders/pages.js';

beforeAll(openPages);
afterAll(closePages);
beforeEach(resetPages);

const KEY = uuid(10);
const invite = (more: Record<string, string> = {}) =>
  post('/team/invite', { key: KEY, name: 'Ali', email: 'ali@example.org', till: 'yes', ...more }, { 'accept-language': 'fr' });

describe('an invitation on the page of a team', () => {
  it('goes to identity for the own organisation, with the roles that were ticked', async () => {
    as('place', ['manager']);
    answers['POST /identity/members'] = [201, { userId: `usr_${uuid(23)}` }];
    expect([(await invite()).headers.location, asked.find(({ route }) => route === 'POST /identity/members')!.body]).toEqual(
      ['/team', { organisationId: `org_${uuid(1)}`, name: 'Ali', email: 'ali@example.org', roles: ['till'] }]);
  });

  it('that asks for a code keeps what was typed, and goes again with the code under the same key', async () => {
    as('place', ['manager']);
    answers['POST /identity/members'] = [403, { code: 'second_factor_stale' }];
    const refused = await invite();
    expect(refused.statusCode).toBe(403);
    expect(text(refused.body)).toContain('Pour donner des droits, saisissez un code');
    for (const kept of [`name="key" value="${KEY}"`, 'name="email" value="ali@example.org"', 'name="till" value="yes"', 'name="code"']) expect(refused.body).toContain(kept);
    answers['POST /identity/second-factors/codes'] = [200, { recoveryCodesLeft: 8 }];
    answers['POST /identity/members'] = [201, { userId: `usr_${uuid(23)}` }];
    expect((await invite({ code: '123456' })).headers.location).toBe('/team');
    expect(asked.filter(({ route }) => route === 'POST /identity/members').at(-1)!.headers['idempotency-key']).toBe(KEY);
  });

  it('of a removal asks of each key that the person made whether it goes on, and does nothing before', async () => {
    as('place', ['manager']);
    answers['POST /identity/members/endings'] = [201, { userId: `usr_${uuid(22)}` }];
    answers['POST /identity/api-keys/endings'] = [201, { keyId: `key_${uuid(25)}` }];
    const end = (userId: string, more: Record<string, string> = {}) => post('/team/end', { key: KEY, userId, ...more }, { 'accept-language': 'fr' });
    const done = () => asked.map(({ route, body }) => [route, body]).filter(([route]) => String(route).startsWith('POST') && !String(route).endsWith('/tokens'));
    const page = await end(`usr_${uuid(22)}`);
    expect(page.statusCode).toBe(200);
    expect(page.body).toContain(`name="key_${uuid(25)}" value="end" required`);
    // Ended and too old are nothing to decide about.
    expect(page.body).not.toContain(`name="key_${uuid(26)}"`);
    expect(done()).toEqual([]);
    expect((await end(`usr_${uuid(22)}`, { [`key_${uuid(25)}`]: 'end', [`key_${uuid(26)}`]: 'keep' })).headers.location).toBe('/team');
    expect(done()).toEqual([
      ['POST /identity/members/endings', { userId: `usr_${uuid(22)}`, organisationId: `org_${uuid(1)}` }], ['POST /identity/api-keys/endings', { keyId: `key_${uuid(25)}` }],
    ]);
  });

  it.each([[503, 'unavailable', true], [404, 'api_key_not_found', false]])('of a removal after which a key could not be ended (%d %s) leads to the keys, which say so: %s', async (status, code, said) => {
    as('place', ['manager']);
    answers['POST /identity/members/endings'] = [201, { userId: `usr_${uuid(22)}` }];
    answers['POST /identity/api-keys/endings'] = [status, { code }];
    const { headers: { location } } = await post('/team/end', { key: KEY, userId: `usr_${uuid(22)}`, [`key_${uuid(25)}`]: 'end', [`key_${uuid(26)}`]: 'end' });
    expect(location).toBe(said ? `/api-keys?left=key_${uuid(25)},key_${uuid(26)}` : '/team');
    const notice = /<div class="notice no" role="alert">.*?<\/div>/s.exec((await get(location!, { 'accept-language': 'en' })).body)?.[0];
    expect(notice === undefined).toBe(!said);
    // The second one had ended before.
    if (notice) expect(text(notice)).toMatch(/no longer in the team, but this could not be ended and is in use still: Caisse/);
    if (notice) expect(notice).not.toContain('Compta');
  });

  it('of a removal of somebody who made none is done at once; one that is refused ends no key', async () => {
    as('place', ['manager']);
    answers['POST /identity/members/endings'] = [409, { code: 'member_is_caller' }];
    expect((await post('/team/end', { key: KEY, userId: `usr_${uuid(22)}`, [`key_${uuid(25)}`]: 'end' })).statusCode).toBe(403);
    expect(asked.some(({ route }) => route === 'POST /identity/api-keys/endings')).toBe(false);
    answers['POST /identity/members/endings'] = [201, { userId: `usr_${uuid(23)}` }];
    expect((await post('/team/end', { key: KEY, userId: `usr_${uuid(23)}` })).headers.location).toBe('/team');
  });

  it('is not offered to who only serves at a till', async () => {
    as('place', ['till']);
    answers['GET /identity/members'] = [403, { code: 'role_missing' }];
    expect((await get('/team')).body).not.toContain('/team/invite');
  });
});

describe('staff who have shown a password only', () => {
  beforeEach(() => { answers['POST /identity/tokens'] = [403, { code: 'second_factor_asked' }]; });

  it.each(['/home', '/runs', '/team', '/settings'])('are led from %s to their second factor', async (url) => {
    expect((await get(url)).headers.location).toBe('/second-factor');
  });

  it('enter a code there and go on, or leave', async () => {
    answers['GET /identity/second-factors'] = [200, { state: 'in_force', recoveryCodesLeft: 8, passkeys: 0 }];
    const page = await get('/second-factor', { 'accept-language': 'fr' });
    expect([page.statusCode, page.body.includes('name="code"'), page.body.includes('action="/sign-out"')]).toEqual([200, true, true]);
    expect(page.body).not.toContain('/second-factor/begin');
    answers['POST /identity/second-factors/codes'] = [200, { recoveryCodesLeft: 8 }];
    expect((await post('/second-factor/code', { code: '123456' })).headers.location).toBe('/home');
  });

  it('without a factor begin one there', async () => {
    answers['POST /identity/tokens'] = [409, { code: 'second_factor_missing' }];
    expect((await get('/second-factor')).body).toContain('/second-factor/begin');
  });
});

describe('a link of a mail', () => {
  it('that is over says how to get another, and asks for no password', async () => {
    answers['POST /identity/links/looks'] = [403, { code: 'link_over' }];
    const page = await get('/invitation?link=x', { 'accept-language': 'en' });
    expect([page.statusCode, page.body.includes('/forgotten-password'), page.body.includes('type="password"')]).toEqual([403, true, false]);
  });

  it.each([['short', 'short', 'At least 12'], ['a long password', 'another password', 'The two entries differ']])('with %j and %j changes nothing', async (password, again, said) => {
    const page = await post('/choose-password', { link: 'x', email: 'zoe@example.org', password, again }, { 'accept-language': 'en' });
    expect([page.statusCode, text(page.body).includes(said)]).toEqual([400, true]);
    expect(asked.some(({ route }) => route === 'POST /identity/passwords')).toBe(false);
    expect(page.body).not.toContain(password);
  });

  it('to sign in is pressed, not only opened', async () => {
    answers['POST /identity/links/looks'] = [200, { purpose: 'sign_in', name: 'Zoé', email: 'zoe@example.org' }];
    expect((await get('/sign-in-link?link=x')).body).toContain('action="/sign-in-link"');
    expect(asked.some(({ route }) => route === 'POST /identity/auth/sign-in/link')).toBe(false);
    answers['POST /identity/auth/sign-in/link'] = [200, { signedIn: true }];
    const opened = await post('/sign-in-link', { link: 'x' });
    expect([opened.headers.location, String(opened.headers['set-cookie'])]).toEqual(['/home', expect.stringContaining('mereau.session_token=new')]);
  });
});

// Passkeys on the pages: at the door, in one's own list, and where a code is asked for.
import 'reflect-metadata';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { answers, as, asked, closePages, get, openPages, post, resetPages, run, text, uuid } from '../../../../test/builders/pages.js';

beforeAll(openPages);
afterAll(closePages);
beforeEach(() => {
  resetPages();
  as('operator', ['approver']);
});

const CREDENTIAL = { id: 'AAAA', signature: 'BBBB' };
const credential = JSON.stringify(CREDENTIAL);
const FOREIGN = { origin: 'https://evil.example' };
const bodyOf = (route: string) => asked.find((one) => one.route === route)?.body;

describe('the door', () => {
  it('has a form for a passkey that is hidden until the script shows it, and may ask our own origin', async () => {
    const { body, headers } = await get('/sign-in');
    expect(body).toMatch(/<form class="sign-in" data-passkey="sign-in" method="post" action="\/sign-in\/passkey" hidden>/);
    expect(headers['content-security-policy']).toMatch(/script-src 'self'.*; connect-src 'self'$/);
    const script = await get('/assets/passkeys.js');
    expect([script.statusCode, script.headers['content-type']]).toEqual([200, 'text/javascript; charset=utf-8']);
    expect(() => new Function(script.body)).not.toThrow();
    // Pages without the script may ask nobody.
    expect((await get('/help')).headers['content-security-policy']).not.toContain('connect-src');
  });

  it('asks identity what the device is to sign, and lets in by its answer, to the page that was wanted', async () => {
    const challenge = await post('/sign-in/passkey-challenge', {});
    expect([challenge.statusCode, challenge.headers['cache-control'], challenge.json()]).toEqual([200, 'no-store', { challenge: 'BBBB', allowCredentials: [] }]);
    const { statusCode, headers } = await post('/sign-in/passkey', { credential, next: '/runs' });
    expect([statusCode, headers.location, String(headers['set-cookie'])]).toEqual([303, '/runs', expect.stringContaining('mereau.session_token=new')]);
    expect(asked.find(({ route }) => route.endsWith('/sign-in/passkey'))).toMatchObject({ body: { credential: CREDENTIAL }, headers: { 'x-forwarded-for': '127.0.0.1' } });
    expect((await post('/sign-in/passkey', { credential, next: '//evil.example' })).headers.location).toBe('/home');
  });

  it.each([
    ['passkey_not_taken', 403, 'Cette clé d’accès n’est pas acceptée ici'], ['passkey_unverified', 403, 'Votre appareil n’a pas vérifié que c’est vous'],
    ['passkey_challenge_over', 403, 'La demande était trop vieille'], ['sign_in_throttled', 429, 'Réessayez dans 10 minutes'],
  ])('says why not (%s)', async (code, status, sentence) => {
    answers['POST /identity/auth/sign-in/passkey'] = [status, { code }];
    const { statusCode, body } = await post('/sign-in/passkey', { credential, next: '/runs' });
    expect([statusCode, text(body)]).toEqual([status, expect.stringContaining(sentence)]);
    expect(body).toContain('name="next" value="/runs"');
    expect(body).toContain('href="/sign-in?lang=en"');
  });

  it('takes no form of another site, and nothing that is no answer of a device', async () => {
    for (const [path, form] of [
      ['/sign-in/passkey-challenge', {}], ['/sign-in/passkey', { credential, next: '/home' }], ['/second-factor/passkey-challenge', {}], ['/second-factor/passkey', { credential }],
      ['/passkeys/begin', { password: 'x' }], ['/passkeys', { name: 'x', credential }], ['/passkeys/name', { passkeyId: uuid(25), name: 'x' }], ['/passkeys/end', { passkeyId: uuid(25) }],
    ] as [string, Record<string, string>][]) expect([path, (await post(path, form, FOREIGN)).statusCode]).toEqual([path, 403]);
    expect(asked).toEqual([]);
    expect((await post('/sign-in/passkey', { credential: 'rubbish', next: '/home' })).statusCode).toBe(400);
    answers['POST /identity/auth/sign-in/passkey'] = [0, {}];
    expect((await post('/sign-in/passkey', { credential, next: '/home' })).statusCode).toBe(503);
  });
});

describe('the passkeys of a person', () => {
  it('are added in two steps, each of which says why not', async () => {
    const begun = await post('/passkeys/begin', { password: 'a long password' });
    expect(begun.statusCode).toBe(200);
    expect(begun.body).toMatch(/<form data-passkey="add" data-options="\{&quot;challenge&quot;:&quot;AAAA[^"]*\}" method="post" action="\/passkeys" hidden>/);
    expect(begun.body).not.toContain('<script>');
    expect(begun.headers['content-security-policy']).toContain("connect-src 'self'");
    const added = await post('/passkeys', { name: 'Phone', credential });
    expect([added.statusCode, added.headers.location, bodyOf('POST /identity/passkeys')]).toEqual([303, '/passkeys?added=1', { name: 'Phone', credential: CREDENTIAL }]);
    answers['POST /identity/passkeys/challenges'] = [403, { code: 'password_wrong' }];
    expect(text((await post('/passkeys/begin', { password: 'x' })).body)).toContain('Ce n’est pas votre mot de passe.');
    answers['POST /identity/passkeys'] = [409, { code: 'passkey_exists' }];
    const refused = await post('/passkeys', { name: 'Phone', credential });
    expect([refused.statusCode, text(refused.body)]).toEqual([409, expect.stringContaining('Cette clé d’accès est déjà ajoutée.')]);
  });

  it('are named and ended, after a second factor where identity asks for one', async () => {
    expect((await post('/passkeys/name', { passkeyId: uuid(25), name: 'Work' })).headers.location).toBe('/passkeys');
    expect((await post('/passkeys/end', { passkeyId: uuid(25) })).headers.location).toBe('/passkeys');
    expect([bodyOf('POST /identity/passkeys/names'), bodyOf('POST /identity/passkeys/endings')]).toEqual([{ passkeyId: uuid(25), name: 'Work' }, { passkeyId: uuid(25) }]);
    answers['POST /identity/passkeys/endings'] = [403, { code: 'second_factor_asked' }];
    const { statusCode, body } = await post('/passkeys/end', { passkeyId: uuid(25) });
    expect(statusCode).toBe(403);
    expect(body).toContain('data-passkey="prove" data-then="/passkeys"');
    expect(body).toContain('href="/second-factor?code=1"');
  });

  it('are open to staff who have shown a password and nothing else, and to nobody without a session', async () => {
    answers['POST /identity/tokens'] = [403, { code: 'second_factor_missing' }];
    expect((await get('/passkeys')).statusCode).toBe(200);
    answers['GET /identity/passkeys'] = [401, { code: 'session_missing' }];
    expect([(await get('/passkeys')).statusCode, (await get('/passkeys')).headers.location]).toEqual([303, expect.stringContaining('/sign-in')]);
  });
});

describe('a passkey in the place of a code', () => {
  it('is what staff without an authenticator are asked for', async () => {
    answers['POST /identity/tokens'] = [403, { code: 'second_factor_asked' }];
    answers['GET /identity/second-factors'] = [200, { state: 'none', recoveryCodesLeft: null, passkeys: 1 }];
    const { body } = await get('/second-factor');
    expect(body).toContain('data-passkey="prove" data-then="/home"');
    expect(body).not.toContain('action="/second-factor/begin"');
    expect(body).not.toContain('action="/second-factor/code"');
  });

  it('is offered beside the field where money asks, and the token of before is worth nothing after it', async () => {
    answers[`POST /settlement/settlement-runs/${run.runId}/approvals`] = [403, { code: 'second_factor_stale' }];
    const { body } = await post(`/runs/${run.runId}/approve`, { key: uuid(10), sha256: run.sha256 });
    expect(body).toMatch(/name="code"[^]*<div data-passkey="prove"  hidden>/);
    const browser = { cookie: 'mereau.session_token=one' };
    expect((await post('/second-factor/passkey-challenge', {}, browser)).json()).toEqual({ challenge: 'CCCC', allowCredentials: [] });
    await get('/runs', browser);
    const proved = await post('/second-factor/passkey', { credential }, browser);
    expect([proved.statusCode, proved.headers['cache-control']]).toEqual([200, 'no-store']);
    await get('/runs', browser);
    expect(asked.filter(({ route, headers }) => route === 'POST /identity/tokens' && headers.cookie?.includes('=one'))).toHaveLength(2);
    answers['POST /identity/second-factors/passkeys'] = [403, { code: 'passkey_not_taken' }];
    expect((await post('/second-factor/passkey', { credential }, browser)).statusCode).toBe(403);
  });
});

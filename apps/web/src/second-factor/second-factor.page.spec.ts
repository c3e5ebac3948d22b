// A second factor on the pages: switched on in three steps, and entered where a payment run asks for it.
import 'reflect-metadata';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { answers, as, asked, closePages, cookie, get, openPages, post, resetPages, run, text, uuid } from '../../../../test/builders/pages.js';

beforeAll(openPages);
afterAll(closePages);
beforeEach(() => {
  resetPages();
  as('operator', ['approver']);
});

const FACTORS = '/identity/second-factors';
const refusing = (path: string, code: string, status = 403) => { answers[`POST ${FACTORS}${path}`] = [status, { code }]; };

describe('switching a second factor on', () => {
  it('asks for the password, and shows the square and the key once', async () => {
    answers[`POST ${FACTORS}`] = [201, { uri: 'otpauth://totp/M%C3%A9reau:a?secret=ABCDEFGH', secret: 'ABCDEFGH' }];
    expect(text((await get('/second-factor')).body)).toContain('L’activer Mot de passe');
    const { statusCode, headers, body } = await post('/second-factor/begin', { password: 'a long password' });
    expect([statusCode, headers['cache-control']]).toEqual([200, 'no-store']);
    expect(body).toMatch(/<svg class="qr" viewBox="0 0 \d+ \d+" role="img"/);
    expect(text(body)).toContain('ABCD EFGH');
    expect(asked.find(({ route }) => route === `POST ${FACTORS}`)).toMatchObject({ body: { password: 'a long password' } });
  });

  it('then for the first code, and shows the sheet once', async () => {
    answers[`POST ${FACTORS}/confirmations`] = [200, { recoveryCodes: ['AAAA-BBBB', 'CCCC-DDDD'] }];
    const { statusCode, body } = await post('/second-factor/confirm', { code: '123456' });
    expect(statusCode).toBe(200);
    expect(body).toContain('<li><code>AAAA-BBBB</code></li><li><code>CCCC-DDDD</code></li>');
  });

  it.each([
    ['begin', { password: 'x' }, '', 'password_wrong', 'Ce n’est pas votre mot de passe.'],
    ['begin', { password: 'x' }, '', 'sign_in_throttled', 'Trop d’essais.'],
    ['confirm', { code: '123456' }, '/confirmations', 'code_wrong', 'Ce code n’est pas juste.'],
    ['code', { code: '123456' }, '/codes', 'code_used', 'Ce code a déjà servi.'],
    ['code', { code: '123456' }, '/codes', 'never_heard_of', 'Refusé : never_heard_of'],
  ])('%s %j: says why not (%s %s)', async (step, form, path, code, sentence) => {
    refusing(path, code);
    const { statusCode, body } = await post(`/second-factor/${step}`, form);
    expect([statusCode, text(body)]).toEqual([403, expect.stringContaining(sentence)]);
  });

  it('where there is one already, asks for a code of it first', async () => {
    answers[`GET ${FACTORS}`] = [200, { state: 'in_force', recoveryCodesLeft: 3, passkeys: 0 }];
    refusing('', 'second_factor_exists');
    const { body } = await post('/second-factor/begin', { password: 'x' });
    expect(text(body)).toContain('Codes de secours restants : 3');
    expect(body).toContain('action="/second-factor/code"');
    // What was typed was no code at all: it is asked for again.
    refusing('/codes', 'request_malformed', 400);
    const again = await post('/second-factor/code', { code: '12' });
    expect(again.body).toContain('action="/second-factor/code"');
    expect(again.body).toContain('href="/second-factor?lang=en"');
  });

  it.each(['begin', 'confirm', 'code'])('without a session leads to sign in (%s)', async (step) => {
    const path = { begin: '', confirm: '/confirmations', code: '/codes' }[step]!;
    refusing(path, 'session_missing', 401);
    const { statusCode, headers } = await post(`/second-factor/${step}`, step === 'begin' ? { password: 'x' } : { code: '123456' });
    expect([statusCode, headers.location]).toEqual([303, '/sign-in']);
  });

  it('is away for a moment where identity is', async () => {
    answers[`POST ${FACTORS}/confirmations`] = [0, {}];
    expect((await post('/second-factor/confirm', { code: '123456' })).statusCode).toBe(503);
  });
});

describe('a payment run that asks for a code', () => {
  const approvals = `POST /settlement/settlement-runs/${run.runId}/approvals`;
  const approve = (more: Record<string, string> = {}, headers = {}) =>
    post(`/runs/${run.runId}/approve`, { key: uuid(10), sha256: run.sha256, ...more }, headers);

  it('has a field for it beside the button, once it was refused without', async () => {
    expect((await get(`/runs/${run.runId}`)).body).not.toContain('name="code"');
    answers[approvals] = [403, { code: 'second_factor_stale' }];
    const { statusCode, body } = await approve();
    expect(statusCode).toBe(403);
    expect(body).toContain('name="code"');
    expect(text(body)).toContain('saisissez un code de votre second facteur');
    expect(body).toContain(`href="/runs/${run.runId}?lang=en"`);
  });

  it('is approved with a token that was asked for after the code, not with the one that was kept', async () => {
    answers[`POST ${FACTORS}/codes`] = [200, { recoveryCodesLeft: 8 }];
    answers[approvals] = [201, { state: 'approved' }];
    const browser = { cookie: cookie() };
    await get(`/runs/${run.runId}`, browser);
    const { statusCode } = await approve({ code: '123456' }, browser);
    expect(statusCode).toBe(303);
    const steps = asked.map(({ route }) => route).filter((route) => route.startsWith('POST'));
    expect(steps).toEqual(['POST /identity/tokens', `POST ${FACTORS}/codes`, 'POST /identity/tokens', approvals]);
  });

  it.each([['code_wrong', true], ['second_factor_missing', false]])('sends nothing to settlement after %s', async (code, again) => {
    refusing('/codes', code);
    const { statusCode, body } = await approve({ code: '123456' });
    expect([statusCode, body.includes('name="code"'), body.includes('href="/second-factor">Activer')]).toEqual([403, again, !again]);
    expect(asked.some(({ route }) => route === approvals)).toBe(false);
  });
});

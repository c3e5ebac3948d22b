// The pages against services that answer what they are told to: every page in both languages, forms, and what happens when
// a service is away, refuses, or sends what would break a page.
import 'reflect-metadata';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { gzipSync } from 'node:zlib';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { routesWithoutWho } from '#libs/auth';
import { buildOpenApi } from '#libs/http';
import {
  alert, answers, as, asked, closePages, cookie, draft, event, EVIL, get, logged, openAlert, OPERATOR_IDS, openPages, order, pagesApp,
  post, redemption, resetPages, run, text, uuid,
} from '../../../test/builders/pages.js';
import { AUDIT_IDS } from '../../../test/builders/audit-pages.js';
import { ORDER_IDS } from '../../../test/builders/order-pages.js';
import { APPLICATION, DEPARTURE, REDEMPTION, STATEMENT } from '../../../test/builders/place-pages.js';
import { TILL_VERSION } from './till/till-files.js';

let app: NestFastifyApplication;
beforeAll(async () => {
  await openPages();
  app = pagesApp();
});
afterAll(closePages);
beforeEach(resetPages);

const KEY = uuid(10);
const CODE = '7K3M-9Q2T-XB4C-0000-ZZ';
const redeem = (more: Record<string, string> = {}, headers = {}) =>
  post('/redeem', { key: KEY, code: CODE, serviceDate: '2026-11-24', amount: '', ...more }, headers);
const PAGES: readonly (readonly [kind: string, roles: string[], url: string])[] = [
  ['place', ['till'], '/'], ['place', ['till'], '/sign-in'], ['place', ['till'], '/signed-out'], ['place', ['till'], '/v'], ['place', ['till'], '/receipt'], ['place', ['till'], '/coverage'], ['place', ['till'], '/coverage/2026-11-24'], ['place', ['till'], '/figures'], ['place', ['till'], `/territories/prg_${uuid(4)}`], ['place', ['till'], `/figures/prg_${uuid(4)}`], ['payer', ['payer'], '/home'], ['place', ['till'], '/home'],
  ['distributor', ['distributor'], '/home'], ['operator', ['operator'], '/home'], ['operator', ['approver'], '/runs'], ['operator', ['approver'], `/runs/${run.runId}`], ['operator', ['approver'], '/second-factor'],
  ['place', ['till'], '/workshop'], ['place', ['till'], '/devices'], ['place', ['manager'], '/devices'], ['place', ['till'], '/till'],
  ['operator', ['operator'], '/alerts'], ['operator', ['operator'], `/alerts/${alert.alertId}`], ['operator', ['operator'], `/alerts/${openAlert.alertId}`],
  ['place', ['till'], '/alerts'], ['place', ['till'], '/redemptions'], ['place', ['till'], '/redemptions?state=undone&amountCentsFrom=10'], ['place', ['till'], '/menu'], ['operator', ['operator'], '/menu'],
  ['payer', ['payer'], '/search'], ['payer', ['payer'], '/search?q=RF18539007547034'], ['operator', ['operator'], '/search?q=9%2C90'], ['operator', ['operator'], '/search?q=7K3M-9Q2T-XB4C-0000-ZZ'], ['place', ['manager'], '/search?q=12'],
  ['payer', ['payer'], '/territory'], ['operator', ['operator'], '/territory'], ['payer', ['payer'], '/territory/targets'], ['operator', ['operator'], '/territory/targets'],
  ['operator', ['operator'], `/territory/targets/preview?programmeId=prg_${uuid(4)}&year=2026&kind=commune&code=26362&redemptions=140&reason=Agreed+with+them`], ['operator', ['operator'], `/territory/targets/preview?programmeId=prg_${uuid(4)}&year=2026&kind=epci&code=26362&redemptions=0&reason=so`],
  ['payer', ['payer'], '/orders'], ['payer', ['payer'], '/orders?funding=funded&state=delivered'], ['payer', ['payer'], `/orders/${order.orderId}`], ['payer', ['payer'], '/order-invoices'], ['payer', ['payer'], '/drafts'], ['payer', ['payer'], '/vintages'], ['payer', ['payer'], `/vintages/${order.programmeId}/2026-12-31/fifteen_days`], ['payer', ['payer'], '/funnel'], ['payer', ['payer'], '/funnel?by=distributor'], ['payer', ['payer'], `/drafts/${draft.orderId}`],
  ...['programme', 'vouchers', 'funders', 'check'].map((step) => ['payer', ['payer'], `/orders/new?step=${step}&programmeId=${order.programmeId}&count=12`] as [string, string[], string]),
  ...['/contradictory-statements', `/contradictory-statements/${ORDER_IDS.statement}`, '/extensions', `/extensions/${ORDER_IDS.extension}`].flatMap((url): [string, string[], string][] => [['payer', ['payer'], url], ['operator', ['operator'], url]]),
  ['operator', ['operator'], '/alert-rules'], ['auditor', ['auditor'], '/alert-rules'], ['operator', ['operator'], '/all-orders'], ['operator', ['operator'], `/all-orders/${order.orderId}`],
  ['auditor', ['auditor'], '/home'], ['auditor', ['auditor'], '/trace'], ['auditor', ['auditor'], `/trace?of=${redemption.redemptionId}`], ['auditor', ['auditor'], '/events/issuance'], ['auditor', ['auditor'], `/events/one/${event.id}`],
  ['place', ['till'], '/commons'], ['place', ['till'], '/commons/national'], ['place', ['till'], `/commons/prg_${uuid(4)}`],
  ['place', ['till'], `/fees/${order.programmeId}`], ['place', ['till'], '/lost'], ['place', ['till'], '/places'], ['place', ['till'], '/help'], ['place', ['till'], '/accessibility'],
  ['place', ['till'], '/settings'], ['place', ['till'], '/passkeys'], ['operator', ['approver'], '/passkeys?added=1'], ['place', ['manager'], '/team'], ['operator', ['operator'], '/team'], ['operator', ['approver'], '/team'],
  ...[['place', 'manager'], ['payer', 'payer'], ['distributor', 'distributor'], ['operator', 'helper']].flatMap(([kind, role]) => ['/impersonations', `/impersonations/ipn_${uuid(80)}`]
    .map((url): [string, string[], string] => [kind!, [role!], url])),
  ['operator', ['operator'], '/organisation-keys'], ['operator', ['approver'], '/organisation-keys?named=M'], ['operator', ['operator'], `/organisation-keys?named=M&organisationId=org_${uuid(1)}`],
  ['operator', ['helper'], '/impersonations/new'], ['operator', ['helper'], '/impersonations/new?named=M'], ['operator', ['helper'], `/impersonations/new?named=M&organisationId=org_${uuid(1)}`],
  ['place', ['manager'], '/api-keys'], ['payer', ['payer'], '/api-keys'], ['distributor', ['distributor'], '/api-keys'], ['place', ['manager'], '/api-keys/requests/redemption'],
  ['place', ['manager'], '/api-keys/requests/settlement'], ['payer', ['payer'], '/api-keys/requests/issuance'], ['distributor', ['distributor'], '/api-keys/requests/identity'],
  ['place', ['till'], '/reference'], ['place', ['till'], '/reference/services/settlement'], ['place', ['till'], '/reference/route?of=POST%20%2Fredemption%2Fredemptions'],
  ['place', ['till'], '/reference/events'], ['place', ['till'], '/reference/events/member.added.v1'], ['place', ['till'], '/reference/messages'],
  ['payer', ['payer'], '/forgotten-password'], ['payer', ['payer'], '/invitation?link=x'], ['payer', ['payer'], '/new-password?link=x'],
  ['place', ['manager'], '/home'], ['place', ['till', 'manager'], '/home'], ['place', ['manager'], '/statements'], ['place', ['manager'], '/statements?state=booked&toPayCentsFrom=10'],
  ['place', ['manager'], `/statements/${STATEMENT}`], ['place', ['manager'], `/statement-lines?statementId=${STATEMENT}`], ['place', ['manager'], `/redemptions/${REDEMPTION}`],
  ['place', ['manager'], '/invoices'], ['place', ['manager'], '/account'], ['place', ['manager'], '/paid-early'], ['place', ['manager'], '/tariffs'], ['place', ['till'], '/tariffs'], ['place', ['manager'], '/accreditation'],
  ['place', ['manager'], `/accreditation/applications/${APPLICATION}`],
  ['place', ['manager'], `/accreditation/departures/${DEPARTURE}`], ['place', ['manager'], '/accreditation/departures/new?programmeId=&from=2999-05-02'],
  ['place', ['manager'], `/accreditation/departures/new?programmeId=prg_${uuid(42)}&from=2026-11-24`], ['place', ['till'], '/place-sheet'], ['place', ['till'], '/day?date=2026-11-24'], ['place', ['manager'], '/day?date=2026-11-24'],
  ...['/incidents', '/incidents/new', `/incidents/${OPERATOR_IDS.incident}`, '/debit-notes', `/debit-notes/${OPERATOR_IDS.debitNote}`, '/payout-stops', `/payout-stops/${OPERATOR_IDS.stop}`,
    '/allocations', '/allocations/new', `/allocations/${OPERATOR_IDS.allocation}`, '/payments', '/bank-files', '/payment-reports', `/payment-reports/${OPERATOR_IDS.report}`, '/refunds', '/bank-lines', `/bank-lines/${OPERATOR_IDS.bankLine}`, '/credits', '/own-money', '/stripe-account',
    '/closing-rules', '/sharing-rules', '/early-payments', '/early-payment-rules', '/place-charges', '/holds', `/holds/${OPERATOR_IDS.hold}`, '/payees', `/payees/${OPERATOR_IDS.payee}`, '/iban-shares', '/payee-statements', `/payee-statements/${OPERATOR_IDS.statement}`,
    '/registered-places', `/registered-places/${OPERATOR_IDS.place}`, '/appeals', '/departures', '/payers', `/payers/${OPERATOR_IDS.payer}`, '/programmes', '/programmes/new', `/programmes/${OPERATOR_IDS.programme}`, `/shares/${OPERATOR_IDS.redemption}`, '/imports', '/books', '/books/transfers?account=bank_unknown', '/runs/new', '/queues', '/dead-letters/settlement', '/dead-letters/audit?state=open&errorCode=fault', `/dead-letters/settlement/${OPERATOR_IDS.letter}`,
  ].map((url): [string, string[], string] => ['operator', ['operator', 'approver'], url]),
  ...['/consolidation', '/consolidation?at=2026-11-24', `/consolidation/accounts?ledger=issuance&account=outstanding&programmeId=${AUDIT_IDS.programme}`, '/consolidation/facts?ledger=issuance&account=outstanding&key=',
    '/proofs', `/proofs?of=${AUDIT_IDS.event}`, '/proofs?from=1&to=', '/exports', '/mandates', `/mandates/${AUDIT_IDS.mandate}`, '/desk/rules',
    '/restatements', '/restatements/new', `/restatements/${AUDIT_IDS.restatement}`,
  ].map((url): [string, string[], string] => ['auditor', ['auditor'], url]),
  ...[['operator', 'operator'], ['operator', 'approver'], ['payer', 'payer']].flatMap(([kind, role]) => ['/mandates', '/mandates/new', `/mandates/${AUDIT_IDS.mandate}`]
    .map((url): [string, string[], string] => [kind!, [role!], url])),
];

describe.each(PAGES)('for a %s (%p) the page %s', (kind, roles, url) => {
  it('is whole in French and in English, with one h1, one filled button at most, and nothing unescaped', async () => {
    as(kind, roles);
    const pages = await Promise.all(['fr', 'en'].map((language) => get(url, { 'accept-language': language })));
    for (const [index, { statusCode, body, headers }] of pages.entries()) {
      expect(statusCode).toBe(200);
      expect(body).toContain(`<html lang="${['fr', 'en'][index]}">`);
      expect(body.match(/<h1[ >]/g)).toHaveLength(1);
      expect((body.match(/button filled/g) ?? []).length).toBeLessThanOrEqual(1);
      expect(body).not.toContain(EVIL);
      // Whoever is signed in, or out, is noted on the device; the page that is kept knows of nobody.
      expect(/<body data-place="">[^]*session-note\.js/.test(body)).toBe(body.includes('action="/sign-out"') || url === '/signed-out');
      expect(body).not.toMatch(/undefined|\[object|NaN|<script(?! src="\/assets\/)|style=|\son\w+=/);
      expect(headers['content-security-policy']).toContain("default-src 'none'");
      expect(headers['content-security-policy']).not.toContain('unsafe');
      expect(headers['cache-control']).toBe('no-store');
      expect(headers['x-frame-options']).toBe('DENY');
      expect(headers['strict-transport-security']).toBeDefined();
    }
    expect(text(pages[0]!.body)).not.toBe(text(pages[1]!.body));
    expect(logged).toEqual([]);
  });
});

describe('the page of coverage', () => {
  it('asks without any token, and shows each debt, each difference and the state', async () => {
    const page = text((await app.inject({ url: '/coverage/2026-11-24', headers: { 'accept-language': 'en' } })).body);
    for (const shown of ['In the hands of holders', 'Unexplained debit', 'missing from our books', 'Bank fees', 'On its way between our services']) expect(page).toContain(shown);
    expect(asked.map(({ headers }) => headers.authorization)).toEqual([undefined, undefined]);
  });

  it('says so where no statement is of the day, and for a day that is none', async () => {
    answers['GET /audit/coverage/2026-11-24'] = [404, { code: 'coverage_not_stated' }];
    const answer = await app.inject({ url: '/coverage/2026-11-24' });
    expect([answer.statusCode, text(answer.body)]).toEqual([404, expect.stringContaining('Aucun état de couverture pour ce jour.')]);
    expect((await app.inject({ url: '/coverage/2026-02-30' })).statusCode).toBe(400);
  });
});

describe('the page of figures', () => {
  const page = async (url: string) => {
    const { statusCode, body } = await app.inject({ url, headers: { 'accept-language': 'en' } });
    return [statusCode, text(body)] as const;
  };

  it('asks without any token, and shows money, months, the wait of places and services, with few people as few', async () => {
    const [, shown] = await page(`/figures/prg_${uuid(4)}`);
    for (const words of ['€90.72', '€400.00', '&lt; 11 people', '12 days', 'Nine out of ten: 20 days', 'Digital skills for employment', '2 groups are too small', '12,345 events', '2026-10, as it was signed', '12,000 events counted', 'A law', '(2000) · France · version 1', 'Unknown: no coefficient is published.']) {
      expect(shown).toContain(words);
    }
    expect(asked.map(({ headers }) => headers.authorization)).toEqual([undefined, undefined, undefined]);
  });

  it('says what it does not know: another programme, no month yet, a service that is away', async () => {
    expect(await page(`/figures/prg_${uuid(9)}`)).toEqual([404, expect.stringContaining('No published month tells of this programme.')]);
    answers['GET /audit/open-data/months'] = [200, { items: [] }];
    expect(await page('/figures')).toEqual([200, expect.stringContaining('No month is published yet.')]);
    answers['GET /audit/checkpoints/latest'] = [404, { code: 'checkpoint_not_found' }];
    answers['GET /audit/open-data/months'] = [0, null];
    expect((await page('/figures'))[0]).toBe(503);
    expect((await page('/figures/rubbish'))[0]).toBe(400);
  });
});

describe('the language', () => {
  it('is French for a browser that says nothing, and kept once chosen', async () => {
    expect((await app.inject({ url: '/' })).headers['content-language']).toBe('fr');
    const chosen = await app.inject({ url: '/?lang=en' });
    expect([chosen.headers['content-language'], chosen.headers['set-cookie']]).toEqual(['en', expect.stringContaining('mereau.language=en')]);
    expect((await app.inject({ url: '/', headers: { cookie: 'mereau.language=en' } })).headers['content-language']).toBe('en');
    expect((await app.inject({ url: '/?lang=%3Cscript%3E' })).headers['content-language']).toBe('fr');
  });
});

describe('signing in', () => {
  it('hands the browser identity’s cookie and the page that was asked for', async () => {
    const response = await post('/sign-in', { email: 'a@b.c', password: 'secret', next: '/runs' });
    expect([response.statusCode, response.headers.location]).toEqual([303, '/runs']);
    expect(response.headers['set-cookie']).toContain('mereau.session_token=new; Path=/; HttpOnly; SameSite=Strict');
    expect(asked[0]).toMatchObject({ body: { email: 'a@b.c', password: 'secret' }, headers: { 'x-forwarded-for': '127.0.0.1' } });
  });

  it.each(['//elsewhere.example', 'https://elsewhere.example', '/\\elsewhere.example', 'javascript:alert(1)', ''])('never leads to %p', async (next) => {
    expect((await post('/sign-in', { email: 'a@b.c', password: 'x', next })).headers.location).toBe('/home');
  });

  it('does not say which part was wrong, keeps the address and not the password', async () => {
    answers['POST /identity/auth/sign-in/email'] = [401, { code: 'sign_in_failed' }];
    const response = await post('/sign-in', { email: EVIL, password: 'my-password', next: '/home' });
    expect(response.statusCode).toBe(401);
    expect(text(response.body)).toContain('L’adresse ou le mot de passe n’est pas juste.');
    expect(response.body).not.toContain('my-password');
    expect(response.body).not.toContain(EVIL);
  });

  it('says how long to wait after too many attempts', async () => {
    answers['POST /identity/auth/sign-in/email'] = [429, { code: 'sign_in_throttled' }];
    const response = await post('/sign-in', { email: 'a@b.c', password: 'x', next: '/home' }, { 'accept-language': 'en' });
    expect([response.statusCode, text(response.body)]).toEqual([429, expect.stringContaining('Try again in 10 minutes')]);
  });

  it('is asked for where a session is needed, and after it ended', async () => {
    const without = await app.inject({ url: '/runs' });
    expect([without.statusCode, without.headers.location]).toEqual([303, '/sign-in?next=%2Fruns']);
    answers['POST /identity/tokens'] = [401, { code: 'session_missing' }];
    expect((await get('/home')).headers.location).toBe('/sign-in?next=%2Fhome');
  });

  it('is told apart from an outage of identity and from having no organisation', async () => {
    answers['POST /identity/tokens'] = [0, {}];
    expect((await get('/home')).statusCode).toBe(503);
    answers['POST /identity/tokens'] = [403, { code: 'membership_missing' }];
    expect((await get('/home')).statusCode).toBe(403);
  });

  it('ends with signing out, also for the token that was kept', async () => {
    const browser = { cookie: cookie() };
    await get('/home', browser);
    const out = await post('/sign-out', {}, browser);
    expect([out.statusCode, out.headers.location]).toEqual([303, '/signed-out']);
    answers['POST /identity/tokens'] = [401, {}];
    expect((await get('/home', browser)).statusCode).toBe(303);
  });

  it('is forgotten with every organisation that it was for', async () => {
    const session = cookie();
    const inAnother = { cookie: `${session}; mereau.organisation=org_${uuid(2)}` };
    await get('/home', inAnother);
    await post('/sign-out', {}, { cookie: session });
    answers['POST /identity/tokens'] = [401, {}];
    expect((await get('/home', inAnother)).statusCode).toBe(303);
  });

  it('sends identity its own cookie and no other', async () => {
    await get('/home', { cookie: `other=1; mereau.session_token=mine; mereau.organisation=org_${uuid(2)}` });
    expect(asked[0]).toMatchObject({ headers: { cookie: 'mereau.session_token=mine' }, body: { organisationId: `org_${uuid(2)}` } });
  });

  it('asks for one token for many questions', async () => {
    as('operator', ['operator']);
    const browser = { cookie: cookie() };
    await get('/home', browser);
    await get('/home', browser);
    expect(asked.filter(({ route }) => route === 'POST /identity/tokens')).toHaveLength(1);
    expect(asked.filter(({ route }) => route.startsWith('GET')).every(({ headers }) => headers.authorization === 'Bearer token-operator')).toBe(true);
  });
});

describe('a form', () => {
  it.each<[string, Record<string, string>, number]>([
    ['from another site', { origin: 'https://elsewhere.example' }, 403],
    ['from a sandboxed frame', { origin: 'null' }, 403],
    ['from our host by another scheme', { origin: 'http://localhost:3000', host: 'localhost:3000' }, 200],
    ['from nowhere', { origin: '' }, 403],
  ])('%s', async (_, headers, status) => {
    expect((await redeem({}, headers)).statusCode).toBe(status);
    expect(asked.some(({ route }) => route === 'POST /redemption/redemptions')).toBe(status === 200);
  });

  it('without an Origin passes only when the browser says that it is our own', async () => {
    const send = (site: Record<string, string>) => app.inject({
      method: 'POST', url: '/redeem', payload: new URLSearchParams({ key: KEY, code: CODE, serviceDate: '2026-11-24', amount: '' }).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded', cookie: cookie(), ...site },
    });
    expect((await send({})).statusCode).toBe(403);
    expect((await send({ 'sec-fetch-site': 'cross-site' })).statusCode).toBe(403);
    expect((await send({ 'sec-fetch-site': 'same-origin' })).statusCode).toBe(200);
  });

  it.each(['/sign-in', '/sign-out', '/organisation', '/redeem', `/runs/${run.runId}/approve`, `/runs/${run.runId}/release`, `/runs/${run.runId}/cancel`,
    '/second-factor/begin', '/second-factor/confirm', '/second-factor/code', '/choose-password', '/sign-in-link', '/forgotten-password', '/settings/sessions',
    '/team/invite', '/team/end', '/team/roles', '/team/confirm'])(
    'cannot be posted to %s by another site', async (url) => {
      expect((await post(url, {}, { origin: 'https://elsewhere.example' })).statusCode).toBe(403);
      expect(asked).toEqual([]);
    });
});

describe('redeeming', () => {
  it('says yes with the amount, and sends the key that came with the form', async () => {
    const { statusCode, body } = await redeem();
    expect(statusCode).toBe(200);
    expect(text(body)).toMatch(/Oui 10,00 € Il reste 2,50 €/);
    expect(body).toContain('class="answer yes" role="status"');
    const sent = asked.find(({ route }) => route === 'POST /redemption/redemptions')!;
    expect(sent).toMatchObject({ headers: { 'idempotency-key': KEY }, body: { code: CODE, serviceDate: '2026-11-24' } });
  });

  it('never shows the code again, and draws a new key for the next voucher', async () => {
    const { body } = await redeem();
    expect(body).not.toContain(CODE);
    const next = /name="key" value="([^"]+)"/.exec(body)?.[1];
    expect(next).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7/);
    expect(next).not.toBe(KEY);
  });

  it.each<[number, object, string]>([
    [404, { code: 'voucher_not_found' }, 'Aucun chèque utilisable ne porte ce code.'],
    [409, { code: 'voucher_used' }, 'Ce chèque est déjà utilisé.'],
    [409, { code: 'voucher_used', details: { usedAt: '2026-11-24T13:32:00Z' } }, 'Ce chèque est déjà utilisé. Chez vous, le 24 nov. 2026, 14 h 32.'],
    [409, { code: 'voucher_balance_too_low', details: { availableCents: 250 } }, 'Le chèque contient moins que ce montant. Il contient 2,50 €.'],
    [409, { code: 'claim_too_late', details: { claimableUntil: '2026-10-31' } }, 'Le délai pour encaisser ce chèque est passé. Dernier jour : 31 oct. 2026.'],
    [409, { code: 'something_new' }, 'Refusé : something_new.'],
    [400, { code: 'request_malformed', errors: [{ path: 'code', message: 'a code has 18 characters' }] }, 'Le code n’est pas juste'],
    [403, { code: 'role_missing' }, 'Votre compte ne peut pas encaisser.'],
  ])('says no to %s %p', async (status, problem, sentence) => {
    answers['POST /redemption/redemptions'] = [status, problem];
    const { body } = await redeem();
    expect(body).toContain('class="answer no" role="alert"');
    expect(text(body).replaceAll('\u00A0', ' ')).toContain(`Non ${sentence}`);
    expect(body).not.toContain(CODE);
  });

  it.each([[0, {}], [503, { code: 'unavailable' }], [500, { code: 'fault' }], [201, { odd: true }]])(
    'says later when nobody knows (%s), and offers the same voucher under the same key', async (status, body) => {
      answers['POST /redemption/redemptions'] = [status, body];
      const page = (await redeem({ amount: '3,20' })).body;
      expect(page).toContain('class="answer later" role="alert"');
      for (const field of [`name="key" value="${KEY}"`, `name="code" value="${CODE}"`, 'name="amount" value="3,20"']) expect(page).toContain(field);
    });

  it.each([['12,5', 1250], ['12.50 €', 1250], ['1 000', 100_000], ['0,01', 1]])('reads the amount %s as %s cents', async (amount, amountCents) => {
    await redeem({ amount });
    expect(asked.find(({ route }) => route === 'POST /redemption/redemptions')?.body).toMatchObject({ amountCents });
  });

  it.each(['abc', '1,234', '-1', '1e9'])('does not guess what the amount %s is', async (amount) => {
    expect(text((await redeem({ amount })).body)).toContain('Non Le montant ne se lit pas.');
    expect(asked.some(({ route }) => route === 'POST /redemption/redemptions')).toBe(false);
  });
});

const SIGNED = { 'device-id': `dev_${uuid(11)}`, 'device-timestamp': '2026-11-24T13:32:00.000Z', 'device-signature': 'S'.repeat(86) };
const sent = (route: string) => asked.find((each) => each.route === route);

describe('the till', () => {
  it('checks a voucher under no key, tells its amounts and that nothing was used, and has it ready to be redeemed under the first key', async () => {
    const { body } = await post('/check', { key: KEY, code: CODE, serviceDate: '2026-11-24', amount: '', service: '' });
    expect(text(body)).toContain('Accepté pour le moment 7,00\u00A0€ Rien n’est encaissé. Il contient 10,00\u00A0€.'.replaceAll('\u00A0', ' '));
    expect(body).not.toContain('class="answer yes"');
    for (const field of [`name="key" value="${KEY}"`, `value="${CODE}"`]) expect(body).toContain(field);
    expect([sent('POST /redemption/checks')?.headers['idempotency-key'], sent('POST /redemption/redemptions')]).toEqual([undefined, undefined]);
  });

  it.each([['/redeem', '/redemption/redemptions'], ['/check', '/redemption/checks']])('passes on at %s the very bytes that a device signed', async (page, route) => {
    const signedBody = `{"serviceDate":"2026-11-24",  "code":"${CODE}"}`;
    await post(page, { key: KEY, code: 'another', serviceDate: '2026-11-25', amount: '', service: '', signedBody, ...SIGNED });
    expect(sent(`POST ${route}`)).toMatchObject({ text: signedBody, headers: SIGNED });
  });

  it('takes back what its own page names, with the reason that was chosen', async () => {
    answers[`POST /redemption/redemptions/${redemption.redemptionId}/undo`] = [200, { amountCents: 1_000 }];
    const undo = () => post('/undo', { key: KEY, redemptionId: redemption.redemptionId, reason: 'scanned_twice' });
    expect(text((await undo()).body)).toContain('Annulé : 10,00');
    expect(sent(`POST /redemption/redemptions/${redemption.redemptionId}/undo`)).toMatchObject({ body: { reason: 'scanned_twice' }, headers: { 'idempotency-key': KEY } });
    answers[`POST /redemption/redemptions/${redemption.redemptionId}/undo`] = [409, { code: 'undo_too_late' }];
    expect(text((await undo()).body)).toContain('Le délai pour annuler est passé.');
  });

  it.each([[0, 1], [16, 0], [-1, 1]])('offers to undo what is %s minutes old to a till (%s buttons)', async (minutes, buttons) => {
    const redeemedAt = new Date(Date.now() - minutes * 60_000).toISOString();
    answers['GET /redemption/redemptions'] = [200, { day: '2026-11-24', count: 1, amountCents: 1_000, items: [{ ...redemption, redeemedAt }] }];
    expect(((await get('/home')).body.match(/action="\/undo"/g) ?? []).length).toBe(buttons);
  });

  it('redeems a workshop in one request, with a receipt, its sheet, and of no code more than four characters', async () => {
    const { body } = await post('/workshop', { key: KEY, serviceDate: '2026-11-24', service: 'safe_use', durationMinutes: '90', participants: '', codes: ` ${CODE}\r\n\r\nAAAA-BBBB` });
    expect(sent('POST /redemption/sessions')).toMatchObject({
      headers: { 'idempotency-key': KEY }, body: { serviceDate: '2026-11-24', service: 'safe_use', durationMinutes: 90, lines: [{ code: CODE }, { code: 'AAAA-BBBB' }] },
    });
    expect(text(body)).toContain('Atelier encaissé 10,00');
    expect(text(body)).toMatch(/1.chèque sur 2 · 1.refusé/);
    expect(body).toContain(`href="/workshop/ses_${uuid(10)}/attendance-sheet"`);
    expect(body).not.toContain(CODE.slice(0, 9));
  });

  it('redeems several vouchers of one person as one line of a workshop, and says which of them was at fault', async () => {
    const one = { redemptionId: redemption.redemptionId, amountCents: 1_000, balanceCents: 0 };
    const lines = [{ outcome: 'redeemed', redemption: one, with: [one] }, { outcome: 'refused', code: 'voucher_used', details: { voucher: 1 } }];
    answers['POST /redemption/sessions'] = [200, { sessionId: `ses_${uuid(10)}`, serviceDate: '2026-11-24', redeemedCount: 1, refusedCount: 1, amountCents: 2_000, lines }];
    const asked = { key: KEY, serviceDate: '2026-11-24', service: '', durationMinutes: '', participants: '', codes: `${CODE}\n+ ABCD-1\nEFGH-2\n+JKMN-3` };
    const { body } = await post('/workshop', asked);
    expect(sent('POST /redemption/sessions')).toMatchObject({ body: { lines: [{ code: CODE, with: [{ code: 'ABCD-1' }] }, { code: 'EFGH-2', with: [{ code: 'JKMN-3' }] }] } });
    expect(text(body)).toMatch(/2.chèques, de 1.personne sur 2 · 1.refusé/);
    expect(text(body)).toMatch(/ABCD… 20,00/);
    expect(text(body)).toContain('Aucun n’est encaissé. En cause : JKMN…');
    answers['POST /redemption/sessions'] = [400, { code: 'request_malformed', errors: [{ path: 'lines[1].with[0].code', message: 'x' }] }];
    expect(text((await post('/workshop', asked)).body)).toContain('Ligne 4 : le code n’est pas juste.');
    answers['POST /redemption/sessions'] = [400, { code: 'request_malformed', errors: [{ path: 'lines[1].with', message: 'x' }] }];
    expect(text((await post('/workshop', asked)).body)).toContain('Ligne 3 : une personne donne au plus 10 chèques');
  });

  it('says before and after an undoing that the other vouchers of the person come back too', async () => {
    const redeemedAt = new Date().toISOString();
    for (const [more, said] of [[{}, false], [{ besideCents: 1_000 }, true], [{ participationOf: `red_${uuid(8)}` }, true]] as const) {
      answers['GET /redemption/redemptions'] = [200, { day: '2026-11-24', count: 1, amountCents: 1_000, items: [{ ...redemption, redeemedAt, ...more }] }];
      expect(text((await get('/home')).body).includes('Les autres chèques donnés par la même personne')).toBe(said);
    }
    answers[`POST /redemption/redemptions/${redemption.redemptionId}/undo`] = [200, { amountCents: 1_000, with: [{ amountCents: 1_000 }] }];
    const { body } = await post('/undo', { key: KEY, redemptionId: redemption.redemptionId, reason: 'wrong_voucher' });
    expect(text(body)).toMatch(/Annulé : 20,00.€ sont revenus sur les 2 chèques de la même participation/);
  });

  it('names the wrong line of a workshop, of which nothing was redeemed, and keeps what was scanned', async () => {
    answers['POST /redemption/sessions'] = [400, { code: 'request_malformed', errors: [{ path: 'lines[1].code', message: 'a code has 18 characters' }] }];
    const { body } = await post('/workshop', { key: KEY, serviceDate: '2026-11-24', service: '', durationMinutes: '', participants: '', codes: `${CODE}\n${EVIL}` });
    expect(text(body)).toContain('Ligne 2 : le code n’est pas juste. Rien n’est encaissé');
    expect(body).toContain(`name="key" value="${KEY}"`);
    expect(body).toContain(`${CODE}\n&lt;script&gt;`);
  });

  it('tells a manager the code of a device once, and shows a till neither codes nor devices', async () => {
    as('place', ['manager']);
    answers['POST /redemption/device-enrolments'] = [201, { code: 'AAAA-BBBB-CCCC-DDDD', expiresAt: '2026-11-24T13:47:00.000Z' }];
    expect(text((await post('/devices/code', { key: KEY })).body)).toContain('AAAA-BBBB-CCCC-DDDD');
    as('place', ['till']);
    expect((await get('/devices')).body).not.toMatch(/\/devices\/(code|rule|revoke)|AAAA-BBBB/);
  });

  it.each([
    ['/devices/rule', { devicesOnly: 'yes' }, '/redemption/device-rule', { devicesOnly: true }],
    ['/devices/revoke', { deviceId: `dev_${uuid(11)}` }, `/redemption/devices/dev_${uuid(11)}/revocation`, {}],
  ])('a manager’s %s goes to redemption, and a refusal is told in words', async (page, form, route, body) => {
    as('place', ['manager']);
    answers[`POST ${route}`] = [200, {}];
    expect((await post(page, { key: KEY, ...form })).headers.location).toBe('/devices');
    expect(sent(`POST ${route}`)?.body).toEqual(body);
    answers[`POST ${route}`] = [409, { code: 'device_missing' }];
    expect(text((await post(page, { key: KEY, ...form })).body)).toContain('Enregistrez d’abord un appareil');
  });
});

describe('what a script of the till asks', () => {
  const forward = (route: string, payload: string, headers: Record<string, string> = {}) => app.inject({
    method: 'POST', url: `/till/redemption/${route}`, payload,
    headers: { 'content-type': 'application/json', origin: 'https://mereau.example', cookie: cookie(), 'idempotency-key': KEY, ...SIGNED, ...headers },
  });

  it('reaches redemption as the bytes that were signed, with the token of who is signed in, and comes back in words', async () => {
    answers['POST /redemption/offline-redemptions'] = [200, { lines: [{ id: uuid(12), outcome: 'refused', code: 'voucher_used', details: {} }], redeemedCount: 0, refusedCount: 1 }];
    const answer = await forward('offline-redemptions', '{"captures":  []}');
    expect(sent('POST /redemption/offline-redemptions')).toMatchObject({ text: '{"captures":  []}', headers: { ...SIGNED, 'idempotency-key': KEY, authorization: 'Bearer token-place' } });
    expect(answer.json()).toMatchObject({ refusedCount: 1, lines: [{ code: 'voucher_used', sentence: 'Ce chèque est déjà utilisé.' }] });
    expect(answer.headers['cache-control']).toBe('no-store');
  });

  it.each(['offline_not_allowed', 'offline_capture_too_old', 'offline_capture_in_future', 'offline_cap_reached', 'offline_capture_unreadable', 'enrolment_used'])(
    'has words for %s', async (code) => {
      answers['POST /redemption/devices'] = [409, { code }];
      const answer = await forward('devices', '{}', { 'accept-language': 'en' });
      expect([answer.statusCode, answer.json<{ sentence: string }>().sentence]).toEqual([409, expect.not.stringContaining(code)]);
    });

  it('reaches nothing else, is asked by no other site, and says when nobody is signed in', async () => {
    for (const route of ['redemptions', 'places', 'sessions', '..%2Fissuance']) expect((await forward(route, '{}')).statusCode).toBeGreaterThanOrEqual(400);
    expect((await forward('devices', '{}', { origin: 'https://elsewhere.example' })).statusCode).toBe(403);
    expect(asked.filter(({ route }) => route.includes('/redemption/'))).toEqual([]);
    answers['POST /identity/tokens'] = [401, { code: 'session_missing' }];
    expect([(await forward('devices', '{}')).statusCode, (await get('/till/redemption/offline-key')).statusCode]).toEqual([401, 401]);
  });
});

describe('the scripts of the till', () => {
  it('are from here alone, and with the page and the sheet far below 230 kB when they are sent', async () => {
    const { files } = (await app.inject({ url: '/assets/till-files.json' })).json<{ files: string[] }>();
    const bodies = await Promise.all(['/till', ...files].map(async (url) => (await app.inject({ url })).body));
    for (const body of bodies) expect(body).not.toMatch(/https?:\/\/(?!www\.w3\.org\/2000\/svg)/);
    expect(bodies.reduce((total, body) => total + gzipSync(body).length, 0)).toBeLessThan(40_000);
  });

  it('have a worker that keeps the page of the till and nothing that is anybody’s', async () => {
    const { headers, body } = await app.inject({ url: '/till-worker.js' });
    expect(headers).toMatchObject({ 'content-type': 'text/javascript; charset=utf-8', 'cache-control': 'no-cache' });
    expect(body).toMatch(/^\/\/ [0-9a-f]{16}\n/);
    const page = (await get('/till')).body;
    expect(page).not.toContain('Person');
    expect(asked).toEqual([]);
  });

  it('let WebAssembly into a worker, and into no page', async () => {
    expect((await app.inject({ url: `/assets/till/${TILL_VERSION}/qr-worker.js` })).headers['content-security-policy']).toContain("'wasm-unsafe-eval'");
    expect((await app.inject({ url: `/assets/till/${TILL_VERSION}/till.js` })).headers['content-security-policy']).toBeUndefined();
    const { headers } = await get('/workshop');
    expect(headers['content-security-policy']).not.toContain('unsafe');
    expect(headers['permissions-policy']).toContain('camera=(self)');
    expect((await app.inject({ url: '/v' })).headers['permissions-policy']).toContain('camera=()');
    expect((await app.inject({ url: `/assets/till/${TILL_VERSION}/zxing/zxing_reader.wasm` })).headers['content-type']).toBe('application/wasm');
    for (const url of [`/assets/till/${TILL_VERSION}/..%2f..%2fsettings.js`, '/assets/till/0000/till.js']) expect((await app.inject({ url })).statusCode).toBe(404);
  });
});

describe('a payment run', () => {
  const approve = () => post(`/runs/${run.runId}/approve`, { key: KEY, sha256: run.sha256 });

  it('is approved with the fingerprint that was seen', async () => {
    as('operator', ['approver']);
    answers[`POST /settlement/settlement-runs/${run.runId}/approvals`] = [201, { state: 'approved' }];
    const response = await approve();
    expect([response.statusCode, response.headers.location]).toEqual([303, `/runs/${run.runId}`]);
    expect(asked.find(({ route }) => route.endsWith('/approvals'))).toMatchObject({ body: { sha256: run.sha256 }, headers: { 'idempotency-key': KEY } });
  });

  it('shows why its maker cannot approve it', async () => {
    as('operator', ['approver']);
    answers[`POST /settlement/settlement-runs/${run.runId}/approvals`] = [403, { code: 'approver_is_creator' }];
    const response = await approve();
    expect([response.statusCode, text(response.body)]).toEqual([403, expect.stringContaining('une autre personne doit approuver')]);
  });

  it.each([['operator', ['auditor'], 0], ['operator', ['operator'], 0], ['operator', ['approver'], 1]])(
    'has its button for an approver only (%s, %p)', async (kind, roles, buttons) => {
      as(kind, roles);
      const { body } = await get(`/runs/${run.runId}`);
      expect((body.match(/button filled/g) ?? []).length).toBe(buttons);
    });

  it('that does not exist is not found', async () => {
    as('operator', ['approver']);
    expect((await get(`/runs/run_${uuid(99)}`)).statusCode).toBe(404);
    expect((await get('/runs/../../audit')).statusCode).toBe(404);
  });
});

describe('a service that is away', () => {
  it('takes down its own part of the page and no more', async () => {
    as('operator', ['operator']);
    answers['GET /settlement/bank-accounts'] = [0, {}];
    answers['GET /redemption/batches'] = [200, { items: [{ other: 'shape' }] }];
    const { statusCode, body } = await get('/home');
    expect(statusCode).toBe(200);
    expect(text(body)).toContain('Comptes bancaires – Le service n’a pas répondu');
    expect(text(body)).toContain('Lots de chèques – Le service n’a pas répondu');
    expect(text(body)).toContain('Crédits à rapprocher d’une commande le plus ancien : 2 nov. 2026 1 · 9,90 €');
    expect(logged).toEqual(['a service answered in another shape than the pages know']);
  });

  it('is not the same as a role that does not show a part: that part is left out', async () => {
    as('operator', ['approver']);
    answers['GET /redemption/batches'] = [403, { code: 'role_missing' }];
    answers['GET /issuance/credits/unmatched'] = [403, { code: 'role_missing' }];
    const shown = text((await get('/home')).body);
    expect(shown).not.toMatch(/role_missing|Lots de chèques|Crédits à rapprocher/);
    expect(shown).toContain('Virements à approuver');
  });

  it('that calls the token spoiled sends its reader to sign in', async () => {
    answers['GET /redemption/redemptions'] = [401, { code: 'token_expired' }];
    expect((await get('/home')).statusCode).toBe(303);
  });
});

describe('all pages', () => {
  it('say who may see them, and are no part of the API', () => {
    expect(routesWithoutWho(app)).toEqual([]);
    expect(Object.keys(buildOpenApi(app).paths)).toEqual([]);
  });

  it('show the payer pieces of money that add up to what was ordered', async () => {
    as('payer', ['payer']);
    const shown = text((await get('/home')).body);
    expect(shown).toContain('40,00 € restent à remettre : 4 chèques. Il vous reste 75,00 € à payer.');
    expect(shown).toContain('Commandé 120,00 € Pas encore payé 75,00 € Payé, pas encore actif 15,00 € Actif, à utiliser 10,00 € Utilisé 20,00 €');
  });
});

// The auditor's desk as it is served: what each side sees and may send, in both languages, and nothing of it unescaped.
import 'reflect-metadata';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { answers, as, asked, closePages, EVIL, get, openPages, post, resetPages, text, uuid } from '../../../../test/builders/pages.js';

const sampleId = `smp_${uuid(20)}`;
const findingId = `fnd_${uuid(21)}`;
const sample = {
  sampleId, title: `Ateliers ${EVIL}`, population: 'redemption', size: 3, stratum: 'month', seed: 'graine-1', drawnAt: '2026-11-24T13:32:00.000Z',
  frame: { logSize: 1_234, root: 'ab'.repeat(32), from: '2026-01-01', until: null, count: 812, amountCents: 812_000 }, progress: { ok: 1, notOk: 1, open: 1 },
};
const mark = (verdict: string, note: string | null) => ({ verdict, note, by: `usr_${uuid(22)}`, at: '2026-11-25T09:00:00.000Z' });
const item = (position: number, verdict: string, marks: object[]) =>
  ({ position, eventId: `evt_${uuid(8)}`, type: 'voucher.redeemed.v1', occurredAt: '2026-03-02T10:00:00.000Z', stratum: '2026-03', amountCents: 1_000, verdict, marks });
const finding = {
  findingId, title: `Feuilles d’émargement ${EVIL}`, observation: `Deux ateliers sans feuille.\n\n${EVIL}`, severity: 'major', replyDue: '2026-12-15',
  addressee: { kind: 'place', partyId: `plc_${uuid(23)}` }, sampleId, position: 2, eventId: `evt_${uuid(8)}`, state: 'replied', outcome: null, raisedBy: `usr_${uuid(22)}`,
  raisedAt: '2026-11-25T10:00:00.000Z', steps: [
    { version: 2, step: 'replied', text: 'Les feuilles étaient au bureau.', outcome: null, late: true, by: `usr_${uuid(24)}`, at: '2026-12-20T10:00:00.000Z' },
    { version: 3, step: 'noted', text: 'Merci de les joindre.', outcome: null, late: null, by: `usr_${uuid(22)}`, at: '2026-12-21T10:00:00.000Z' },
  ],
};
const mandate = {
  mandateId: `mdt_${uuid(25)}`, programmeIds: [], payerIds: [], from: '2026-01-01', until: '2026-12-31', purpose: `Contrôle ${EVIL}`, payerId: null, state: 'given',
};
const rights = {
  at: '2026-11-24T22:59:59.000Z',
  memberships: [{ organisationId: `org_${uuid(1)}`, kind: 'operator', userId: `usr_${uuid(22)}`, roles: ['approver'], state: 'in_force', since: '2026-01-02T10:00:00.000Z', eventId: `evt_${uuid(8)}` }],
  secondFactors: [{ userId: `usr_${uuid(22)}`, state: 'in_force', since: '2026-01-03T10:00:00.000Z', eventId: `evt_${uuid(8)}` }],
  mandates: [], history: [{ at: '2026-01-02T10:00:00.000Z', type: 'member.added.v1', by: `usr_${uuid(26)}`, eventId: `evt_${uuid(8)}` }],
};
const list = (...items: object[]) => [200, { items, nextCursor: null }] as [number, unknown];

beforeAll(openPages);
afterAll(closePages);
beforeEach(() => {
  resetPages();
  Object.assign(answers, {
    'GET /identity/mandates': list(mandate), 'GET /audit/samples': list(sample), 'GET /audit/findings': list(finding),
    [`GET /audit/samples/${sampleId}`]: [200, sample],
    [`GET /audit/samples/${sampleId}/items`]: list(item(1, 'ok', [mark('not_ok', 'Rien'), mark('ok', EVIL)]), item(2, 'not_ok', [mark('not_ok', 'Sans feuille')]), item(3, 'open', [])),
    [`GET /audit/findings/${findingId}`]: [200, finding], 'GET /audit/rights': [200, rights],
  });
  as('auditor', ['auditor']);
});
const key = uuid(40);
const sent = (route: string) => asked.filter((one) => one.route === route);

describe('the desk', () => {
  it.each([['fr', 'Vous avez un mandat', 'Attend'], ['en', 'You have a mandate', 'Waits']])('in %s says what may be looked at, what was drawn and what was found', async (lang, mandated) => {
    const { body, headers } = await get(`/desk?lang=${lang}`);
    expect(text(body)).toContain(mandated);
    expect(body).toContain(`href="/desk/samples/${sampleId}"`);
    expect(body).toContain(`href="/findings/${findingId}"`);
    expect(body).not.toContain('<script>alert');
    expect(headers['content-security-policy']).toContain("default-src 'none'");
  });

  it('without a mandate says so, and shows what it can', async () => {
    answers['GET /identity/mandates'] = list({ ...mandate, state: 'ended' });
    for (const path of ['samples', 'findings']) answers[`GET /audit/${path}`] = [403, { code: 'mandate_ended' }];
    const { statusCode, body } = await get('/desk?lang=fr');
    expect(statusCode).toBe(200);
    expect(text(body)).toContain('Aucun mandat');
    expect(text(body)).toContain('Aucun de vos mandats en vigueur ne le montre');
  });

  it.each([['operator', ['operator']], ['place', ['till']], ['payer', ['payer']]])('is not for a %s', async (kind, roles) => {
    as(kind, roles);
    for (const path of ['/desk', `/desk/samples/${sampleId}`, `/desk/samples/${sampleId}/worksheet.csv`, `/desk/samples/${sampleId}/repetition`, '/desk/rights', '/desk/rules']) expect((await get(path)).statusCode).toBe(403);
  });

  it('draws a sample once per form and leads to it; a refusal is said in words', async () => {
    answers['POST /audit/samples'] = [201, { sampleId }];
    const form = { key, title: 'Mars', population: 'redemption', stratum: 'none', size: '25', from: '', until: '2026-03-31', seed: '' };
    expect((await post('/desk/samples', form)).headers['location']).toBe(`/desk/samples/${sampleId}`);
    expect(sent('POST /audit/samples')[0]).toMatchObject({ body: { title: 'Mars', size: 25, until: '2026-03-31' }, headers: { 'idempotency-key': key } });
    expect(Object.keys(sent('POST /audit/samples')[0]!.body as object)).not.toContain('from');
    answers['POST /audit/samples'] = [422, { code: 'frame_too_small' }];
    const refused = await post('/desk/samples', form, { 'accept-language': 'fr' });
    expect([refused.statusCode, text(refused.body).includes('moins d’éléments')]).toEqual([422, true]);
  });

  it.each([['amount_band', '10 ; 50,5', 303, [1_000, 5_050]], ['amount_band', '', 422, undefined], ['amount_band', '50 ; 10', 422, undefined], ['none', '10', 422, undefined]])(
    'takes for strata %p the bands %p with %i', async (stratum, bands, status, bandCents) => {
      answers['POST /audit/samples'] = [201, { sampleId }];
      const answer = await post('/desk/samples', { key, title: 'Mars', population: 'redemption', stratum, bands, size: '25', from: '', until: '', seed: '' });
      expect([answer.statusCode, sent('POST /audit/samples').map(({ body }) => (body as { bandCents?: number[] }).bandCents)]).toEqual([status, bandCents ? [bandCents] : []]);
    });

  it('takes no form of another site', async () => {
    expect((await post('/desk/samples', { key }, { origin: 'https://evil.example' })).statusCode).toBe(403);
    expect((await post(`/findings/${findingId}/note`, { key, text: 'x' }, { origin: 'https://evil.example' })).statusCode).toBe(403);
  });
});

describe('a worksheet', () => {
  it('shows frame, seed, each item and what was said of it before', async () => {
    const { body } = await get(`/desk/samples/${sampleId}?lang=fr`);
    const shown = text(body).replaceAll('\u00A0', ' ');
    for (const words of ['1 à voir sur 3', 'graine-1', '812', 'Sans feuille', 'Ce qui a été dit avant']) expect(shown).toContain(words);
    expect(body).not.toContain('<script>alert');
  });

  it.each([['csv', 'text/csv'], ['xlsx', 'application/vnd.openxmlformats']])('leaves as %s, whole, under the name of its sample', async (kind, type) => {
    const { statusCode, headers, rawPayload } = await get(`/desk/samples/${sampleId}/worksheet.${kind}`);
    expect([statusCode, headers['content-disposition']]).toEqual([200, `attachment; filename="${sampleId}.${kind}"`]);
    expect(headers['content-type']).toContain(type);
    expect(rawPayload.subarray(0, 2).toString('latin1')).toBe(kind === 'xlsx' ? 'PK' : '\xEF\xBB');
  });

  it('has a row per item with what was said last and before, and runs no formula', async () => {
    answers[`GET /audit/samples/${sampleId}/items`] = list(item(1, 'ok', [mark('not_ok', 'Rien'), mark('ok', '=1+1')]), item(2, 'open', []));
    const lines = (await get(`/desk/samples/${sampleId}/worksheet.csv?lang=fr`)).body.trimEnd().split('\r\n');
    expect(lines).toHaveLength(3);
    expect(lines[1]).toMatch(/^1;evt_.*;10,00;Juste;'=1\+1;usr_.*;2026-11-25T09:00:00.000Z Pas juste : Rien$/);
    expect(lines[2]).toMatch(/;À voir;;;;$/);
  });

  it('of a sample that is not the reader’s is not there', async () => {
    answers[`GET /audit/samples/${sampleId}`] = [404, { code: 'sample_not_found' }];
    expect((await get(`/desk/samples/${sampleId}/worksheet.csv`)).statusCode).toBe(404);
  });

  it.each([[true, 'Les mêmes éléments'], [false, 'D’autres éléments']])('drawn again with %p says: %s', async (same, words) => {
    answers[`GET /audit/samples/${sampleId}/repetition`] = [200, { same, frameCount: 812, frameCents: 812_000, eventIds: [`evt_${uuid(8)}`] }];
    const { body } = await get(`/desk/samples/${sampleId}/repetition?lang=fr`);
    expect(text(body)).toContain(words);
    expect(body).toContain(`href="/events/one/evt_${uuid(8)}"`);
  });

  it('sends what was found of an item and comes back to it', async () => {
    answers[`POST /audit/samples/${sampleId}/items/2/marks`] = [201, { position: 2 }];
    const answer = await post(`/desk/samples/${sampleId}/items/2`, { key, verdict: 'not_ok', note: 'Sans feuille' });
    expect(answer.headers['location']).toMatch(new RegExp(`^/desk/samples/${sampleId}\\?cursor=[\\w-]+#item-2$`));
    expect(sent(`POST /audit/samples/${sampleId}/items/2/marks`)[0]).toMatchObject({ body: { verdict: 'not_ok', note: 'Sans feuille' } });
  });
});

describe('a finding', () => {
  it('is the same to both sides, with the forms of each', async () => {
    const auditors = (await get(`/findings/${findingId}?lang=fr`)).body;
    as('place', ['manager']);
    const places = (await get(`/findings/${findingId}?lang=fr`)).body;
    for (const body of [auditors, places]) {
      for (const words of ['Deux ateliers sans feuille', 'Les feuilles étaient au bureau', 'Réponse, après le jour demandé', 'Merci de les joindre']) expect(text(body)).toContain(words);
      expect(body).not.toContain('<script>alert');
    }
    const forms = (body: string) => [...body.matchAll(/action="(\/findings[^"]*)"/g)].map(([, action]) => action);
    expect(forms(auditors)).toEqual([`/findings/${findingId}/note`, `/findings/${findingId}/close`]);
    expect(forms(places)).toEqual([`/findings/${findingId}/reply`]);
    expect(places).toContain('href="/findings"');
    as('place', ['till']);
    expect((await get('/devices')).body).not.toContain('href="/findings"');
  });

  it('that is closed has no form', async () => {
    answers[`GET /audit/findings/${findingId}`] = [200, { ...finding, state: 'closed', outcome: 'settled' }];
    const { body } = await get(`/findings/${findingId}?lang=fr`);
    expect(body).not.toContain('action="/findings');
    expect(text(body)).toContain('Réglé');
  });

  it.each([['reply', 'replies', {}], ['note', 'notes', {}], ['close', 'closing', { outcome: 'settled' }]])('takes a %s', async (step, path, more) => {
    answers[`POST /audit/findings/${findingId}/${path}`] = [201, { version: 4 }];
    expect((await post(`/findings/${findingId}/${step}`, { key, text: 'Voilà', ...more })).headers['location']).toBe(`/findings/${findingId}`);
    expect(sent(`POST /audit/findings/${findingId}/${path}`)[0]).toMatchObject({ body: { text: 'Voilà', ...more }, headers: { 'idempotency-key': key } });
    answers[`POST /audit/findings/${findingId}/${path}`] = [409, { code: 'finding_closed' }];
    const late = await post(`/findings/${findingId}/${step}`, { key, text: 'Voilà', ...more }, { 'accept-language': 'fr' });
    expect([late.statusCode, text(late.body).includes('Ce constat est clos')]).toEqual([409, true]);
  });

  it('is raised about an item, and addressed by an id', async () => {
    answers['POST /audit/findings'] = [201, { findingId }];
    const form = { key, title: 'Titre', observation: 'Vu', severity: 'minor', replyDue: '2026-12-15', addressee: `plc_${uuid(23)}`, sampleId, position: '2' };
    expect((await post('/findings', form)).headers['location']).toBe(`/findings/${findingId}`);
    expect(sent('POST /audit/findings')[0]!.body).toEqual({
      title: 'Titre', observation: 'Vu', severity: 'minor', replyDue: '2026-12-15', sampleId, position: 2, addressee: { kind: 'place', partyId: `plc_${uuid(23)}` },
    });
  });

  it('that is not the reader\'s is not there', async () => {
    answers[`GET /audit/findings/${findingId}`] = [404, { code: 'finding_not_found' }];
    expect((await get(`/findings/${findingId}`)).statusCode).toBe(404);
  });
});

describe('the page of rights', () => {
  it('asks first, then shows roles, second factor and history, each with its proof', async () => {
    expect((await get('/desk/rights')).statusCode).toBe(200);
    expect(sent('GET /audit/rights')).toEqual([]);
    const { body } = await get(`/desk/rights?of=usr_${uuid(22)}&at=2026-11-24&lang=fr`);
    for (const words of ['approver', 'En service', 'member.added.v1']) expect(text(body)).toContain(words);
    expect(body).toContain(`href="/events/one/evt_${uuid(8)}"`);
  });
});

describe('the page of rules', () => {
  it('asks first, then shows what held on the day, as it was published and with its proof', async () => {
    expect((await get('/desk/rules')).statusCode).toBe(200);
    expect(sent('GET /audit/rules')).toEqual([]);
    const rule = { kind: 'fees', version: 2, from: '2026-03-01', eventId: `evt_${uuid(8)}`, toldAt: '2026-01-20T10:00:00.000Z', body: { feeBasisPoints: 200, note: EVIL } };
    answers['GET /audit/rules'] = [200, { day: '2026-11-24', rules: [rule] }];
    const { body } = await get(`/desk/rules?programmeId=prg_${uuid(2)}&day=2026-11-24&lang=fr`);
    for (const words of ['Frais des lieux v2', 'feeBasisPoints', '1er mars 2026']) expect(text(body)).toContain(words);
    expect(body).toContain(`href="/events/one/evt_${uuid(8)}"`);
    expect(body).not.toContain('<script>alert');
  });

  it('says that nothing held, and refuses what is no id', async () => {
    answers['GET /audit/rules'] = [200, { day: '2020-01-01', rules: [] }];
    expect(text((await get(`/desk/rules?programmeId=prg_${uuid(2)}&day=2020-01-01&placeId=plc_${uuid(3)}&lang=fr`)).body)).toContain('Aucune règle');
    expect((await get('/desk/rules?programmeId=prg_1&day=2026-11-24')).statusCode).toBe(400);
  });
});

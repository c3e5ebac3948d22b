// What a place reads of its money, its tariffs and its accreditation, and what its forms send on.
import 'reflect-metadata';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { account, application, APPLICATION, departure, DEPARTURE, comparison, MEASURE, nextPayment, REDEMPTION, STATEMENT } from '../../../test/builders/place-pages.js';
import { answers, as, asked, closePages, get, openPages, post, resetPages, text, uuid } from '../../../test/builders/pages.js';

beforeAll(openPages);
afterAll(closePages);
beforeEach(() => {
  resetPages();
  as('place', ['manager']);
});

const KEY = uuid(10);
const read = async (url: string) => text((await get(url)).body);
const sent = (route: string) => asked.find((one) => one.route === route);

describe('the money of a place', () => {
  it('begins with the next amount and its day, then the sum in words, then what is held and how to appeal', async () => {
    const page = await read('/statements');
    const order = ['1 152,00 €', 'Virement prévu le 7 déc. 2026', 'FR76…0189', 'Pas encore relevé', 'doit encore 5,00 €', '240,00 € retenus : une alerte est confirmée', 'Lire et contester', '4,00 € attendent', 'Relevés'];
    const at = order.map((words) => page.indexOf(words));
    expect([Math.min(...at) >= 0, at]).toEqual([true, [...at].sort((one, other) => one - other)]);
  });

  it('says what is not known instead of nothing: no account, no day, nothing to pay', async () => {
    answers['GET /settlement/own-account'] = [200, { ...account, paidTo: null }];
    answers['GET /settlement/next-payment'] = [200, { ...nextPayment, unpaid: [], accruing: { ...nextPayment.accruing, payBy: null } }];
    expect(await read('/statements')).toMatch(/viré après la prochaine clôture de l’opérateur\. Aucun compte n’est enregistré/);
    answers['GET /settlement/next-payment'] = [200, { ...nextPayment, unpaid: [], accruing: { ...nextPayment.accruing, lines: 0, netCents: 0 } }];
    expect(await read('/statements')).toContain('Rien à virer');
  });

  it('tells of a statement each rule, each step of its payment, and its papers', async () => {
    const { body } = await get(`/statements/${STATEMENT}`);
    for (const words of ['Règle n° 3 : 2,5 % du brut à l’opérateur, 20 % de TVA sur ces frais, 1,5 % du brut au fonds commun.', 'Débité de notre compte', 'Renvoyé par votre banque (motif AC04)', 'Compensé ND-2026-000001']) {
      expect(text(body)).toContain(words);
    }
    expect(body).toContain(`/statements/${STATEMENT}/file?format=xlsx`);
    expect(body).toContain(`/statement-lines?statementId=${STATEMENT}`);
    answers[`GET /settlement/statements/${STATEMENT}`] = [404, { code: 'statement_unknown' }];
    expect((await get(`/statements/${STATEMENT}`)).statusCode).toBe(404);
  });

  it('passes a file on as the service made it, and says no where it does', async () => {
    answers[`GET /settlement/statements/${STATEMENT}/file`] = [200, { csv: true }];
    const file = await get(`/statements/${STATEMENT}/file?format=csv`);
    expect([file.statusCode, file.body, file.headers['cache-control']]).toEqual([200, '{"csv":true}', 'no-store']);
    answers[`GET /settlement/statements/${STATEMENT}/file`] = [404, { code: 'statement_unknown' }];
    expect((await get(`/statements/${STATEMENT}/file?format=csv`)).statusCode).toBe(404);
    expect((await get(`/statements/${STATEMENT}/file?format=exe`)).statusCode).toBe(400);
  });

  it('adds up who got how many cents of a redemption, and waits for what settlement has not heard', async () => {
    expect(await read(`/redemptions/${REDEMPTION}`)).toContain('14,42 € pour vous, de 15,00 € de chèque');
    answers[`GET /settlement/redemptions/${REDEMPTION}/shares`] = [404, { code: 'claim_line_unknown' }];
    expect(await read(`/redemptions/${REDEMPTION}`)).toContain('Bientôt');
  });

  it('is shown to who manages the place: a till is offered none of it', async () => {
    as('place', ['till']);
    answers['GET /settlement/statements/history'] = [403, { code: 'role_missing' }];
    expect((await get('/home')).body).not.toMatch(/href="\/(statements|account|invoices|accreditation)"/);
    expect(asked.map(({ route }) => route)).not.toContain('GET /settlement/next-payment');
    expect(await read('/statements')).toContain('Votre rôle ne le montre pas');
  });
});

describe('the account of a place', () => {
  const form = { key: KEY, iban: 'FR14 2004 1010 0505 0001 3M02 606', holder: 'COMMUNE', bic: '', code: '123456' };
  it('is changed by its manager with a code, and the form says before what happens', async () => {
    answers['POST /identity/second-factors/codes'] = [200, { recoveryCodesLeft: 8 }];
    answers['POST /settlement/own-account'] = [201, { bankAccountId: 'x', version: 3 }];
    expect(await read('/account')).toContain('Trois jours plus tard');
    const response = await post('/account', form);
    expect([response.statusCode, response.headers.location]).toEqual([303, '/account']);
    expect(sent('POST /settlement/own-account')).toMatchObject({ body: { iban: form.iban, holder: 'COMMUNE' }, headers: { 'idempotency-key': KEY } });
  });

  it('keeps what was typed where the code, or the account, is refused', async () => {
    answers['POST /identity/second-factors/codes'] = [403, { code: 'code_wrong' }];
    const wrong = await post('/account', form);
    expect([wrong.statusCode, wrong.body]).toEqual([403, expect.stringContaining(`value="${form.iban}"`)]);
    expect(sent('POST /settlement/own-account')).toBeUndefined();
    answers['POST /identity/second-factors/codes'] = [200, { recoveryCodesLeft: 8 }];
    answers['POST /settlement/own-account'] = [409, { code: 'iban_taken' }];
    const taken = await post('/account', form);
    expect([taken.statusCode, text(taken.body), taken.body]).toEqual([409, expect.stringContaining('déjà celui d’un autre organisme'), expect.stringContaining(`value="${form.iban}"`)]);
    // A refusal is kept with its key; only where nobody knows what happened is the same one sent again.
    expect(taken.body).not.toContain(KEY);
    answers['POST /settlement/own-account'] = [0, null];
    expect((await post('/account', form)).body).toContain(`name="key" value="${KEY}"`);
  });
});

describe('tariffs', () => {
  it('stand beside their territory, and what is not known is said to be unknown', async () => {
    const page = await read('/tariffs');
    expect(page).toContain('6,00 € donnés par votre lieu');
    expect(page).toMatch(/12,00 € 9,00 € 8,00 € – 11,00 € sur 40 3 30,00 € 6,00 €/);
    expect(page).toMatch(/Inconnu Inconnu Inconnu 0 Inconnu Inconnu/);
    answers['GET /redemption/price-comparison'] = [200, { ...comparison, services: [] }];
    expect(await read('/tariffs')).toContain('Aucun tarif');
  });

  it('are proposed by their costs, and come back as they were typed where one cannot be read', async () => {
    answers['POST /redemption/tariffs'] = [201, {}];
    const form = { key: KEY, service: 'employment', preparation: '10', renderingMinutes: '60', hourlyCost: '30,50', groupSize: '4' };
    expect((await post('/tariffs', form)).headers.location).toBe('/tariffs');
    expect(sent('POST /redemption/tariffs')?.body).toMatchObject({ service: 'employment', components: { preparationCents: 1_000, hourlyCostCents: 3_050, groupSize: 4 } });
    const wrong = await post('/tariffs', { ...form, hourlyCost: 'thirty' });
    expect([wrong.statusCode, text(wrong.body), wrong.body]).toEqual([400, expect.stringContaining('« Coût d’une heure (€) » ne se lit pas'), expect.stringContaining('value="thirty"')]);
    answers['POST /redemption/tariffs'] = [409, { code: 'tariff_in_past' }];
    expect(text((await post('/tariffs', form)).body)).toContain('Un tarif ne commence pas dans le passé');
  });
});

describe('the accreditation', () => {
  it.each([['measure', MEASURE, `/redemption/measures/${MEASURE}/appeals`], ['refusal', application.steps[0]!.stepId, `/redemption/refusals/${application.steps[0]!.stepId}/appeals`]])(
    'is appealed for against a %s', async (kind, id, route) => {
      expect((await get('/accreditation')).body).toContain(`name="id" value="${id}"`);
      answers[`POST ${route}`] = [201, {}];
      expect((await post('/accreditation/appeals', { key: KEY, kind, id, grounds: 'Nous étions là.' })).headers.location).toBe('/accreditation');
      expect(sent(`POST ${route}`)?.body).toEqual({ grounds: 'Nous étions là.' });
      answers[`POST ${route}`] = [409, { code: 'appeal_too_late' }];
      expect(text((await post('/accreditation/appeals', { key: KEY, kind, id, grounds: 'Encore.' })).body)).toContain('Le délai de 60 jours est passé');
    });

  it('has its agreement on netting accepted by the text that was read', async () => {
    answers['POST /settlement/netting-acceptances'] = [201, {}];
    await post('/accreditation/netting', { key: KEY, version: '2', sha256: 'cd'.repeat(32) });
    expect(sent('POST /settlement/netting-acceptances')?.body).toEqual({ version: 2, sha256: 'cd'.repeat(32) });
  });

  it('is applied for: kept, then submitted, and what is missing is said with all that was kept', async () => {
    const [path, of] = [`/accreditation/applications/${APPLICATION}`, `/redemption/applications/${APPLICATION}`];
    const form = { key: KEY, submission: uuid(11), 'answer-hours': 'few', 'name-statutes': 'a.pdf', 'sha256-statutes': 'ab'.repeat(32), 'bytes-statutes': '3', step: 'submit' };
    answers[`POST ${of}/content`] = [200, {}];
    answers[`POST ${of}/submission`] = [409, { code: 'application_incomplete' }];
    expect(text((await post(path, form)).body)).toContain('Il manque une réponse ou un document');
    expect(sent(`POST ${of}/content`)?.body).toEqual({ answers: { hours: 'few' }, documents: [{ kind: 'statutes', name: 'a.pdf', sha256: 'ab'.repeat(32), bytes: 3 }] });
    answers[`POST ${of}/submission`] = [200, {}];
    expect((await post(path, form)).headers.location).toBe('/accreditation');
    expect((await post(path, { ...form, step: 'keep' })).headers.location).toBe(path);
    expect((await get(`/accreditation/applications/app_${uuid(99)}`)).statusCode).toBe(404);
  });
});

describe('a day', () => {
  it('is asked for by its date, with its way back for who manages, and an address that is none is today', async () => {
    expect((await get('/day?date=2026-11-24')).body).toMatch(/action="\/undo"/);
    expect((await get('/day?date=rubbish')).statusCode).toBe(200);
    as('place', ['till']);
    expect((await get('/day?date=2026-11-24')).body).not.toMatch(/action="\/undo"/);
  });
});

describe('the way out of a programme', () => {
  const PROGRAMME = `prg_${uuid(42)}`;
  const form = { key: KEY, programmeId: PROGRAMME, from: '2999-05-02', reason: 'Les frais augmentent.', code: '123456' };
  const codeIsRight = () => { answers['POST /identity/second-factors/codes'] = [200, { recoveryCodesLeft: 8 }]; };

  it('is offered on the page of the accreditation, and says before the click what happens and what is owed', async () => {
    expect((await get('/accreditation')).body).toContain('action="/accreditation/departures/new"');
    const page = await read(`/accreditation/departures/new?programmeId=${PROGRAMME}&from=2999-05-02`);
    for (const words of ['2 mai 2999', 'Jusqu’au 1er mai 2999 au soir, votre lieu prend les chèques', 'encore pendant 30 jours', 'relevé et payé comme d’habitude', 'Partir est gratuit',
      'reste dû', '92,40 € Déjà facturés', '96,00 € Pas dus', 'revenir sur ce départ jusqu’au 1er mai 2999', 'Quitter à partir du 2 mai 2999']) {
      expect(page.replaceAll('\u00A0', ' ')).toContain(words);
    }
    const english = text((await get(`/accreditation/departures/new?programmeId=&from=2026-11-24`, { 'accept-language': 'en' })).body);
    for (const words of ['every programme', 'From now on your place takes no vouchers', 'This departure cannot be taken back', 'Leaving is free']) expect(english).toContain(words);
    answers['GET /settlement/departure-charges'] = [0, null];
    const away = await read(`/accreditation/departures/new?programmeId=${PROGRAMME}&from=2999-05-02`);
    expect([away.includes('Pas dus'), away.includes('Partir est gratuit')]).toEqual([false, true]);
    expect((await get('/accreditation/departures/new?programmeId=x&from=tomorrow')).statusCode).toBe(400);
  });

  it('is gone by a code, once, and ends on its receipt', async () => {
    codeIsRight();
    answers['POST /redemption/departures'] = [201, { placeId: 'p', from: form.from, departures: [{ departureId: DEPARTURE, programmeId: PROGRAMME }] }];
    expect((await post('/accreditation/departures', form)).headers.location).toBe(`/accreditation/departures/${DEPARTURE}`);
    expect(sent('POST /redemption/departures')).toMatchObject({ body: { programmeId: PROGRAMME, from: form.from, reason: form.reason }, headers: { 'idempotency-key': KEY } });
    resetPages();
    as('place', ['manager']);
    codeIsRight();
    answers['POST /redemption/departures'] = [201, { departures: [1, 2].map(() => ({ departureId: DEPARTURE })) }];
    expect((await post('/accreditation/departures', { ...form, programmeId: '', reason: '' })).headers.location).toBe('/accreditation#leave');
    expect(sent('POST /redemption/departures')?.body).toEqual({ from: form.from });
  });

  it('keeps what was typed where the code, or the departure, is refused', async () => {
    answers['POST /identity/second-factors/codes'] = [403, { code: 'code_wrong' }];
    const wrong = await post('/accreditation/departures', form);
    expect([wrong.statusCode, wrong.body, sent('POST /redemption/departures')]).toEqual([403, expect.stringContaining(form.reason), undefined]);
    codeIsRight();
    answers['POST /redemption/departures'] = [409, { code: 'departure_stated' }];
    const stated = await post('/accreditation/departures', form);
    expect([stated.statusCode, text(stated.body), stated.body]).toEqual([409, expect.stringContaining('quitte déjà ce programme'), expect.stringContaining(form.reason)]);
    expect(stated.body).not.toContain(KEY);
    answers['POST /redemption/departures'] = [0, null];
    expect((await post('/accreditation/departures', form)).body).toContain(`name="key" value="${KEY}"`);
  });

  it('is taken back before its day, and told as what it came to', async () => {
    codeIsRight();
    expect(await read(`/accreditation/departures/${DEPARTURE}`)).toContain('Revenir sur ce départ');
    answers[`POST /redemption/departures/${DEPARTURE}/taking-back`] = [201, {}];
    const back = `/accreditation/departures/${DEPARTURE}/taking-back`;
    expect((await post(back, { key: KEY, code: '123456' })).headers.location).toBe(`/accreditation/departures/${DEPARTURE}`);
    answers[`POST /redemption/departures/${DEPARTURE}/taking-back`] = [409, { code: 'departure_begun' }];
    const late = await post(back, { key: KEY, code: '123456' });
    expect([late.statusCode, text(late.body)]).toEqual([409, expect.stringContaining('Le jour du départ est venu')]);
    answers['POST /identity/second-factors/codes'] = [403, { code: 'code_wrong' }];
    expect((await post(back, { key: KEY, code: '123456' })).statusCode).toBe(403);
    for (const [over, words] of [
      [{ from: '2026-11-01' }, 'Depuis ce jour, votre lieu ne participe plus'], [{ end: { how: 'taken_back', at: '2026-11-21T08:00:00.000Z' }, until: '2999-05-02' }, 'ce départ est repris'],
      [{ from: '2026-11-01', end: { how: 'accredited_again', at: '2026-11-21T08:00:00.000Z' }, until: '2026-11-21' }, 'est revenu'],
    ] as const) {
      answers['GET /redemption/departures'] = [200, { items: [{ ...departure, ...over }], nextCursor: null }];
      const page = await read(`/accreditation/departures/${DEPARTURE}`);
      expect([page.includes(words), page.includes('Revenir sur ce départ')]).toEqual([true, false]);
    }
    answers['GET /redemption/departures'] = [200, { items: [], nextCursor: null }];
    expect((await get(`/accreditation/departures/${DEPARTURE}`)).statusCode).toBe(404);
  });

  it('is seen by the place on its sheet, in its answer, and by nobody who only works its till', async () => {
    const [, own] = answers['GET /redemption/own-place'] as [number, { accreditations: object[] }];
    answers['GET /redemption/own-place'] = [200, { ...own, accreditations: own.accreditations.map((one) => ({ ...one, leavesFrom: '2026-01-02' })) }];
    answers['GET /redemption/measures'] = [200, { items: [], nextCursor: null }];
    expect(await read('/place-sheet')).toContain('à partir du 2 janv. 2026');
    expect(await read('/accreditation')).toContain('Non, vous êtes parti');
    as('place', ['till']);
    codeIsRight();
    answers['POST /redemption/departures'] = [403, { code: 'role_missing' }];
    expect(text((await post('/accreditation/departures', form)).body)).toContain('Seule la personne responsable du lieu');
  });
});

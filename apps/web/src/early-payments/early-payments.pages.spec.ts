// A place that asks for a part of what is due before its statement, and the operator who sets how much.
import 'reflect-metadata';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { earlyOffer } from '../../../../test/builders/place-pages.js';
import { answers, as, asked, closePages, get, openPages, OPERATOR_IDS, order, post, resetPages, text, uuid } from '../../../../test/builders/pages.js';

beforeAll(openPages);
afterAll(closePages);
beforeEach(resetPages);

const read = async (url: string, language = 'fr') => text((await get(url, { 'accept-language': language })).body).replaceAll('\u00A0', ' ');
const sent = (route: string) => asked.filter((one) => one.route === route);
const OFFERS = 'GET /settlement/early-payments/offers';
const POOLS = 'GET /settlement/commons-pools';
const ASK = 'POST /settlement/early-payments';
const offers = (...items: object[]) => { answers[OFFERS] = [200, { items }]; };

describe('the early payment of a place', () => {
  beforeEach(() => {
    as('place', ['manager']);
    answers[POOLS] = [200, { items: [] }];
  });

  it('begins with what may be had now, says that it is no loan, then what is due, and what became of those before', async () => {
    const page = await read('/paid-early');
    const order_ = ['881,60 €', 'Ce n’est pas un prêt', '1 152,00 €', '40,00 €', 'Vos acomptes', '50,00 € déduits du relevé du 1er déc. 2026', 'Demander un acompte'];
    const at = order_.map((words) => page.indexOf(words));
    expect([Math.min(...at) >= 0, at]).toEqual([true, [...at].sort((one, other) => one - other)]);
    expect(await read('/statements')).toContain('demander un acompte');
  });

  it.each([
    ['early_payment_history_short', 'Trop peu de mois ou d’encaissements'], ['early_payment_under_review', 'Des lignes sont retenues'],
    ['early_payment_too_much', 'est déjà demandé'], ['commons_short', 'Le fonds commun n’a plus assez d’argent'], ['early_payment_without_account', 'Aucun compte bancaire vérifié'],
  ])('says why not where %s is against it, and offers no form', async (against, words) => {
    offers({ ...earlyOffer, atMostCents: 0, against });
    const page = await read('/paid-early');
    expect([page.includes(words), page.includes('Pas d’acompte pour l’instant'), page.includes('Demander un acompte')]).toEqual([true, true, false]);
  });

  it('says that nothing is due outside of statements, where lines may still be held, or nobody is behind the place yet', async () => {
    offers({ ...earlyOffer, dueCents: 0, openCents: 0, atMostCents: 0, against: 'early_payment_not_offered' });
    expect(await read('/paid-early')).toContain('Rien n’est dû hors relevé');
    answers[OFFERS] = [404, { code: 'payee_unknown' }];
    expect(await read('/paid-early')).toContain('Rien n’est dû hors relevé');
  });

  it('is asked for in euros, once with a code where the service wants one, and never sent without an amount', async () => {
    answers[ASK] = [403, { code: 'second_factor_stale' }];
    const ask = (form: Record<string, string> = {}) => post('/paid-early/ask', { key: uuid(10), amountCents: '120,50', ...form });
    expect((await ask()).body).toContain('name="code"');
    answers['POST /identity/second-factors/codes'] = [200, { recoveryCodesLeft: 8 }];
    answers[ASK] = [201, {}];
    asked.length = 0;
    const { statusCode, headers } = await ask({ code: '123456' });
    expect([statusCode, headers.location]).toEqual([303, '/paid-early']);
    expect(sent(ASK)).toMatchObject([{ body: { bankAccountId: earlyOffer.bankAccountId, amountCents: 12_050, currency: 'EUR' }, headers: { 'idempotency-key': uuid(10) } }]);
    asked.length = 0;
    expect([(await ask({ amountCents: '' })).statusCode, sent(ASK)]).toEqual([400, []]);
  });

  it('of two sums is asked for of the one that was chosen', async () => {
    const other = { ...earlyOffer, bankAccountId: `bac_${uuid(44)}`, atMostCents: 500 };
    offers(earlyOffer, other);
    answers[ASK] = [201, {}];
    expect(await read('/paid-early', 'en')).toContain('Sum no. 2 (€5.00 at most)');
    await post('/paid-early/ask', { key: uuid(10), amountCents: '5', bankAccountId: other.bankAccountId });
    expect(sent(ASK)).toMatchObject([{ body: { bankAccountId: other.bankAccountId, amountCents: 500 } }]);
  });

  it('comes out of the pool of a programme where that was chosen', async () => {
    const programmeId = `prg_${uuid(4)}`;
    answers[POOLS] = [200, { items: [
      { programmeId: null, programmeName: null, balanceCents: 5 }, { programmeId, programmeName: 'Pass', balanceCents: 5 },
      { programmeId: `prg_${uuid(5)}`, programmeName: 'Empty', balanceCents: 0 },
    ] }];
    answers[ASK] = [201, {}];
    const page = await read('/paid-early', 'en');
    expect([page.includes('Pool of Pass (€881.60 at most)'), page.includes('Empty')]).toEqual([true, false]);
    await post('/paid-early/ask', { key: uuid(10), amountCents: '5', bankAccountId: `${earlyOffer.bankAccountId} ${programmeId}` });
    await post('/paid-early/ask', { key: uuid(11), amountCents: '5', bankAccountId: earlyOffer.bankAccountId });
    expect(sent(ASK)).toMatchObject([
      { body: { bankAccountId: earlyOffer.bankAccountId, programmeId, amountCents: 500 } },
      { body: { bankAccountId: earlyOffer.bankAccountId, programmeId: null } },
    ]);
  });

  it('says in words what the service refuses, and keeps the amount', async () => {
    answers[ASK] = [409, { code: 'early_payment_too_much' }];
    const { statusCode, body } = await post('/paid-early/ask', { key: uuid(10), amountCents: '900' });
    expect([statusCode, text(body).includes('demandez moins'), body.includes('value="900"')]).toEqual([409, true, true]);
  });

  it('is not for a till', async () => {
    as('place', ['till']);
    expect(await read('/home')).not.toContain('Acompte');
    expect((await post('/paid-early/ask', { key: uuid(10), amountCents: '5' })).statusCode).toBe(409);
    expect(sent(ASK)).toEqual([]);
  });
});

describe('early payments, as the operator reads them', () => {
  beforeEach(() => as('operator', ['operator']));

  it('begin with what is left to take off statements, and name the statement that one was taken off', async () => {
    const { body } = await get('/early-payments');
    expect(text(body).replaceAll('\u00A0', ' ')).toMatch(/40,00 € dans cette liste, à déduire[^]*50,00 € déduits du relevé/);
    expect(body).toContain(`/payee-statements/${OPERATOR_IDS.statement}`);
  });

  it('have rules of which one is in force, one is past and one to come', async () => {
    const rule = { version: 3, from: '2027-01-01', shareBasisPoints: 0, ceilingCents: 0, monthsMin: 1, redemptionsMin: 1 };
    answers['GET /settlement/early-payment-rules'] = [200, { items: [rule, { ...rule, version: 2, from: '2026-11-30', shareBasisPoints: 8_000 }, { ...rule, version: 1, from: '2026-01-01' }] }];
    expect(await read('/early-payment-rules')).toMatch(/v3 À venir[^]*v2 En vigueur[^]*80 %[^]*v1 Passé/);
    answers['GET /settlement/early-payment-rules'] = [200, { items: [] }];
    expect(await read('/early-payment-rules')).toContain('Aucune règle : rien n’est payé avant le relevé.');
  });

  it('get a new rule with a share in percent and a ceiling in euros', async () => {
    const PUBLISH = 'POST /settlement/early-payment-rules';
    answers[PUBLISH] = [201, { version: 2 }];
    const form = { key: uuid(10), programmeId: order.programmeId, from: '2026-12-01', shareBasisPoints: '82,5 %', ceilingCents: '2000', monthsMin: '3', redemptionsMin: '50' };
    expect((await post('/early-payment-rules/publish', form)).headers.location).toBe('/early-payment-rules');
    expect(sent(PUBLISH)[0]?.body).toEqual({ programmeId: order.programmeId, from: '2026-12-01', shareBasisPoints: 8_250, ceilingCents: 200_000, monthsMin: 3, redemptionsMin: 50 });
  });
});

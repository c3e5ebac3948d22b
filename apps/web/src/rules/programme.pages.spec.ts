// Programmes and their rules: what is published was tried before, exactly as it stands, and what no field says stays as it was.
import 'reflect-metadata';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { answers, as, asked, closePages, get, openPages, order, post, programmeRule, resetPages, text, uuid } from '../../../../test/builders/pages.js';

beforeAll(openPages);
afterAll(closePages);
beforeEach(() => {
  resetPages();
  as('operator', ['operator']);
});

const PATH = `/programmes/${order.programmeId}`;
const RULES = `POST /issuance${PATH}/rules`;
const english = { 'accept-language': 'en' };
const sent = (route: string) => asked.filter((one) => one.route === route);
const triedIn = (body: string) => /name="tried" value="([0-9a-f]{64})"/.exec(body)?.[1] ?? '';
const RULE = {
  name: 'Cap', faceCents: '10,00', usableUntil: '2027-12-31', claimableUntil: '2028-01-31', onExpiry: 'refund', 'services.safe_use': 'yes', departements: '42 2a', creditorName: 'Méreau', effectiveFrom: '2027-01-01',
  orderCountMin: '10',
};
const rule = (more: Record<string, string> = {}) => post(`${PATH}/rule`, { key: uuid(10), ...RULE, ...more }, english);

describe('a new version of the rules', () => {
  it('is tried first: of past orders and redemptions, how many would be decided otherwise and why, and nothing is published', async () => {
    const { statusCode, body } = await rule();
    const page = text(body).replaceAll('\u00A0', ' ');
    expect([statusCode, sent(RULES)]).toEqual([200, []]);
    for (const words of ['2 of 4 past orders would be decided otherwise', 'This programme does not allow this value of a voucher', '3 of 50 redemptions would be refused at the till', '2 places concerned', 'Nothing is published yet']) expect(page).toContain(words);
    expect(body).toContain('Publish these rules');
  });

  it('is published as it was tried, with what no field says as it was', async () => {
    answers[RULES] = [201, {}];
    const { statusCode } = await rule({ tried: triedIn((await rule()).body) });
    expect(statusCode).toBe(303);
    expect(sent(RULES)[0]?.body).toMatchObject({
      name: 'Cap', faceCents: 1_000, services: ['safe_use'], targetPublics: [], effectiveFrom: '2027-01-01', creditor: { name: 'Méreau', iban: 'FR7630006000011234567890189', bic: 'AGRIFRPP' },
      territory: [{ kind: 'departement', code: '42' }, { kind: 'departement', code: '2A' }, { kind: 'epci', code: '200054781', communes: ['42218'] }], servicePrices: programmeRule.servicePrices,
      limits: { orderCountMin: 10, orderCountMax: null, orderedCentsMax: null, redemptionCentsMax: null },
    });
    expect(sent(`POST /issuance${PATH}/rules/simulate`)[0]?.body).toMatchObject({ rule: sent(RULES)[0]?.body });
  });

  it('is tried again where one value changed since', async () => {
    answers[RULES] = [201, {}];
    const tried = triedIn((await rule()).body);
    const { statusCode, body } = await rule({ tried, faceCents: '12,00' });
    expect([statusCode, sent(RULES), triedIn(body) === tried]).toEqual([200, [], false]);
  });

  it('says why it cannot be tried, and that tills could not be asked where only they are away', async () => {
    answers[`POST /redemption${PATH}/rules/simulate`] = [0, null];
    expect(text((await rule()).body)).toContain('Redemptions – The service did not answer');
    answers[`POST /issuance${PATH}/rules/simulate`] = [409, { code: 'rules_end_before_effect' }];
    const { statusCode, body } = await rule();
    expect([statusCode, text(body).includes('would end before it begins'), triedIn(body)]).toEqual([409, true, '']);
  });

  it('keeps ticks as they were sent, also where all were taken off', async () => {
    const ticks = (body: string) => [...body.matchAll(/name="(targetPublics|services)\.(\w+)" value="yes" checked/g)].map(([, , code]) => code);
    expect(ticks((await get(PATH)).body)).toEqual(['seniors']);
    expect(ticks((await rule()).body)).toEqual(['safe_use']);
  });

  it('is offered to the operator alone', async () => {
    as('payer', ['payer']);
    expect((await get(PATH)).body).not.toContain('id="form-');
    expect(sent('GET /settlement/bank-accounts')).toEqual([]);
  });
});

describe('fees', () => {
  const place = { key: uuid(10), from: '2027-02-01', feeBasisPoints: '3', vatBasisPoints: '20', commonsBasisPoints: '1,5', promisedCapBasisPoints: '' };

  it('of places say of a hundred euros what a place would get, and ask for a code where the service wants one', async () => {
    const { body } = await post(`${PATH}/place-fee`, place, english);
    expect(text(body)).toContain('Of €100 redeemed, a place gets €94.90 instead of €95.50. Places get less');
    answers['POST /settlement/fee-rules'] = [403, { code: 'second_factor_stale' }];
    const refused = await post(`${PATH}/place-fee`, { ...place, tried: triedIn(body) }, english);
    expect([refused.statusCode, refused.body.includes('name="code"'), triedIn(refused.body)]).toEqual([403, true, triedIn(body)]);
    expect(sent('POST /settlement/fee-rules')[0]?.body).toEqual({ programmeId: order.programmeId, from: '2027-02-01', feeBasisPoints: 300, vatBasisPoints: 2_000, commonsBasisPoints: 150 });
  });

  it('of payers are tried on past orders, for one programme or for all without a rule of their own', async () => {
    const payer = { key: uuid(10), from: '2027-02-01', forWhom: 'all', feeBasisPoints: '5', vatBasisPoints: '20', vatRegime: 'multi_purpose', agreementCents: '1000', agreementBasisPoints: '2' };
    const { body } = await post(`${PATH}/payer-fee`, payer, english);
    expect(text(body)).toContain('1 of 1 order would be charged otherwise. In all €5.00 before VAT instead of €3.00');
    answers['POST /issuance/upstream-fee-rules'] = [201, {}];
    expect((await post(`${PATH}/payer-fee`, { ...payer, tried: triedIn(body) })).statusCode).toBe(303);
    expect(sent('POST /issuance/upstream-fee-rules')[0]?.body).toEqual({
      programmeId: null, from: '2027-02-01', feeBasisPoints: 500, vatBasisPoints: 2_000, vatRegime: 'multi_purpose', services: [], agreement: { cents: 100_000, basisPoints: 200 },
    });
  });
});

describe('a new programme', () => {
  it('is sent with the account that was chosen by its name, and leads to its page', async () => {
    answers['POST /issuance/programmes'] = [201, { programmeId: order.programmeId }];
    const { headers } = await post('/programmes/new/publish', { key: uuid(10), ...RULE, kind: 'balance', custodyAccountId: `bac_${uuid(30)}` });
    expect(headers['location']).toBe(PATH);
    expect(sent('POST /issuance/programmes')[0]?.body).toMatchObject({ kind: 'balance', custodyAccountId: `bac_${uuid(30)}`, creditor: { iban: 'FR7630006000011234567890189' }, servicePrices: [] });
  });

  it('waits for a bank account where none is open', async () => {
    answers['GET /settlement/bank-accounts'] = [200, { items: [] }];
    const { body } = await get('/programmes/new', english);
    expect([text(body).includes('No bank account is open'), body.includes('id="form-')]).toEqual([true, false]);
  });
});

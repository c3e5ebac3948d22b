import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PayeeValidatedV1 } from '#libs/contracts';
import { fakeIban } from '#libs/testing';
import { ANNA, AUDITOR, BERT, CLEO, plain, shown, SettlementWorld, tillOf, type Place } from '../../../../test/builders/settlement-world.js';

let world: SettlementWorld;

beforeAll(async () => {
  world = await SettlementWorld.create();
});
afterAll(() => world.close());

const complete = (place: Place, siren = place.siret.slice(0, 9)) =>
  world.post('payees', { body: { placeId: shown('place', place.placeId), legalName: 'Commune', siren } });
const propose = (payeeId: unknown, iban: string, as = ANNA) =>
  world.post(`payees/${String(payeeId)}/bank-accounts`, { body: { iban, holder: 'COMMUNE' }, as });
const approve = (bankAccountId: unknown, as = CLEO) => world.post(`payee-bank-accounts/${String(bankAccountId)}/approvals`, { as, body: { reason: 'compared with the RIB' } });
const code = async (answer: Promise<{ body: { code?: string } }>) => (await answer).body.code;
const newIban = () => fakeIban(world.newAccount());

describe('the legal body behind a place', () => {
  it('is named by the operator, once', async () => {
    const place = await world.accredit();
    const first = await complete(place);
    expect(first).toMatchObject({ status: 201, body: { joined: false } });
    expect(await complete(place)).toMatchObject({ status: 409, body: { code: 'payee_complete' } });
    expect(await code(complete(world.newPlace()))).toBe('place_unknown');
  });

  it('has all its places under one payee', async () => {
    const [one, two] = [await world.accredit(), await world.accredit()];
    const { body: { payeeId } } = await complete(one);
    expect((await complete(two, one.siret.slice(0, 9))).body).toEqual({ payeeId, joined: true });
    await world.redeem(one);
    await world.redeem(two);
    expect(await world.balance(`accrued:${plain(payeeId)}`)).toBe(2000);
    const { body } = await world.get(`payees?search=${one.siret.slice(0, 9)}`);
    expect(body['items']).toMatchObject([{ state: 'complete', accruedCents: 2000, payableCents: 0, bankState: 'none', iban: null }]);
    expect((body['items'] as { places: unknown[] }[])[0]!.places).toHaveLength(2);
  });

  it('is one payee of several places with one SIRET, each of which stays a place', async () => {
    const one = await world.accredit();
    const two = await world.accredit({ ...world.newPlace(), siret: one.siret });
    const { body: { payeeId } } = await complete(one);
    expect((await complete(two)).body).toEqual({ payeeId, joined: true });
    const { body } = await world.get(`payees?search=${one.siret.slice(0, 9)}`);
    const [{ places } = { places: [] }] = body['items'] as { places: { placeId: string; siret: string }[] }[];
    expect(places.map(({ siret }) => siret)).toEqual([one.siret, one.siret]);
    expect(new Set(places.map(({ placeId }) => placeId)).size).toBe(2);
  });

  it('does not take over what is owed to another payee', async () => {
    const [one, two] = [await world.accredit(), await world.accredit()];
    await complete(one);
    await world.redeem(two);
    expect(await code(complete(two, one.siret.slice(0, 9)))).toBe('place_has_claims');
    expect((await complete(two)).status).toBe(201);
  });

  it('is one payee, though all its places are named at the same moment', async () => {
    const places: Awaited<ReturnType<typeof world.accredit>>[] = [];
    for (let at = 0; at < 5; at += 1) places.push(await world.accredit());
    const answers = await world.atOnce(places.map((place) => () => complete(place, places[0]!.siret.slice(0, 9))));
    expect(new Set(answers.map(({ body }) => body['payeeId'])).size).toBe(1);
    expect(answers.map(({ body }) => body['joined']).sort()).toEqual([false, true, true, true, true]);
  });

  it.each([['732829321', 'a wrong check digit'], ['12345', 'too few digits']])('is not named by %s: %s', async (siren) => {
    expect(await complete(await world.accredit(), siren)).toMatchObject({ status: 400, body: { code: 'request_malformed' } });
  });
});

describe('a payee\'s bank account', () => {
  const payee = async () => (await complete(await world.accredit())).body['payeeId'];

  it('is entered by one person and approved by another, who is told to the world without the IBAN', async () => {
    const payeeId = await payee();
    const iban = newIban();
    const { body: { bankAccountId } } = await propose(payeeId, iban);
    expect(await approve(bankAccountId, ANNA)).toMatchObject({ status: 403, body: { code: 'checker_is_maker' } });
    expect((await approve(bankAccountId, BERT)).body).toEqual({ bankAccountId, version: 1 });
    const told = (await world.emitted(PayeeValidatedV1)).filter(({ body }) => body.payeeId === plain(payeeId));
    expect(told.map(({ body }) => body.bankVersion)).toEqual([1]);
    expect(JSON.stringify(told)).not.toContain(iban);
    expect(await code(approve(bankAccountId, CLEO))).toBe('bank_account_approved');
  });

  it('is shown in full to those who check it, and masked elsewhere', async () => {
    const payeeId = String(await payee());
    const iban = newIban();
    await world.bankAccount(payeeId, iban);
    const { body: versions } = await world.get(`payees/${payeeId}/bank-accounts`, CLEO);
    expect(versions['items']).toMatchObject([{ iban, state: 'approved', maker: ANNA.userId, checker: CLEO.userId }]);
    expect((await world.get(`payees/${payeeId}/bank-accounts`, AUDITOR)).status).toBe(403);
    const listed = await world.get('payees?limit=200');
    expect(listed.text).not.toContain(iban);
    expect(listed.text).toContain(`${iban.slice(0, 4)}…${iban.slice(-4)}`);
  });

  it('belongs to one payee only', async () => {
    const [one, two] = [await payee(), await payee()];
    const iban = newIban();
    const [first, second] = [await propose(one, iban), await propose(two, iban)];
    await approve(first.body['bankAccountId']);
    expect(await code(approve(second.body['bankAccountId']))).toBe('iban_taken');
    expect(await code(propose(two, iban))).toBe('iban_taken');
  });

  it('is given to one payee only, though several are approved at the same moment', async () => {
    const iban = newIban();
    const proposals = [];
    for (let at = 0; at < 5; at += 1) proposals.push(await propose(await payee(), iban));
    const answers = await world.atOnce(proposals.map(({ body }) => () => approve(body['bankAccountId'])));
    expect(answers.map(({ body }) => body.code ?? 'approved').sort()).toEqual(['approved', ...Array.from({ length: 4 }, () => 'iban_taken')]);
  });

  it('is not approved once it was corrected', async () => {
    const payeeId = await payee();
    const first = await propose(payeeId, newIban());
    await propose(payeeId, newIban());
    expect(await code(approve(first.body['bankAccountId']))).toBe('bank_account_superseded');
  });

  it('has a BIC of its own country, or none', async () => {
    const proposed = async (bic?: string) => world.post(`payees/${await payee()}/bank-accounts`, { body: { iban: newIban(), holder: 'COMMUNE', ...(bic && { bic }) } });
    expect(await code(proposed('DEUTDEFF'))).toBe('bic_not_of_iban');
    for (const bic of ['PSSTFRPPPAR', undefined]) expect((await proposed(bic)).status).toBe(201);
  });

  it('is none of ours, and needs a body that is known', async () => {
    expect(await code(propose(await payee(), fakeIban(1)))).toBe('iban_is_ours');
    const place = await world.accredit();
    const [row] = await world.rows<{ payee_id: string }>('select payee_id from settlement.payee_site where place_id = $1', [place.placeId]);
    expect(await code(propose(shown('payee', row!.payee_id), newIban()))).toBe('payee_incomplete');
    expect(await code(propose(shown('payee', world.newId()), newIban()))).toBe('payee_unknown');
    expect(await code(approve(shown('bankAccount', world.newId())))).toBe('payee_bank_account_unknown');
  });

  it.each([
    ['an IBAN with a wrong check digit', { iban: 'FR1420041010050500013M02607', holder: 'COMMUNE' }],
    ['an IBAN that no SEPA transfer reaches', { iban: 'BR1500000000000010932840814P2', holder: 'COMMUNE' }],
    ['a BIC that is none', { iban: fakeIban(9), bic: 'PSST', holder: 'COMMUNE' }],
    ['a holder whose name no bank could read', { iban: fakeIban(9), holder: 'Ωμέγα' }],
  ])('is not entered with %s', async (_name, body) => {
    expect(await world.post(`payees/${String(await payee())}/bank-accounts`, { body })).toMatchObject({ status: 400, body: { code: 'request_malformed' } });
  });

  it('is entered by the operator only', async () => {
    const place = await world.accredit();
    const payeeId = (await complete(place)).body['payeeId'];
    for (const as of [tillOf(place), AUDITOR, BERT]) expect((await propose(payeeId, newIban(), as)).status).toBe(403);
  });
});

describe('our own accounts', () => {
  it('are opened once, and only where the money of payers stands apart', async () => {
    const iban = newIban();
    const open = (over: object = {}) => world.post('bank-accounts', { body: { name: 'CANTONNEMENT', iban, bic: 'PSSTFRPPPAR', ...over } });
    expect(await code(open({ custody: 'operator_float' }))).toBe('custody_unsupported');
    expect(await code(open({ custody: 'payer_account' }))).toBe('custody_unsupported');
    expect((await open()).status).toBe(201);
    expect(await code(open())).toBe('bank_account_exists');
  });
});

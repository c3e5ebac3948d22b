// What the commons give: voted by others than whoever proposed it, moved once, and paid by a run of its own to an account that two people
// stand behind.
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Principal } from '#libs/auth';
import { AllocationVotedV1, PaymentBookedV1, PaymentReturnedV1 } from '#libs/contracts';
import { CATALOGUE, inspect } from '#libs/invariants';
import { fakeIban } from '#libs/testing';
import { SELLER } from '../../../../test/builders/seller.js';
import { ANNA, BERT, plain, SettlementWorld, shown, ZOE, type Answer } from '../../../../test/builders/settlement-world.js';

let world: SettlementWorld;
let payeeId: string;
beforeAll(async () => { world = await SettlementWorld.create({ seller: SELLER }); });
afterEach(async () => {
  expect((await inspect(world.database.inspectorUrl, CATALOGUE.filter(({ schema }) => schema === 'settlement'))).broken).toEqual([]);
});
afterAll(() => world.close());

const DORA: Principal = { ...BERT, userId: randomUUID(), name: 'Dora' };
/** A legal body that is no place; with a SIREN that passes its check. */
const body = async (): Promise<string> => {
  const siren = world.newPlace().siret.slice(0, 9);
  return String((await world.done('legal-bodies', { legalName: `Association ${siren}`, siren }))['payeeId']);
};
async function association(): Promise<string> {
  const id = await body();
  await world.bankAccount(id, fakeIban(world.newAccount()));
  return id;
}
/** A statement gives 1 % of 1,000 euros to the commons; answers what they have then. */
async function fed(): Promise<number> {
  await world.owedPlace(100_000);
  await world.closeStatements();
  return world.balance('commons:general');
}
const propose = (over: object = {}, as = ANNA): Promise<Answer> => world.post('allocations', {
  as, body: { bankAccountId: shown('bankAccount', world.bankAccountId), payeeId, amountCents: 400, currency: 'EUR', reason: 'a van for workshops', ...over },
});
const proposed = async (over: object = {}): Promise<string> => {
  const answer = await propose(over);
  expect(answer.status).toBe(201);
  return String(answer.body['allocationId']);
};
const speak = (allocationId: string, as: Principal, voice = 'for'): Promise<Answer> => world.post(`allocations/${allocationId}/voices`, { as, body: { voice } });
const voted = async (over: object = {}): Promise<string> => {
  const allocationId = await proposed(over);
  await speak(allocationId, BERT);
  expect((await speak(allocationId, DORA)).body).toMatchObject({ state: 'voted' });
  return allocationId;
};
const stateOf = async (allocationId: string) => ((await world.get('allocations')).body['items'] as { allocationId: string; state: string; voices: object[] }[])
  .find((one) => one.allocationId === allocationId)!;
const owed = (payee = payeeId) => world.balance(`allocated:${plain(payee)}`);
const paymentOf = async (run: Answer['body']) => ((await world.get(`payments?runId=${String(run['runId'])}`)).body['items'] as { endToEndId: string }[])[0]!;

describe('an allocation', () => {
  beforeAll(async () => { payeeId = await association(); });

  it('moves nothing before two others are for it, and then its sum out of the pool (row 28)', async () => {
    const pool = await fed();
    const before = await owed();
    const allocationId = await proposed();
    expect((await speak(allocationId, BERT)).body).toMatchObject({ state: 'proposed', voices: 1 });
    expect([await world.balance('commons:general'), await owed()]).toEqual([pool, before]);
    expect((await speak(allocationId, DORA)).body).toMatchObject({ state: 'voted', voices: 2 });
    expect([await world.balance('commons:general'), await owed()]).toEqual([pool - 400, before + 400]);
    expect((await world.emitted(AllocationVotedV1)).at(-1)!.body).toMatchObject({
      allocationId: plain(allocationId), payeeId: plain(payeeId), pool: 'general', amountCents: 400, proposedBy: ANNA.userId, votedBy: [BERT.userId, DORA.userId],
    });
    expect(await stateOf(allocationId)).toMatchObject({
      state: 'voted', voices: expect.arrayContaining([BERT, DORA].map(({ userId }) => expect.objectContaining({ userId, voice: 'for' }))),
    });
    expect((await speak(allocationId, ZOE)).body.code).toBe('allocation_decided');
  });

  it('is ended by the first voice against it', async () => {
    await fed();
    const allocationId = await proposed();
    await speak(allocationId, BERT);
    expect((await speak(allocationId, DORA, 'against')).body).toMatchObject({ state: 'declined', voices: 2 });
    expect((await speak(allocationId, ZOE)).body).toMatchObject({ code: 'allocation_decided', details: { state: 'declined' } });
  });

  it('is decided by nobody who proposed it, spoke before, or leads money to its account', async () => {
    await fed();
    const maker: Principal = { ...ZOE, userId: randomUUID() };
    const payee = await body();
    await world.bankAccount(payee, fakeIban(world.newAccount()), { maker });
    const own = String((await propose({ payeeId: payee }, ZOE)).body['allocationId']);
    expect((await speak(own, ZOE)).body.code).toBe('checker_is_maker');
    expect((await speak(own, maker)).body.code).toBe('gives_to_own_account');
    await speak(own, BERT);
    expect((await speak(own, BERT)).body.code).toBe('allocation_voice_given');
    for (const user of [ZOE.userId, maker.userId]) {
      await expect(world.service.query(`insert into settlement.allocation_voice values ('${plain(own)}', '${user}', 'for', null, now())`))
        .rejects.toMatchObject({ code: '23514' });
    }
    await expect(world.service.query(`insert into settlement.allocation_decision values ('${plain(own)}', 'voted', gen_random_uuid(), now())`))
      .rejects.toThrow('was not voted by its voices');
    expect((await speak(shown('allocation', world.newId()), BERT)).body.code).toBe('allocation_unknown');
  });

  it('goes to a body with a verified account, never to the operator, and to no more than there is', async () => {
    const pool = await fed();
    const bare = await body();
    const operator = (await world.done('operator'))['payeeId'];
    expect((await propose({ payeeId: bare })).body.code).toBe('allocation_without_account');
    expect((await propose({ payeeId: operator })).body.code).toBe('allocation_to_operator');
    expect((await propose({ payeeId: shown('payee', world.newId()) })).body.code).toBe('payee_unknown');
    expect((await propose({ bankAccountId: shown('bankAccount', world.newId()) })).body.code).toBe('bank_account_unknown');
    expect((await propose({ amountCents: pool + 1 })).body).toMatchObject({ code: 'commons_short', details: { poolCents: pool } });
    const place = await world.accredit();
    const { payee_id: incomplete } = (await world.rows<{ payee_id: string }>('select payee_id from settlement.payee_site where place_id = $1', [place.placeId]))[0]!;
    expect((await propose({ payeeId: shown('payee', incomplete) })).body.code).toBe('payee_incomplete');
  });

  it.each(['as they were proposed', 'the other way round'])('is carried by one of two over the same money, voted %s', async (order) => {
    const pool = await fed();
    const pair = [await proposed({ amountCents: pool }), await proposed({ amountCents: pool })];
    for (const one of pair) await speak(one, BERT);
    const [first, second] = order === 'as they were proposed' ? pair : pair.reverse();
    expect((await speak(first!, DORA)).body).toMatchObject({ state: 'voted' });
    expect((await speak(second!, DORA)).body).toMatchObject({ code: 'commons_short', details: { amountCents: pool, poolCents: 0 } });
    expect((await speak(second!, DORA, 'against')).body).toMatchObject({ state: 'declined' });
  });

  it('is carried by one of two last voices that come at the same moment', async () => {
    const pool = await fed();
    const pair = [await proposed({ amountCents: pool }), await proposed({ amountCents: pool })];
    for (const one of pair) await speak(one, BERT);
    const answers = await world.atOnce(pair.map((one) => () => speak(one, DORA)));
    expect(answers.map(({ status, body: { code } }) => code ?? status).sort()).toEqual([201, 'commons_short']);
    expect(await world.balance('commons:general')).toBe(0);
  });
});

describe('a run of the commons', () => {
  beforeAll(async () => { payeeId = await association(); });

  it('pays what was voted, and pays it again where the bank sends it back', async () => {
    await fed();
    const first = await voted({ amountCents: 300 });
    const second = await voted({ amountCents: 200 });
    await world.cancelRun(await world.createRun());
    const run = await world.createRun({ purpose: 'commons' });
    const mine = (run['payments'] as { payeeId: string }[]).find((one) => one.payeeId === payeeId);
    expect(mine).toMatchObject({ amountCents: 500, allocations: 2, statements: 0 });
    expect((await stateOf(first)).state).toBe('instructed');
    const file = await world.released(run);
    expect(file).toContain(`MEREAU 2 ATTRIBUTIONS DEPUIS ${plain(first)}`);
    expect(await owed()).toBe(0);
    world.bank.execute(file);
    const payments = (await world.get(`payments?runId=${String(run['runId'])}&payeeId=${payeeId}`)).body['items'] as { endToEndId: string }[];
    world.bank.returnPayment(payments[0]!.endToEndId, 'AC04');
    await world.bankDay();
    const about = { purpose: 'commons', allocationIds: [plain(first), plain(second)], amountCents: 500 };
    expect((await world.emitted(PaymentBookedV1)).map(({ body: told }) => told)).toContainEqual(expect.objectContaining(about));
    expect((await world.emitted(PaymentReturnedV1)).at(-1)!.body).toMatchObject(about);
    expect([await owed(), (await stateOf(second)).state]).toEqual([500, 'voted']);
    expect((await world.post('settlement-runs', { body: { bankAccountId: shown('bankAccount', world.bankAccountId), purpose: 'commons' } })).body)
      .toMatchObject({ code: 'nothing_to_pay', details: { leftOut: 1 } });

    await world.bankAccount(payeeId, fakeIban(world.newAccount()));
    const again = await world.createRun({ purpose: 'commons' });
    world.bank.execute(await world.released(again), { [(await paymentOf(again)).endToEndId]: 'AM04' });
    expect((await world.post('payment-reports', { body: world.bank.report(String(again['messageId'])), type: 'application/xml' })).status).toBe(200);
    expect(await owed()).toBe(500);
    await world.bankAccount(payeeId, fakeIban(world.newAccount()));
    world.bank.execute(await world.released(await world.createRun({ purpose: 'commons' })));
    await world.bankDay();
    expect([await owed(), (await stateOf(first)).state]).toEqual([0, 'booked']);
  });
});

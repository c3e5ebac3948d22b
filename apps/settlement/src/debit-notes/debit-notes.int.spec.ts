// What a place owes for ninety days: when a debit note asks for it, how it is paid, set off or given up, and that no cent is lost.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { DebitNoteIssuedV1, DebitNoteLostV1, DebitNotePaidV1, isDebitNoteReference } from '#libs/contracts';
import { CATALOGUE, inspect } from '#libs/invariants';
import { cents, idOf } from '#libs/kernel';
import { fakeIban } from '#libs/testing';
import { measuredDelays } from '../attestations/attestation.store.js';
import { ANNA, AUDITOR, BERT, plain, SettlementWorld, shown, tillOf, ZOE, type Place } from '../../../../test/builders/settlement-world.js';
import { unlikeOutbox } from '../../../../test/builders/restated-ledgers.js';

jest.setTimeout(60_000);

let world: SettlementWorld;
beforeAll(async () => { world = await SettlementWorld.create(); });
afterAll(async () => {
  const local = CATALOGUE.filter(({ tier, schema }) => tier === 'local' && schema === 'settlement');
  expect((await inspect(world.database.inspectorUrl, local)).broken).toEqual([]);
  await world.close();
});

type Owing = Place & { payeeId: string };
type Note = Record<'amountCents' | 'paidCents' | 'setOffCents' | 'lostCents' | 'leftCents', number> &
  Record<'debitNoteId' | 'number' | 'reference' | 'state' | 'dueOn' | 'negativeSince', string>;

const note = 'Checked with the place';
const TAKEN = ['fee_income', 'vat_collected', 'commons:general'];
const PLACE = { name: 'COMMUNE DE VAL FLEURI', iban: fakeIban(88) };
/** A day of Paris, at ten in the morning there. */
const at = (day: string) => world.clock.set(`${day}T08:00:00.000Z`);
let year = 2026;
/** Each test has a year of its own: days of notes only go forward, as their numbers do. */
const newYear = () => { year += 1; };
const on = (monthDay: string) => at(`${year}-${monthDay}`);

const redemptionsOf = async ({ placeId }: Place) => (await world.rows<{ id: string }>(
  'select redemption_id as id from settlement.claim_line where place_id = $1 order by source_seq', [placeId])).map(({ id }) => `red_${id}`);
const incident = async (redemptionId: string, over: object = {}) => {
  const { incidentId } = await world.done('incidents', { redemptionId, kind: 'fraud', note, ...over });
  await world.done(`incidents/${String(incidentId)}/validate`, { note }, BERT);
};
const issue = () => world.done('debit-notes');
const notesOf = async ({ payeeId }: Owing, as = ANNA) => (await world.get(`debit-notes?payeeId=${payeeId}`, as)).body['items'] as Note[];
const stands = async ({ payeeId }: Owing) => Object.fromEntries(await Promise.all(['accrued', 'payable', 'place_receivable'].map(
  async (kind) => [kind, await world.balance(`${kind}:${plain(payeeId)}`)])));
/** Two places redeem at the closing, so that there is something to close; the other one is of no interest. */
const close = async () => {
  await world.redeem(bystander, 5_000);
  return world.closeStatements();
};
let bystander: Place;
beforeAll(async () => { bystander = await world.owedPlace(5_000); });

/** A place that was paid for one redemption on the second of January, all of which proved a fraud on the fifth. */
async function owingPlace(amountCents = 1_000): Promise<Owing> {
  on('01-02');
  const place = await world.owedPlace(amountCents);
  await close();
  await world.released();
  on('01-05');
  await incident((await redemptionsOf(place))[0]!);
  on('01-31');
  await close();
  return place;
}
async function notedPlace(amountCents = 1_000): Promise<[Owing, Note]> {
  newYear();
  const place = await owingPlace(amountCents);
  on('04-10');
  await issue();
  return [place, (await notesOf(place))[0]!];
}
const pay = async (amountCents: number, text: string) => {
  world.bank.receive({ amountCents: cents(amountCents), from: PLACE, text });
  return world.bankDay();
};
const lastLine = async () => ((await world.get('bank-lines?limit=1')).body['items'] as { bankLineId: string; kind: string; finding: string | null }[])[0]!;

describe('a debit note', () => {
  it('is issued on the ninetieth day that a payee owes, for the net, with its fee given back, and its lines are in no statement', async () => {
    newYear();
    const place = await owingPlace(1_000);
    expect(await stands(place)).toMatchObject({ accrued: -1_000, place_receivable: 0 });
    const before = await Promise.all(TAKEN.map((account) => world.balance(account)));
    on('04-04');
    expect(await issue()).toMatchObject({ issued: 0, waiting: 1 });
    on('04-05');
    expect(await issue()).toMatchObject({ issued: 1, amountCents: 966, waiting: 0, setOffCents: 0 });
    expect(await stands(place)).toMatchObject({ accrued: 0, place_receivable: -966 });
    const after = await Promise.all(TAKEN.map((account) => world.balance(account)));
    expect(after.map((balance, index) => balance - before[index]!)).toEqual([-20, -4, -10]);
    const [found] = await notesOf(place);
    expect(found).toMatchObject({
      number: `ND-${year}-000001`, amountCents: 966, leftCents: 966, state: 'open', negativeSince: `${year}-01-05`, dueOn: `${year}-05-05`,
    });
    expect(isDebitNoteReference(found!.reference)).toBe(true);
    expect((await world.emitted(DebitNoteIssuedV1)).at(-1)!.body).toMatchObject({
      debitNoteId: plain(found!.debitNoteId), amountCents: 966, lines: 1, grossCents: -1_000, feeCents: -20, vatCents: -4,
      commonsCents: -10,
    });
    const one = await world.get(`debit-notes/${found!.debitNoteId}`);
    expect(one.body).toMatchObject({ grossCents: -1_000, netCents: -966, claimLines: [{ grossCents: -1_000, netCents: -966, incidentId: expect.stringMatching(/^icd_/) }] });
    expect(await world.rows(`select encode(sha256(convert_to(content, 'UTF8')), 'hex') = sha256 as same from settlement.statement where id = $1`, [plain(found!.debitNoteId)]))
      .toEqual([{ same: true }]);
    expect((await world.get(`statements/${shown('statement', plain(found!.debitNoteId))}`)).status).toBe(404);
  });

  it('waits where the commons gave all that they have, stops no other note, and comes once they have it', async () => {
    newYear();
    const large = await owingPlace(20_000);
    const small = await owingPlace(1_000);
    // All but what the small note takes back, by a vote.
    const amountCents = await world.balance('commons:general') - 10;
    const { payeeId } = await world.owedPlace(1_000);
    const { allocationId } = await world.done('allocations', {
      bankAccountId: shown('bankAccount', world.bankAccountId), payeeId, amountCents, currency: 'EUR', reason: 'a van for workshops',
    });
    for (const as of [BERT, ZOE]) await world.done(`allocations/${String(allocationId)}/voices`, { voice: 'for' }, as);
    on('04-10');
    expect(await issue()).toMatchObject({ issued: 1, waiting: 1, isMore: false });
    expect([await notesOf(large), (await notesOf(small)).length, await world.balance('commons:general')]).toEqual([[], 1, 0]);
    await world.redeem(bystander, 100_000);
    await close();
    expect(await issue()).toMatchObject({ issued: 1, waiting: 0 });
    expect((await notesOf(large)).map((found) => found.amountCents)).toEqual([19_320]);
  });

  it('ends the wait of what it takes, and is no statement in what a payee is told of its own', async () => {
    newYear();
    const place = await owingPlace(1_000);
    const waiting = async () => (await world.get(`carry-overs?payeeId=${place.payeeId}`)).body['items'];
    const measured = () => measuredDelays(world.work.client, idOf('payee', plain(place.payeeId)));
    expect(await waiting()).toMatchObject([{ reason: 'nothing_to_pay' }]);
    const before = await measured();
    expect(before).toMatchObject({ statements: 1 });
    on('04-10');
    await issue();
    expect(await notesOf(place)).toHaveLength(1);
    expect(await waiting()).toEqual([]);
    expect(await measured()).toEqual(before);
  });

  it('is issued once, however often and by however many it is asked for, beside a closing too', async () => {
    newYear();
    const [first, second] = [await owingPlace(), await owingPlace(2_000)];
    on('04-10');
    await world.redeem(first, 300);
    await world.redeem(bystander, 100);
    await world.total();
    const key = randomUUID();
    const answers = await world.atOnce([
      () => world.post('debit-notes', { key }), () => world.post('debit-notes', { key }), () => world.post('debit-notes'),
      () => world.post('statement-closings'), () => world.post('statement-closings'),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201, 201]);
    expect(answers[0]!.body).toEqual(answers[1]!.body);
    await issue();
    await close();
    const notes = [...await notesOf(first), ...await notesOf(second)];
    expect(notes).toHaveLength(2);
    // The 300 were redeemed meanwhile: in the note, or set off against it, as closing and note came; never both.
    expect(await stands(first)).toEqual({ accrued: 0, payable: 0, place_receivable: 290 - 966 });
    expect(await stands(second)).toMatchObject({ accrued: 0, place_receivable: -1_932 });
    const numbers = await world.rows<{ number: number }>('select number from settlement.debit_note where year = $1 order by 1', [year]);
    expect(numbers.map(({ number }) => number)).toEqual([1, 2]);
  });

  it('begins to count anew on the day that its payee earns enough', async () => {
    newYear();
    on('01-02');
    const place = await world.owedPlace(1_000);
    await world.redeem(place, 1_000);
    await close();
    const [first, second] = await redemptionsOf(place);
    on('01-05');
    await incident(first!);
    on('02-10');
    await world.redeem(place, 1_000);
    await close();
    on('03-01');
    await incident(second!);
    await close();
    on('05-29');
    expect(await issue()).toMatchObject({ issued: 0, waiting: 1 });
    on('05-30');
    expect(await issue()).toMatchObject({ issued: 1, amountCents: 966 });
    expect(await notesOf(place)).toMatchObject([{ negativeSince: `${year}-03-01` }]);
  });

  it('takes an incident after it as a debt of its own', async () => {
    const [place] = await notedPlace(1_000);
    on('05-01');
    await world.redeem(place, 5_000);
    await close();
    expect(await stands(place)).toMatchObject({ accrued: 0, place_receivable: 0 });
    on('05-02');
    await incident((await redemptionsOf(place))[1]!, { kind: 'overpaid', amountCents: 500 });
    expect(await stands(place)).toMatchObject({ accrued: -500, place_receivable: 0 });
    await close();
    on('08-01');
    expect(await issue()).toMatchObject({ issued: 1, amountCents: 483 });
    expect((await notesOf(place)).map(({ amountCents, leftCents }) => [amountCents, leftCents])).toEqual([[483, 0], [966, 0]]);
  });

  it('is read by its payee’s people, the operator and auditors, and by nobody else', async () => {
    const [place, { debitNoteId }] = await notedPlace();
    for (const as of [AUDITOR, ANNA, tillOf(place)]) expect((await world.get(`debit-notes/${debitNoteId}`, as)).status).toBe(200);
    expect(await notesOf(place, tillOf(place))).toHaveLength(1);
    const other = tillOf(await world.owedPlace());
    expect((await world.get(`debit-notes/${debitNoteId}`, other)).body.code).toBe('debit_note_unknown');
    expect((await world.get('debit-notes', other)).body['items']).toEqual([]);
    expect((await world.post('debit-notes', { as: tillOf(place) })).status).toBe(403);
    expect((await world.get('debit-notes?state=open')).body['items']).toContainEqual(expect.objectContaining({ debitNoteId }));
    expect((await world.get(`debit-notes/${debitNoteId}/file?language=en`, other)).status).toBe(404);
    const file = await world.get(`debit-notes/${debitNoteId}/file`, tillOf(place));
    expect([file.status, file.headers['content-type'], file.bytes.subarray(0, 5).toString()]).toEqual([200, 'application/pdf', '%PDF-']);
  });
});

describe('the payment of a debit note', () => {
  it('is known by its reference: in part, then the rest, and told', async () => {
    const [place, { reference, debitNoteId }] = await notedPlace();
    const printed = reference.toLowerCase().replace(/(.{4})/g, '$1 ');
    expect(await pay(400, `REMBOURSEMENT ${printed}`)).toEqual({ debit_note_paid: 1 });
    expect(await stands(place)).toMatchObject({ place_receivable: -566 });
    expect(await pay(566, reference)).toEqual({ debit_note_paid: 1 });
    expect(await stands(place)).toMatchObject({ place_receivable: 0 });
    const told = (await world.emitted(DebitNotePaidV1)).filter(({ body }) => shown('debitNote', body.debitNoteId) === debitNoteId);
    expect(told.map(({ body }) => [body.amountCents, body.leftCents, typeof body.bankLineId, body.statementId])).toEqual([[400, 566, 'string', undefined], [566, 0, 'string', undefined]]);
    expect(await world.rows('select rule, debit, credit from settlement.transfer where event_id = $1', [told[0]!.id]))
      .toEqual([{ rule: '20', debit: `bank:${world.bankAccountId}`, credit: `place_receivable:${plain(place.payeeId)}` }]);
    expect((await world.get(`debit-notes/${debitNoteId}`)).body).toMatchObject({ state: 'settled', paidCents: 966, leftCents: 0, discharges: [{ kind: 'paid' }, { kind: 'paid' }] });
  });

  it('of too much, of two notes at once, or by a reference of nobody, is not guessed', async () => {
    const [, first] = await notedPlace();
    const [, second] = await notedPlace();
    const findings = [];
    for (const [amountCents, text] of [[967, first.reference], [10, `${first.reference} ${second.reference}`], [10, 'RF73MRD0000000000']] as const) {
      await pay(amountCents, text);
      findings.push(await lastLine());
    }
    expect(findings.map(({ kind, finding }) => [kind, finding])).toEqual([
      ['unknown_credit', 'debit_note_overpaid'], ['unknown_credit', 'debit_note_ambiguous'], ['unknown_credit', 'no_reference'],
    ]);
    const [over, both] = findings;
    const identify = (bankLineId: string, body: object) => world.post(`bank-lines/${bankLineId}/identifications`, { body, as: ZOE });
    expect((await identify(over!.bankLineId, { kind: 'debit_note', debitNoteId: first.debitNoteId })).body)
      .toMatchObject({ code: 'debit_note_overpaid', details: { leftCents: 966, lineCents: 967 } });
    expect((await identify(both!.bankLineId, { kind: 'debit_note', debitNoteId: shown('debitNote', world.newId()) })).body.code).toBe('debit_note_unknown');
    expect((await identify(over!.bankLineId, { kind: 'payer_receipt' })).status).toBe(201);
  });

  it('that nobody could read is what a person says that it is, once', async () => {
    const [place, { debitNoteId }] = await notedPlace();
    await pay(900, 'REMBOURSEMENT TROP PERCU');
    const { bankLineId } = await lastLine();
    /** The code by which the database itself refuses it; nothing stays. */
    const saidBy = async (who: string) => {
      await world.service.query('begin');
      try {
        await world.service.query(`insert into settlement.bank_line_identification (bank_line_id, kind, debit_note_id, event_id, identified_by, identified_at)
          values ($1, 'debit_note', $2, gen_random_uuid(), $3, now())`, [plain(bankLineId), plain(debitNoteId), who]);
        return await world.service.query(`insert into settlement.debit_note_discharge (event_id, debit_note_id, kind, bank_line_id, amount, currency, at)
          values (gen_random_uuid(), $2, 'paid', $1, 900, 'EUR', now())`, [plain(bankLineId), plain(debitNoteId)])
          .then(() => undefined, ({ code }: { code: string }) => code);
      } finally {
        await world.service.query('rollback');
      }
    };
    const identify = (as = ZOE) => world.post(`bank-lines/${bankLineId}/identifications`, { body: { kind: 'debit_note', debitNoteId }, as });
    // Anna entered the bank account of the payee: with money of anybody's she would end what it owes.
    expect((await identify({ ...ZOE, userId: ANNA.userId })).body.code).toBe('gives_to_own_account');
    expect([await saidBy(ANNA.userId), await saidBy(ZOE.userId)]).toEqual(['23514', undefined]);
    const answers = await world.atOnce([() => identify(), () => identify()]);
    expect(answers.map(({ status, body }) => body.code ?? status).sort()).toEqual([201, 'bank_line_identified']);
    expect(await stands(place)).toMatchObject({ place_receivable: -66 });
    expect((await world.get('bank-lines?limit=1')).body).toMatchObject({ items: [{ kind: 'unknown_credit', identifiedAs: 'debit_note' }] });
  });

  it('and a closing at once take no more than is left', async () => {
    const [place, { reference }] = await notedPlace();
    on('05-01');
    await world.redeem(place, 1_000);
    await world.redeem(bystander, 100);
    await world.total();
    world.bank.receive({ amountCents: cents(966), from: PLACE, text: reference });
    const statement = world.bank.closeDay();
    await world.atOnce([() => world.importStatement(statement), () => world.post('statement-closings')]);
    const { payable, place_receivable: owed, accrued } = await stands(place);
    expect([accrued, owed]).toEqual([0, 0]);
    const [line] = await world.rows<{ kind: string }>('select kind from settlement.bank_line order by id desc limit 1');
    expect(payable).toBe(line!.kind === 'debit_note_paid' ? 966 : 0);
  });
});

describe('what a payee earns while it owes', () => {
  it('is set off at the closing, shown on the statement, and only the rest is paid', async () => {
    const [place, { debitNoteId, number }] = await notedPlace(1_000);
    on('05-01');
    await world.redeem(place, 3_000);
    expect(await close()).toMatchObject({ statements: 2 });
    expect(await stands(place)).toMatchObject({ accrued: 0, payable: 2_898 - 966, place_receivable: 0 });
    const [statement] = (await world.get(`statements?payeeId=${place.payeeId}`)).body['items'] as { statementId: string; netCents: number }[];
    expect(statement).toMatchObject({ netCents: 2_898, toPayCents: 1_932, state: 'not_ordered' });
    const { body } = await world.get(`statements/${statement!.statementId}`);
    expect(body['setOffs']).toEqual([{ debitNoteId, placeInvoiceId: null, earlyPaymentId: null, number, amountCents: 966 }]);
    expect(JSON.parse(String(body['content']))).toMatchObject({ format: 5, netCents: 2_898, setOff: [{ debitNote: plain(debitNoteId), cents: 966 }] });
    expect((await world.emitted(DebitNotePaidV1)).at(-1)!.body)
      .toMatchObject({ statementId: plain(statement!.statementId), amountCents: 966, leftCents: 0 });
    const run = await world.createRun();
    const payments = run['payments'] as { payeeId: string; amountCents: number }[];
    expect(payments.find(({ payeeId }) => payeeId === place.payeeId)).toMatchObject({ amountCents: 1_932 });
    await world.released(run);
    expect(await stands(place)).toMatchObject({ payable: 0 });
  });

  it('is set off whole where the note is more, and no run pays a statement of which nothing is left', async () => {
    const [place] = await notedPlace(2_000);
    on('05-01');
    await world.redeem(place, 1_000);
    await close();
    expect(await stands(place)).toMatchObject({ payable: 0, place_receivable: -966 });
    const items = (await world.get(`statements?payeeId=${place.payeeId}`)).body['items'] as { state: string; toPayCents: number }[];
    expect(items[0]).toMatchObject({ state: 'set_off', toPayCents: 0 });
    const payments = (await world.createRun())['payments'] as { payeeId: string }[];
    expect(payments.map(({ payeeId }) => payeeId)).not.toContain(place.payeeId);
  });

  it('was set off too where it was never paid: a statement of before waits for a payment no more', async () => {
    newYear();
    on('01-02');
    const place = await world.owedPlace(1_000);
    await close();
    on('01-05');
    await incident((await redemptionsOf(place))[0]!);
    on('01-31');
    await close();
    on('04-10');
    // Its statement is in a draft: what somebody is about to pay is left alone.
    const run = await world.createRun();
    expect(await issue()).toMatchObject({ issued: 1, setOffCents: 0 });
    await world.cancelRun(run);
    const races = await world.atOnce([() => world.post('debit-notes'), () => world.post('debit-notes')]);
    expect(races.map(({ body }) => body['setOffCents']).sort()).toEqual([0, 966]);
    expect(await stands(place)).toEqual({ accrued: 0, payable: 0, place_receivable: 0 });
  });

  it('is set off by a run before it pays anybody, where a statement is owed again', async () => {
    newYear();
    on('01-02');
    const place = await world.owedPlace(1_000);
    await close();
    const [, redemptionId] = [await world.redeem(place, 3_000), (await redemptionsOf(place))[1]!];
    await close();
    on('01-05');
    await incident(redemptionId);
    on('01-31');
    await close();
    on('04-10');
    const draft = await world.createRun();
    await issue();
    expect(await stands(place)).toMatchObject({ payable: 966 + 2_898, place_receivable: -2_898 });
    await world.cancelRun(draft);
    const payments = (await world.createRun())['payments'] as { payeeId: string; amountCents: number; statements: number }[];
    expect(payments.find(({ payeeId }) => payeeId === place.payeeId)).toMatchObject({ amountCents: 966, statements: 1 });
    expect(await stands(place)).toMatchObject({ payable: 966, place_receivable: 0 });
  });
});

describe('the loss of a debit note', () => {
  const propose = (debitNoteId: string, as = ANNA) => world.post(`debit-notes/${debitNoteId}/losses`, { body: { note }, as });
  const decide = (lossId: unknown, what: 'confirm' | 'cancel', as = BERT) => world.post(`debit-note-losses/${String(lossId)}/${what}`, { body: { note }, as });

  it('is the operator’s, once somebody else has confirmed it, of what is left', async () => {
    const [place, { reference, debitNoteId }] = await notedPlace();
    await pay(400, reference);
    const before = await world.balance('losses');
    const { body: { lossId } } = await propose(debitNoteId, ZOE);
    expect((await propose(debitNoteId)).body.code).toBe('debit_note_loss_open');
    expect((await decide(lossId, 'confirm', ZOE)).body.code).toBe('checker_is_maker');
    // Anna entered the bank account of the payee.
    expect((await decide(lossId, 'confirm', { ...ZOE, userId: ANNA.userId })).body.code).toBe('gives_to_own_account');
    expect(await world.balance('losses')).toBe(before);
    const answers = await world.atOnce([() => decide(lossId, 'confirm'), () => decide(lossId, 'confirm'), () => decide(lossId, 'cancel')]);
    expect(answers.map(({ status, body }) => body.code ?? status).sort()).toEqual([200, 'debit_note_loss_decided', 'debit_note_loss_decided']);
    const [won] = answers.filter(({ status }) => status === 200);
    if (won!.body['state'] === 'cancelled') await decide((await propose(debitNoteId)).body['lossId'], 'confirm');
    expect(await world.balance('losses')).toBe(before - 566);
    expect(await stands(place)).toMatchObject({ place_receivable: 0 });
    expect((await world.emitted(DebitNoteLostV1)).at(-1)!.body).toMatchObject({ debitNoteId: plain(debitNoteId), amountCents: 566 });
    expect((await propose(debitNoteId)).body.code).toBe('debit_note_settled');
    expect((await world.get(`debit-notes/${debitNoteId}`, tillOf(place))).body).toMatchObject({ lostCents: 566, losses: [] });
    expect(((await world.get(`debit-notes/${debitNoteId}`)).body['losses'] as { state: string }[]).at(-1)).toMatchObject({ state: 'confirmed' });
  });

  it('is proposed again where some of it was paid since', async () => {
    const [place, { reference, debitNoteId }] = await notedPlace();
    const { body: { lossId } } = await propose(debitNoteId);
    await pay(100, reference);
    expect((await decide(lossId, 'confirm')).body).toMatchObject({ code: 'debit_note_left_changed', details: { leftCents: 866, proposedCents: 966 } });
    expect((await decide(lossId, 'cancel', ANNA)).body).toMatchObject({ state: 'cancelled' });
    await pay(866, reference);
    expect(await stands(place)).toMatchObject({ place_receivable: 0 });
    expect((await decide(shown('debitNoteLoss', world.newId()), 'confirm')).body.code).toBe('debit_note_loss_unknown');
    expect((await propose(shown('debitNote', world.newId()))).body.code).toBe('debit_note_unknown');
    expect((await propose(debitNoteId, AUDITOR)).status).toBe(403);
    expect((await propose(debitNoteId, tillOf(place))).status).toBe(403);
  });

  it('is kept from nonsense by the database as well', async () => {
    const [place, { debitNoteId }] = await notedPlace();
    const id = plain(debitNoteId);
    const refusedBy = (sql: string, values: unknown[] = []) => expect(world.service.query(sql, values)).rejects.toMatchObject({ code: '23514' });
    const { body: { lossId } } = await propose(debitNoteId);
    const insertDecision = (by: string) => `insert into settlement.debit_note_loss_decision values ('${plain(lossId)}', 'confirmed', 'x', '${by}', now())`;
    await refusedBy(insertDecision(ANNA.userId));
    const discharge = (kind: string, column: string, value: string, amount: string) => `
      insert into settlement.debit_note_discharge (event_id, debit_note_id, kind, ${column}, amount, currency, at)
      values (gen_random_uuid(), $1, '${kind}', ${value}, ${amount}, 'EUR', now())`;
    await refusedBy(discharge('set_off', 'statement_id', `(select id from settlement.statement where net > 0 order by closed_at limit 1)`, '1'), [id]);
    await refusedBy(discharge('paid', 'bank_line_id', `(select id from settlement.bank_line limit 1)`, '967'), [id]);
    await expect(world.service.query('update settlement.debit_note set amount = 1')).rejects.toMatchObject({ code: '42501' });
    await expect(world.service.query(`insert into settlement.debit_note (id, payee_id, custody_account_id, year, number, reference, amount, currency,
        negative_since, issued_on, due_on, event_id, issued_by)
      select s.id, s.payee_id, s.custody_account_id, ${year}, 900, 'RF18MRD0000000000', 966, 'EUR', '${year}-01-01', '${year}-12-01', '${year}-12-31', gen_random_uuid(), 'x'
      from settlement.statement s where s.id = $1`, [id])).rejects.toMatchObject({ code: expect.stringMatching(/^235/) });
    expect(await stands(place)).toMatchObject({ place_receivable: -966 });
  });
});

describe('whoever restates the ledger from what was told', () => {
  it('has each of its rows', async () => {
    expect(await unlikeOutbox('settlement', (sql) => world.rows(sql))).toEqual([]);
  });
});

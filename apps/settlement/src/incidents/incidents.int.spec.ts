// Lines of closed statements that were wrong: who may say so, what it posts, and how the next statement nets it.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { IncidentPostedV1 } from '#libs/contracts';
import { CATALOGUE, inspect } from '#libs/invariants';
import { ANNA, AUDITOR, BERT, CLEO, plain, SettlementWorld, tillOf, ZOE, type Place } from '../../../../test/builders/settlement-world.js';

jest.setTimeout(60_000);

let world: SettlementWorld;
beforeAll(async () => { world = await SettlementWorld.create(); });
afterAll(async () => {
  const local = CATALOGUE.filter(({ tier, schema }) => tier === 'local' && schema === 'settlement');
  expect((await inspect(world.database.inspectorUrl, local)).broken).toEqual([]);
  await world.close();
});

type Owed = Place & { payeeId: string };
type Line = Record<'grossCents' | 'feeCents' | 'vatCents' | 'commonsCents', number> & { incidentId: string | null };

const note = 'Checked with the place';
const redemptionsOf = async ({ placeId }: Place) => (await world.rows<{ id: string }>(
  'select redemption_id as id from settlement.claim_line where place_id = $1 order by source_seq', [placeId])).map(({ id }) => `red_${id}`);
const state = (redemptionId: string, over: object = {}, as = ANNA) =>
  world.post('incidents', { body: { redemptionId, kind: 'overpaid', amountCents: 400, note, ...over }, as });
const decide = (incidentId: unknown, what: 'validate' | 'cancel', as = BERT) => world.post(`incidents/${String(incidentId)}/${what}`, { body: { note }, as });
const stated = async (redemptionId: string, over: object = {}) => (await state(redemptionId, over)).body['incidentId'];
const stands = async ({ payeeId }: Owed) => ({ accrued: await world.balance(`accrued:${plain(payeeId)}`), payable: await world.balance(`payable:${plain(payeeId)}`) });
const lastLines = async ({ payeeId }: Owed) => {
  const [last] = (await world.get(`statements?payeeId=${payeeId}`)).body['items'] as { statementId: string }[];
  return (await world.get(`statements/${last!.statementId}`)).body['claimLines'] as Line[];
};
/** A place whose one redemption is in a closed statement. */
const paidPlace = async (amountCents = 1_000): Promise<[Owed, string]> => {
  const place = await world.owedPlace(amountCents);
  await world.closeStatements();
  return [place, (await redemptionsOf(place))[0]!];
};

describe('an incident', () => {
  it('that two people find right is owed by the place, told to issuance, and netted in the next statement with its fee', async () => {
    const [place, redemptionId] = await paidPlace(1_000);
    const before = { ...await stands(place), clearing: await world.balance('clearing:issuance') };
    const incidentId = await stated(redemptionId);
    expect(await stands(place)).toEqual({ accrued: before.accrued, payable: before.payable });
    const { status, body } = await decide(incidentId, 'validate');
    expect([status, body]).toEqual([200, { incidentId, state: 'validated', dueSeq: world.seq }]);
    expect(await stands(place)).toEqual({ accrued: -400, payable: before.payable });
    expect(await world.balance('clearing:issuance')).toBe(before.clearing + 400);
    expect((await world.emitted(IncidentPostedV1)).map(({ body: told }) => [told.incidentId, told.kind, told.amountCents, told.dueSeq]))
      .toEqual([[plain(String(incidentId)), 'overpaid', 400, world.seq]]);
    await world.redeem(place, 2_000);
    expect(await world.closeStatements()).toMatchObject({ statements: 1, grossCents: 1_600, feeCents: 32, vatCents: 6, commonsCents: 16 });
    const lines = await lastLines(place);
    expect(lines.map((line) => [line.grossCents, line.feeCents, line.vatCents, line.commonsCents, line.incidentId]))
      .toEqual([[-400, -8, -2, -4, incidentId], [2_000, 40, 8, 20, null]]);
    expect(await stands(place)).toEqual({ accrued: 0, payable: before.payable + 1_600 - 32 - 6 - 16 });
  });

  it('of more than the place is owed waits, statement by statement, until there is enough', async () => {
    const [place, redemptionId] = await paidPlace(1_000);
    await decide(await stated(redemptionId, { kind: 'fraud', amountCents: undefined }), 'validate');
    expect(await stands(place)).toMatchObject({ accrued: -1_000 });
    await world.redeem(place, 300);
    expect(await world.closeStatements()).toMatchObject({ statements: 0 });
    await world.redeem(place, 900);
    expect(await world.closeStatements()).toMatchObject({ statements: 1, grossCents: 200 });
    expect((await lastLines(place)).map(({ grossCents }) => grossCents)).toEqual([-1_000, 300, 900]);
    expect(await stands(place)).toMatchObject({ accrued: 0 });
  });

  it('stands in the statement of its line as a line of its own, and in the CSV', async () => {
    const [place, redemptionId] = await paidPlace(1_000);
    const incidentId = await stated(redemptionId, { amountCents: 1 });
    await decide(incidentId, 'validate');
    await world.redeem(place, 500);
    await world.closeStatements();
    const [last] = (await world.get(`statements?payeeId=${place.payeeId}`)).body['items'] as { statementId: string }[];
    const { status, text } = await world.get(`statements/${last!.statementId}/file?format=csv`, tillOf(place));
    const rows = text.trim().split('\r\n').map((row) => row.split(','));
    expect([status, rows[0]!.at(-1)]).toEqual([200, 'incident']);
    expect(rows.filter((row) => row.at(-1) === incidentId)).toEqual([expect.arrayContaining([redemptionId, '-1'])]);
  });

  it('is validated by somebody else than who stated it, and decided once', async () => {
    const [, redemptionId] = await paidPlace();
    const incidentId = await stated(redemptionId, {});
    expect((await decide(incidentId, 'validate', AUDITOR)).status).toBe(403);
    const own = await state((await paidPlace())[1], {}, BERT);
    expect((await decide(own.body['incidentId'], 'validate', BERT)).body.code).toBe('checker_is_maker');
    expect((await decide(own.body['incidentId'], 'cancel', BERT)).body).toMatchObject({ state: 'cancelled', dueSeq: null });
    const answers = await Promise.all([decide(incidentId, 'validate'), decide(incidentId, 'cancel'), decide(incidentId, 'validate')]);
    expect(answers.map(({ status, body }) => body.code ?? status).sort()).toEqual([200, 'incident_decided', 'incident_decided']);
    expect((await decide(`icd_${world.newId()}`, 'validate')).body.code).toBe('incident_unknown');
  });

  it('of a line that is in no statement, was undone, is corrected already, or is smaller, is refused', async () => {
    const place = await world.owedPlace(1_000);
    const [open] = await redemptionsOf(place);
    expect((await state(open!)).body.code).toBe('claim_line_not_stated');
    expect((await state(`red_${world.newId()}`)).body.code).toBe('claim_line_unknown');
    await world.closeStatements();
    expect((await state(open!, { amountCents: 1_001 })).body).toMatchObject({ code: 'incident_over_line', details: { grossCents: 1_000 } });
    expect((await state(open!, { amountCents: undefined })).body.code).toBe('incident_over_line');
    expect((await state(open!, { kind: 'fraud', amountCents: 999 })).body.code).toBe('fraud_is_whole');
    const both = await Promise.all([state(open!), state(open!)]);
    expect(both.map(({ status, body }) => body.code ?? status).sort()).toEqual([201, 'claim_line_corrected']);
    await decide(both.find(({ status }) => status === 201)!.body['incidentId'], 'cancel');
    expect((await state(open!)).status).toBe(201);
  });

  it('is shown to its place once it is validated, with the reason and without the people', async () => {
    const [place, redemptionId] = await paidPlace();
    const incidentId = await stated(redemptionId);
    const seen = async () => (await world.get('incidents', tillOf(place))).body['items'] as Record<string, unknown>[];
    expect(await seen()).toEqual([]);
    await decide(incidentId, 'validate');
    expect(await seen()).toEqual([expect.objectContaining({ incidentId, note, decisionNote: note, createdBy: null, decidedBy: null, state: 'validated' })]);
    expect((await world.get('incidents?state=validated')).body['items']).toContainEqual(expect.objectContaining({ incidentId, createdBy: ANNA.userId, decidedBy: BERT.userId }));
    expect(((await world.get('incidents', tillOf(await world.owedPlace()))).body['items'])).toEqual([]);
  });

  it('may be a gesture: given out of the operator’s own money, told to nobody but audit, and paid with the next statement', async () => {
    const [place, redemptionId] = await paidPlace(1_000);
    const [clearing, told] = [await world.balance('clearing:issuance'), (await world.emitted(IncidentPostedV1)).length];
    const before = await world.balance('gestures');
    await decide(await stated(redemptionId, { kind: 'gesture', amountCents: 250 }), 'validate');
    expect([await world.balance('gestures'), await world.balance('clearing:issuance')]).toEqual([before - 250, clearing]);
    expect(await stands(place)).toMatchObject({ accrued: 250 });
    expect((await world.emitted(IncidentPostedV1)).length).toBe(told);
    expect(await world.rows(`select rule, debit from settlement.transfer where credit = $1 and rule = '21'`, [`accrued:${plain(place.payeeId)}`]))
      .toEqual([{ rule: '21', debit: 'gestures' }]);
    expect(await world.closeStatements()).toMatchObject({ statements: 1, grossCents: 250 });
    expect((await lastLines(place)).map(({ grossCents }) => grossCents)).toEqual([250]);
    expect((await state(redemptionId, { kind: 'gesture', amountCents: 1 })).body.code).toBe('claim_line_corrected');
  });

  it('as a gesture is validated by nobody who entered or approved the bank account of the payee; one that takes back may be', async () => {
    const [place, redemptionId] = await paidPlace(1_000);
    const [maker, checker] = [ANNA, CLEO].map(({ userId }) => ({ ...ZOE, userId }));
    const incidentId = (await state(redemptionId, { kind: 'gesture', amountCents: 250 }, BERT)).body['incidentId'];
    for (const as of [maker!, checker!]) expect((await decide(incidentId, 'validate', as)).body.code).toBe('gives_to_own_account');
    const validated = `insert into settlement.incident_decision (incident_id, claim_line_id, outcome, due_seq, note, decided_by, decided_at)
      select id, claim_line_id, 'validated', (select max(up_to_seq) + 1 from settlement.statement_closing), 'x', $2, now() from settlement.incident where id = $1`;
    await expect(world.service.query(validated, [plain(String(incidentId)), CLEO.userId])).rejects.toMatchObject({ code: '23514' });
    // Once a run has paid there, who only approved the account stands behind it no more, as for the approval of a run.
    await world.released();
    expect((await decide(incidentId, 'validate', maker!)).body.code).toBe('gives_to_own_account');
    expect((await decide(incidentId, 'validate', checker!)).status).toBe(200);
    expect(await stands(place)).toMatchObject({ accrued: 250 });
    const overpaid = (await state((await paidPlace())[1], {}, BERT)).body['incidentId'];
    expect((await decide(overpaid, 'validate', maker!)).status).toBe(200);
  });

  it('is kept from nonsense by the database as well', async () => {
    const [, redemptionId] = await paidPlace();
    const insert = (over: Record<string, string>, decision = '') => world.service.query(`
      with made as (insert into settlement.incident (id, kind, claim_line_id, redemption_id, payee_id, custody_account_id, place_id, programme_id,
          batch_id, fee_rule_version, service_date, amount, currency, note, created_by, created_at)
        select gen_random_uuid(), 'overpaid', id, redemption_id, payee_id, custody_account_id, place_id, programme_id, ${over['batch'] ?? 'batch_id'},
          fee_rule_version, service_date, ${over['amount'] ?? '1'}, 'EUR', 'x', 'anna', now()
        from settlement.claim_line where redemption_id = $1 returning id, claim_line_id) ${decision || 'select 1 from made'}`, [plain(redemptionId)]);
    await expect(insert({ amount: 'gross + 1' })).rejects.toMatchObject({ code: '23514' });
    await expect(insert({ batch: 'gen_random_uuid()' })).rejects.toMatchObject({ code: '23514' });
    const validate = (by: string, seq: string) => world.service.query(`
      insert into settlement.incident_decision (incident_id, claim_line_id, outcome, due_seq, note, decided_by, decided_at)
      select i.id, i.claim_line_id, 'validated', ${seq}, 'x', '${by}', now() from settlement.incident i where i.redemption_id = $1 order by i.id desc limit 1`, [plain(redemptionId)]);
    await insert({});
    const next = '(select max(up_to_seq) + 1 from settlement.statement_closing)';
    await expect(validate('anna', next)).rejects.toMatchObject({ code: '23514' });
    await expect(validate('bert', '1')).rejects.toMatchObject({ code: '23514' });
    await expect(world.service.query('update settlement.incident set amount = 2')).rejects.toMatchObject({ code: '42501' });
  });
});

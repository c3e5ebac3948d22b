// The ways round the four eyes that somebody of the operator might try, each of which has to fail. That nobody of the operator is
// also of a place, and that a revoked member gets no token, is identity's (add-member, issue-token).
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SECOND_FACTOR_FRESH_SECONDS, type Principal } from '#libs/auth';
import { fakeIban } from '#libs/testing';
import { ANNA, BERT, CLEO, plain, shown, SettlementWorld, tillOf, ZOE, type Answer, type Place } from '../../../../test/builders/settlement-world.js';

let world: SettlementWorld;
let place: Place & { payeeId: string };

beforeAll(async () => {
  world = await SettlementWorld.create();
});
afterAll(() => world.close());

type Run = Answer['body'];
const step = (run: Run, name: string, { as = ANNA, body = {}, key }: { as?: Principal; body?: unknown; key?: string } = {}) =>
  world.post(`settlement-runs/${String(run['runId'])}/${name}`, { as, body, ...(key && { key }) });
const approve = (run: Run, as: Principal, over: { sha256?: unknown; key?: string } = {}) =>
  step(run, 'approvals', { as, body: { sha256: over.sha256 ?? run['sha256'] }, ...(over.key && { key: over.key }) });
const codeOf = async (answer: Promise<Answer>) => (await answer).body.code;
const anew = (bankAccountId = world.bankAccountId, as = ANNA) =>
  world.post('settlement-runs', { as, body: { bankAccountId: shown('bankAccount', bankAccountId) } });

async function drafted(as = ANNA): Promise<Run> {
  place = await world.owedPlace();
  await world.closeStatements();
  return (await anew(world.bankAccountId, as)).body;
}

describe('nobody gets round the four eyes', () => {
  it('as creator and approver in one, with whatever roles', async () => {
    const run = await drafted(ZOE);
    expect(await codeOf(approve(run, ZOE))).toBe('approver_is_creator');
    expect(await codeOf(approve(run, { ...ZOE, organisationId: randomUUID(), name: 'Zoé B.' }))).toBe('approver_is_creator');
    await world.cancelRun(run);
  });

  it('without the role of approver, or as one of the place that is paid', async () => {
    const run = await drafted();
    for (const as of [CLEO, tillOf(place)]) expect((await approve(run, as)).status).toBe(403);
    expect((await step(run, 'release', { as: tillOf(place) })).status).toBe(403);
    await world.cancelRun(run);
  });

  it('as one who entered or approved the account that a run is the first to pay to', async () => {
    const [maker, checker] = [{ ...ZOE, userId: randomUUID() }, { ...ZOE, userId: randomUUID() }];
    const owed = await world.owedPlace();
    await world.bankAccount(owed.payeeId, fakeIban(world.newAccount()), { maker, checker });
    await world.closeStatements();
    const first = (await anew()).body;
    expect(await codeOf(approve(first, maker))).toBe('approver_changed_iban');
    expect(await codeOf(approve(first, checker))).toBe('approver_changed_iban');
    await approve(first, BERT);
    await step(first, 'release');
    await world.redeem(owed);
    await world.closeStatements();
    const second = (await anew()).body;
    expect(await codeOf(approve(second, maker))).toBe('approver_changed_iban');
    expect((await approve(second, checker)).status).toBe(201);
    await world.cancelRun(second);
  });

  it('as one who entered or approved it before somebody else entered the same IBAN again', async () => {
    const another = () => ({ ...ZOE, userId: randomUUID() });
    const [maker, checker, again, checksAgain] = [another(), another(), another(), another()];
    const owed = await world.owedPlace();
    const iban = fakeIban(world.newAccount());
    await world.bankAccount(owed.payeeId, iban, { maker, checker });
    await world.bankAccount(owed.payeeId, iban, { maker: again, checker: checksAgain });
    await world.closeStatements();
    const first = (await anew()).body;
    for (const one of [maker, checker, again, checksAgain]) expect(await codeOf(approve(first, one))).toBe('approver_changed_iban');
    await expect(world.service.query('insert into settlement.approval (run_id, user_id, sha256, at) values ($1, $2, $3, now())',
      [plain(String(first['runId'])), maker.userId, first['sha256']])).rejects.toMatchObject({ code: '23514' });
    await approve(first, BERT);
    await step(first, 'release');
    await world.redeem(owed);
    await world.closeStatements();
    const second = (await anew()).body;
    for (const one of [maker, again]) expect(await codeOf(approve(second, one))).toBe('approver_changed_iban');
    expect((await approve(second, checker)).status).toBe(201);
    await world.cancelRun(second);
  });

  it('with a session that was left open: without a code of a second factor, or with one of long ago', async () => {
    const run = await drafted();
    const long = Math.floor(Date.now() / 1_000) - SECOND_FACTOR_FRESH_SECONDS - 1;
    for (const secondFactorTime of [null, long]) {
      const [bert, anna] = [{ ...BERT, secondFactorTime, userId: randomUUID() }, { ...ANNA, secondFactorTime, userId: randomUUID() }];
      expect(await codeOf(approve(run, bert))).toBe('second_factor_stale');
      expect(await codeOf(step(run, 'release', { as: anna }))).toBe('second_factor_stale');
      for (const path of [`payee-bank-accounts/${shown('bankAccount', randomUUID())}/approvals`, `iban-shares/${shown('ibanShare', randomUUID())}/approvals`]) {
        expect(await codeOf(world.post(path, { as: bert, body: {} }))).toBe('second_factor_stale');
      }
      const incident = `incidents/${shown('incident', randomUUID())}/validate`;
      expect(await codeOf(world.post(incident, { as: bert, body: { note: 'Right' } }))).toBe('second_factor_stale');
    }
    await approve(run, BERT);
    expect((await step(run, 'release')).status).toBe(200);
  });

  it('by changing what was approved', async () => {
    const run = await drafted();
    await approve(run, BERT);
    const runId = plain(run['runId']);
    for (const change of [
      `update settlement.payment_file set bytes = 'x' where run_id = '${runId}'`,
      `update settlement.payment set amount = amount + 1 where run_id = '${runId}'`,
      `update settlement.payee_bank_account set iban = '${fakeIban(3)}' where payee_id = '${plain(place.payeeId)}'`,
      `update settlement.approval set user_id = 'x' where run_id = '${runId}'`,
    ]) await expect(world.service.query(change)).rejects.toMatchObject({ code: '42501' });
    await world.bankAccount(place.payeeId, fakeIban(world.newAccount()));
    expect(await codeOf(step(run, 'release'))).toBe('payee_bank_account_changed');
    await world.cancelRun(run);
  });

  it('by an approval of another run, or by one that is sent again', async () => {
    const one = await drafted();
    const key = world.newId();
    const first = await approve(one, BERT, { key });
    expect((await approve(one, BERT, { key })).body).toEqual(first.body);
    expect(await world.count('approval', `run_id = '${plain(one['runId'])}'`)).toBe(1);
    await world.cancelRun(one);
    const { body: again } = await anew();
    expect(await codeOf(approve(again, BERT, { sha256: one['sha256'] }))).toBe('file_hash_differs');
    expect((await approve(again, BERT, { key })).status).toBe(422);
    expect(await codeOf(step(again, 'release'))).toBe('run_not_approved');
    await world.cancelRun(again);
  });

  it('by two halves of a run: one takes all that is owed, and the other nothing', async () => {
    const run = await drafted();
    expect(await codeOf(anew())).toBe('nothing_to_pay');
    expect(await codeOf(world.post('settlement-runs', { body: { bankAccountId: shown('bankAccount', world.bankAccountId), payeeIds: [place.payeeId] } })))
      .toBe('request_malformed');
    await world.cancelRun(run);
  });

  it('by a release that nobody approved, or a file before it', async () => {
    const run = await drafted();
    for (const as of [ANNA, BERT, ZOE]) expect(await codeOf(step(run, 'release', { as }))).toBe('run_not_approved');
    expect(await codeOf(world.get(`settlement-runs/${String(run['runId'])}/file`))).toBe('run_not_released');
    await world.cancelRun(run);
  });
});

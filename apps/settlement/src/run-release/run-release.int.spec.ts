import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PaymentFileReleasedV1 } from '#libs/contracts';
import { fakeIban } from '#libs/testing';
import { ANNA, BERT, CLEO, plain, shown, SettlementWorld, ZOE, type Answer } from '../../../../test/builders/settlement-world.js';

let world: SettlementWorld;

beforeAll(async () => {
  world = await SettlementWorld.create();
});
afterAll(() => world.close());

type Run = Answer['body'];
const path = ({ runId }: Run, step: string) => `settlement-runs/${String(runId)}/${step}`;
const create = (as = ANNA, over: object = {}) => world.post('settlement-runs', { as, body: { bankAccountId: shown('bankAccount', world.bankAccountId), ...over } });
const approve = (run: Run, as = BERT, sha256 = run['sha256']) => world.post(path(run, 'approvals'), { as, body: { sha256 } });
const release = (run: Run, key?: string) => world.post(path(run, 'release'), { ...(key && { key }) });
const cancel = (run: Run) => world.post(path(run, 'cancellation'), { body: { reason: 'another one is made' } });
const code = async (answer: Promise<Answer>) => (await answer).body.code;
const releasedOf = async (run: Run) => (await world.emitted(PaymentFileReleasedV1)).filter(({ body }) => body.fileId === plain(run['runId'])).length;

/** A run of one new payee; what earlier tests left unpaid is paid with it, so amounts are not looked at. */
async function drafted(as = ANNA): Promise<Run & { payeeId: string }> {
  const { payeeId } = await world.owedPlace();
  await world.closeStatements();
  return { ...(await create(as)).body, payeeId };
}

/** The next transaction does its work and then loses its commit (`rolled_back`) or its answer (`answered_nobody`). */
function killOnce(when: 'rolled_back' | 'answered_nobody'): void {
  const transaction = world.work.transaction.bind(world.work);
  world.work.transaction = async (origin, work) => {
    world.work.transaction = transaction;
    const killed = () => { throw new Error('killed'); };
    if (when === 'rolled_back') return transaction(origin, async (tx) => { await work(tx); return killed(); });
    await transaction(origin, work);
    return killed();
  };
}

describe('a settlement run', () => {
  it('is approved by another person than its creator, over the bytes that it holds', async () => {
    const run = await drafted(ZOE);
    expect(await approve(run, ZOE)).toMatchObject({ status: 403, body: { code: 'approver_is_creator' } });
    expect(await code(approve(run, BERT, 'b'.repeat(64)))).toBe('file_hash_differs');
    expect((await approve(run)).body).toMatchObject({ state: 'approved', approvals: 1 });
    expect(await code(approve(run))).toBe('run_approved_by_you');
    await cancel(run);
  });

  it('is not approved by who entered an IBAN that it pays to', async () => {
    const place = await world.accredit();
    const { payeeId } = await world.done('payees', { placeId: shown('place', place.placeId), legalName: 'Commune', siren: place.siret.slice(0, 9) });
    await world.bankAccount(String(payeeId), fakeIban(world.newAccount()), { maker: ZOE, checker: CLEO });
    await world.redeem(place);
    await world.closeStatements();
    const { body: run } = await create(ANNA);
    expect(await approve(run, ZOE)).toMatchObject({ status: 403, body: { code: 'approver_changed_iban' } });
    await cancel(run);
  });

  it('is released only when it was approved, and once', async () => {
    const run = await drafted();
    expect(await code(release(run))).toBe('run_not_approved');
    await approve(run);
    const answers = await world.atOnce([1, 2, 3].map(() => () => release(run)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    expect(await code(release(run))).toBe('run_released');
    expect(await code(approve(run))).toBe('run_released');
    expect(await code(cancel(run))).toBe('run_released');
    expect(await releasedOf(run)).toBe(1);
  });

  it.each(['rolled_back', 'answered_nobody'] as const)('is released once though the process was killed between approval and answer (%s)', async (when) => {
    const run = await drafted();
    await approve(run);
    const before = await world.balanceOf('transit');
    const key = world.newId();
    killOnce(when);
    expect((await release(run, key)).status).toBe(500);
    expect((await release(run, key)).body).toMatchObject({ state: 'released' });
    expect(await releasedOf(run)).toBe(1);
    expect(await world.balanceOf('transit') - before).toBe(run['amountCents']);
    expect(await world.count('payment', `run_id = '${plain(run['runId'])}' and state = 'released'`)).toBe(run['paymentCount']);
  });

  it('gives the same bytes for ever, counts who took them, and no bytes before its release', async () => {
    const run = await drafted();
    const file = () => world.get(path(run, 'file'));
    expect(await code(file())).toBe('run_not_released');
    await approve(run);
    expect(await code(file())).toBe('run_not_released');
    await release(run);
    world.clock.set('2027-01-01T00:00:00Z');
    const [first, second] = [await file(), await file()];
    world.clock.set('2026-04-02T08:00:00Z');
    expect(first.text).toBe(second.text);
    expect(createHash('sha256').update(first.text).digest('hex')).toBe(run['sha256']);
    expect(first.headers).toMatchObject({ 'content-type': expect.stringContaining('application/xml'), 'content-disposition': `attachment; filename="${String(run['messageId'])}.xml"` });
    expect((await world.get(`settlement-runs/${String(run['runId'])}`)).body).toMatchObject({ state: 'released', downloads: 2, approvals: [{ userId: BERT.userId }] });
  });

  it('frees its statements when it is cancelled, and can then be nothing else', async () => {
    const run = await drafted();
    expect(await code(create())).toBe('nothing_to_pay');
    expect((await cancel(run)).body).toMatchObject({ state: 'cancelled' });
    for (const step of [approve(run), release(run), cancel(run)]) expect(await code(step)).toBe('run_cancelled');
    const { body: again } = await create();
    expect([again['paymentCount'], again['amountCents']]).toEqual([run['paymentCount'], run['amountCents']]);
    await cancel(again);
  });

  it('is cancelled for a reason, by a name that stays, and keeps who had approved it', async () => {
    const run = await drafted();
    await approve(run);
    const one = `settlement-runs/${String(run['runId'])}`;
    expect((await world.get(one)).body).toMatchObject({ state: 'approved', cancelReason: null, cancelledBy: null, cancelledAt: null });
    expect((await world.post(path(run, 'cancellation'))).status).toBe(400);
    expect((await world.post(path(run, 'cancellation'), { body: { reason: ' ' } })).status).toBe(400);
    expect((await world.post(path(run, 'cancellation'), { as: CLEO, body: { reason: 'twice the same month' } })).status).toBe(200);
    expect((await world.get(one)).body).toMatchObject({
      state: 'cancelled', cancelReason: 'twice the same month', cancelledBy: CLEO.userId, cancelledAt: '2026-04-02T08:00:00.000Z',
      approvals: [{ userId: BERT.userId }],
    });
  });

  it.each([['release', 'cancellation'], ['cancellation', 'release']] as const)(
    'that is both released and cancelled at one moment becomes what came first: %s before %s', async (first, second) => {
      const run = await drafted();
      await approve(run);
      const act = (step: 'release' | 'cancellation') => (step === 'release' ? release(run) : cancel(run));
      const transit = await world.balanceOf('transit');
      const [won, lost] = await world.inOrderBehindRun(plain(run['runId']), [() => act(first), () => act(second)]) as [Answer, Answer];
      const state = first === 'release' ? 'released' : 'cancelled';
      expect([won.status, won.body['state'], lost.status, lost.body.code]).toEqual([200, state, 409, `run_${state}`]);
      expect(await world.count('payment', `run_id = '${plain(run['runId'])}' and state <> '${state}'`)).toBe(0);
      expect(await world.count('run_cancellation', `run_id = '${plain(run['runId'])}'`)).toBe(state === 'cancelled' ? 1 : 0);
      expect([await releasedOf(run), await world.balanceOf('transit') - transit]).toEqual(state === 'released' ? [1, run['amountCents']] : [0, 0]);
    });

  it('takes a statement once, though two runs are made at the same moment', async () => {
    const { payeeId } = await world.owedPlace();
    await world.closeStatements();
    const answers = await world.atOnce(Array.from({ length: 4 }, () => () => create()));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
    expect(await world.count('payment', `payee_id = '${plain(payeeId)}' and live`)).toBe(1);
    await cancel(answers.find(({ status }) => status === 201)!.body);
  });

  it('is not released to an account that changed since it was made', async () => {
    const run = await drafted();
    await approve(run);
    await world.bankAccount(run.payeeId, fakeIban(world.newAccount()), { maker: ANNA, checker: CLEO });
    expect(await release(run)).toMatchObject({ status: 409, body: { code: 'payee_bank_account_changed', details: { payments: 1, payeeId: plain(run.payeeId) } } });
    await cancel(run);
    const { body: again } = await create();
    await approve(again);
    expect((await release(again)).status).toBe(200);
  });

  it('never pays to an account that nobody approved', async () => {
    const { payeeId, siret } = await world.owedPlace();
    await world.closeStatements();
    const unapproved = fakeIban(world.newAccount());
    await world.done(`payees/${payeeId}/bank-accounts`, { iban: unapproved, holder: 'COMMUNE' });
    const text = await world.released((await create()).body);
    expect(text).not.toContain(unapproved);
    expect(siret).toMatch(/^\d{14}$/);
  });

  it('leaves out whom it cannot pay, by name and reason', async () => {
    const place = await world.accredit();
    await world.redeem(place);
    const paid = await drafted();
    expect(paid['leftOut']).toMatchObject([{ amountCents: 966, reason: 'payee_incomplete' }]);
    await cancel(paid);
  });

  it('needs an account of ours, and a day that is not past', async () => {
    expect(await code(world.post('settlement-runs', { body: { bankAccountId: shown('bankAccount', world.newId()) } }))).toBe('bank_account_unknown');
    expect(await code(create(ANNA, { executionOn: '2026-04-01' }))).toBe('execution_day_past');
    for (const step of ['approvals', 'release', 'cancellation'] as const) {
      const body = { approvals: { sha256: 'a'.repeat(64) }, release: {}, cancellation: { reason: 'none' } }[step];
      expect(await code(world.post(path({ runId: shown('settlementRun', world.newId()) }, step), { as: step === 'approvals' ? BERT : ANNA, body }))).toBe('run_unknown');
    }
    expect(await code(world.get(`settlement-runs/${shown('settlementRun', world.newId())}`))).toBe('run_unknown');
    expect(await code(world.get(path({ runId: shown('settlementRun', world.newId()) }, 'file')))).toBe('run_unknown');
  });

  it('is approved by approvers only', async () => {
    const run = await drafted();
    expect((await approve(run, CLEO)).status).toBe(403);
    await cancel(run);
  });
});

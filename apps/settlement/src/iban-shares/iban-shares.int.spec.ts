import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fakeIban } from '#libs/testing';
import { ANNA, AUDITOR, BERT, CLEO, plain, SettlementWorld, shown, ZOE, type Answer } from '../../../../test/builders/settlement-world.js';

let world: SettlementWorld;

beforeAll(async () => {
  world = await SettlementWorld.create();
});
afterAll(() => world.close());

const REASON = 'the town hall keeps the account of its association';
const newPayee = async () => {
  const place = await world.accredit();
  const { payeeId } = await world.done('payees', { placeId: shown('place', place.placeId), legalName: 'Commune', siren: place.siret.slice(0, 9) });
  return { ...place, payeeId: String(payeeId) };
};
const share = (payeeId: string, iban: string, as = ANNA, reason = REASON) => world.post(`payees/${payeeId}/iban-shares`, { as, body: { iban, reason } });
const approve = ({ body }: Answer, as = BERT) => world.post(`iban-shares/${String(body['shareId'])}/approvals`, { as });
const withdraw = ({ body }: Answer, as = ANNA) => world.post(`iban-shares/${String(body['shareId'])}/withdrawal`, { as });
const code = async (answer: Promise<Answer>) => (await answer).body.code;
const enter = (payeeId: string, iban: string) => world.post(`payees/${payeeId}/bank-accounts`, { body: { iban, holder: 'COMMUNE' } });

/** A payee that has an IBAN, and another one that is to have it too. */
async function two() {
  const [townHall, association] = [await newPayee(), await newPayee()];
  const iban = fakeIban(world.newAccount());
  await world.bankAccount(townHall.payeeId, iban);
  return { townHall, association, iban };
}

describe('two payees on one IBAN', () => {
  it('are paid there once two people decided it, each payee in a payment of its own', async () => {
    const { townHall, association, iban } = await two();
    expect(await code(enter(association.payeeId, iban))).toBe('iban_taken');
    const proposed = await share(association.payeeId, iban);
    expect(await code(enter(association.payeeId, iban))).toBe('iban_taken');
    expect(await approve(proposed, CLEO)).toMatchObject({ status: 403 });
    expect((await approve(proposed)).status).toBe(201);
    expect(await code(approve(proposed))).toBe('iban_share_approved');
    await world.bankAccount(association.payeeId, iban);
    await world.redeem(townHall);
    await world.redeem(association);
    await world.closeStatements();
    const run = await world.createRun();
    expect(run['paymentCount']).toBe(2);
    await world.cancelRun(run);
    const { body } = await world.get('iban-shares', AUDITOR);
    expect(body['items']).toMatchObject([{
      payeeId: association.payeeId, reason: REASON, proposedBy: ANNA.userId, approvedBy: BERT.userId,
      holders: [townHall.payeeId, association.payeeId].sort(),
    }]);
    expect(JSON.stringify(body)).not.toContain(iban);
  });

  it('are not decided by one person, twice, or where nobody else has the IBAN', async () => {
    const { townHall, association, iban } = await two();
    expect(await code(share(association.payeeId, fakeIban(world.newAccount())))).toBe('iban_not_taken');
    expect(await code(share(townHall.payeeId, iban))).toBe('iban_not_taken');
    expect(await code(share(shown('payee', world.newId()), iban))).toBe('payee_unknown');
    expect((await share(association.payeeId, iban, ANNA, ' ')).status).toBe(400);
    const proposed = await share(association.payeeId, iban, ZOE);
    expect(await code(approve(proposed, ZOE))).toBe('approver_proposed_share');
    expect(await code(share(association.payeeId, iban))).toBe('iban_share_exists');
    expect(await code(world.post(`iban-shares/${shown('ibanShare', world.newId())}/approvals`, { as: BERT }))).toBe('iban_share_unknown');
  });

  it('share nothing by a proposal that was withdrawn, by anybody, until it is proposed again', async () => {
    const { association, iban } = await two();
    const first = await share(association.payeeId, iban);
    expect((await withdraw(first, AUDITOR)).status).toBe(403);
    expect((await withdraw(first, BERT)).status).toBe(200);
    expect([await code(withdraw(first)), await code(approve(first))]).toEqual(['iban_share_withdrawn', 'iban_share_withdrawn']);
    expect(await code(withdraw({ ...first, body: { shareId: shown('ibanShare', world.newId()) } }))).toBe('iban_share_unknown');
    const second = await share(association.payeeId, iban);
    expect((await withdraw(second)).status).toBe(200);
    const third = await share(association.payeeId, iban, ZOE);
    expect(await code(share(association.payeeId, iban))).toBe('iban_share_exists');
    expect((await approve(third)).status).toBe(201);
    expect(await code(withdraw(third))).toBe('iban_share_approved');
    await world.bankAccount(association.payeeId, iban);
    const { body } = await world.get('iban-shares');
    expect((body['items'] as object[]).slice(0, 3)).toMatchObject([
      { approvedBy: BERT.userId, withdrawnBy: null }, { approvedBy: null, withdrawnBy: ANNA.userId },
      { approvedBy: null, withdrawnBy: BERT.userId },
    ]);
    const database = (sql: string, values: unknown[]) => world.service.query(sql, values);
    const withdrawn = 'insert into settlement.iban_share_withdrawal values ($1, $2, now())';
    await expect(database(withdrawn, [plain(third.body['shareId']), ANNA.userId])).rejects.toThrow('was approved');
    await expect(database('insert into settlement.iban_share_approval values ($1, $2, now())', [plain(second.body['shareId']), BERT.userId])).rejects.toThrow('was withdrawn');
    await expect(database(`insert into settlement.iban_share values ($1, $2, $3, 'why', 'x', now(), 4)`, [world.newId(), plain(association.payeeId), iban]))
      .rejects.toThrow('proposed already');
  });

  it('are approved once or withdrawn once, however many ask at once', async () => {
    const { association, iban } = await two();
    const proposed = await share(association.payeeId, iban);
    const answers = await world.atOnce([() => approve(proposed), () => withdraw(proposed), () => withdraw(proposed, ZOE)]);
    expect(answers.filter(({ status }) => status < 300)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(2);
    // Whoever comes around the code waits for the other one too.
    const fresh = plain((await share((await two()).association.payeeId, iban)).body['shareId']);
    for (const fact of ['approval', 'withdrawal']) {
      await world.service.query('begin');
      await world.service.query(`insert into settlement.iban_share_${fact} values ($1, $2, now())`, [fresh, BERT.userId]);
      const { rows } = await world.admin.query(`select pg_try_advisory_xact_lock(hashtextextended($1, 0)) as free`, [`settlement:iban share ${fresh}`]);
      await world.service.query('rollback');
      expect([fact, rows]).toEqual([fact, [{ free: false }]]);
    }
  });

  it('are paid by a run that neither who proposed the share nor who approved it lets go first', async () => {
    const { association, iban } = await two();
    const [proposer, approver] = [{ ...ZOE, userId: randomUUID() }, { ...ZOE, userId: randomUUID() }];
    await approve(await share(association.payeeId, iban, proposer), approver);
    await world.bankAccount(association.payeeId, iban);
    const attempt = async (as: typeof ZOE) => {
      const run = await world.createRun();
      return { run, answer: await world.post(`settlement-runs/${String(run['runId'])}/approvals`, { as, body: { sha256: run['sha256'] } }) };
    };
    const cancel = (run: Answer['body']) => world.cancelRun(run);
    await world.redeem(association);
    await world.closeStatements();
    for (const as of [proposer, approver]) {
      const { run, answer } = await attempt(as);
      expect(answer.body.code).toBe('approver_changed_iban');
      await expect(world.service.query('insert into settlement.approval (run_id, user_id, sha256, at) values ($1, $2, $3, now())',
        [plain(run['runId']), as.userId, run['sha256']])).rejects.toThrow('who changed a bank account');
      await cancel(run);
    }
    const first = await attempt({ ...BERT, userId: randomUUID() });
    await world.done(`settlement-runs/${String(first.run['runId'])}/release`);
    await world.redeem(association);
    await world.closeStatements();
    const later = await attempt(proposer);
    expect(later.answer.body.code).toBe('approver_changed_iban');
    await cancel(later.run);
    const { run, answer } = await attempt(approver);
    expect(answer.status).toBe(201);
    await cancel(run);
  });

  it('share nothing with a third, by the database too', async () => {
    const { association, iban } = await two();
    const third = await newPayee();
    await approve(await share(association.payeeId, iban));
    await world.bankAccount(association.payeeId, iban);
    expect(await code(enter(third.payeeId, iban))).toBe('iban_taken');
    const hold = (shareId: string | null) => world.service.query('insert into settlement.iban_holder values ($1, $2, $3)', [iban, plain(third.payeeId), shareId]);
    await expect(hold(null)).rejects.toMatchObject({ constraint: 'one_holder_unless_shared' });
    const [other] = await world.rows<{ id: string }>('select id from settlement.iban_share where payee_id = $1', [plain(association.payeeId)]);
    await expect(hold(other!.id)).rejects.toMatchObject({ constraint: 'held_by_its_own_share' });
    const pending = await share(third.payeeId, iban);
    await expect(hold(plain(pending.body['shareId']))).rejects.toThrow('approved by nobody');
    await expect(world.service.query('insert into settlement.iban_share_approval values ($1, $2, now())', [plain(pending.body['shareId']), ANNA.userId]))
      .rejects.toThrow('who proposed it');
  });
});

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
    await world.done(`settlement-runs/${String(run['runId'])}/cancellation`);
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

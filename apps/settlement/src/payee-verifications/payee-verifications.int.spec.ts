import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fakeIban } from '#libs/testing';
import { ANNA, BERT, CLEO, plain, SettlementWorld, shown, ZOE } from '../../../../test/builders/settlement-world.js';

let world: SettlementWorld;

beforeAll(async () => {
  world = await SettlementWorld.create({ coolingOffHours: 72 });
});
afterAll(() => world.close());

type Told = Readonly<{ iban: string; name?: string; code?: string; text?: string; at?: string }>;
const answer = ({ iban, name = 'COMMUNE', code = 'RCVC', text, at = '2026-04-02T07:00:00Z' }: Told) => `<?xml version="1.0" encoding="UTF-8"?>
  <Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"><CstmrPmtStsRpt><GrpHdr><MsgId>V1</MsgId><CreDtTm>${at}</CreDtTm></GrpHdr>
  <OrgnlGrpInfAndSts><OrgnlMsgId>M1</OrgnlMsgId><OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId><GrpSts>RVCM</GrpSts></OrgnlGrpInfAndSts>
  <OrgnlPmtInfAndSts><OrgnlPmtInfId>P1</OrgnlPmtInfId><TxInfAndSts><OrgnlEndToEndId>NOTPROVIDED</OrgnlEndToEndId><TxSts>${code}</TxSts>
  ${text ? `<StsRsnInf><AddtlInf>${text}</AddtlInf></StsRsnInf>` : ''}
  <OrgnlTxRef><Cdtr><Pty><Nm>${name}</Nm></Pty></Cdtr><CdtrAcct><Id><IBAN>${iban}</IBAN></Id></CdtrAcct></OrgnlTxRef></TxInfAndSts></OrgnlPmtInfAndSts>
  </CstmrPmtStsRpt></Document>`;
/** Brought by another person than Anna, who enters the accounts. */
const told = (about: Told, as = ZOE) => world.post('payee-verifications', { as, body: answer(about), type: 'application/xml' });

async function proposed(iban = fakeIban(world.newAccount()), of?: string, as = ANNA) {
  const place = of ? undefined : await world.accredit();
  const payeeId = of ?? String((await world.done('payees', { placeId: shown('place', place!.placeId), legalName: 'Commune', siren: place!.siret.slice(0, 9) }))['payeeId']);
  const { bankAccountId } = await world.done(`payees/${payeeId}/bank-accounts`, { iban, holder: 'COMMUNE' }, as);
  return { payeeId, iban, bankAccountId: String(bankAccountId) };
}
const approve = (bankAccountId: string, reason?: string) =>
  world.post(`payee-bank-accounts/${bankAccountId}/approvals`, { as: CLEO, body: reason === undefined ? {} : { reason } });
const versions = async (payeeId: string) => (await world.get(`payees/${payeeId}/bank-accounts`, CLEO)).body['items'] as Record<string, unknown>[];

describe('what the bank says of a holder', () => {
  it('is shown to the checker and lets the account be approved', async () => {
    const { payeeId, iban, bankAccountId } = await proposed();
    expect(await approve(bankAccountId)).toMatchObject({ status: 409, body: { code: 'payee_not_verified', details: { verification: 'missing' } } });
    expect((await told({ iban, code: 'RVMC', text: 'COMMUNE DE LYON' })).body).toEqual({
      known: false, answers: { match: 0, close_match: 1, no_match: 0, not_possible: 0 }, strangers: 0,
    });
    expect((await versions(payeeId))[0]).toMatchObject({ state: 'proposed', verification: { outcome: 'close_match', bankText: 'COMMUNE DE LYON', answeredAt: '2026-04-02T07:00:00.000Z', importedBy: ZOE.userId } });
    expect((await approve(bankAccountId)).status).toBe(201);
    expect((await versions(payeeId))[0]).toMatchObject({ state: 'approved', approvalReason: null });
  });

  it('stops an approval that states no reason, and keeps the reason of one that does', async () => {
    const { payeeId, iban, bankAccountId } = await proposed();
    await told({ iban, code: 'RVNM' });
    expect(await approve(bankAccountId)).toMatchObject({ body: { code: 'payee_not_verified', details: { verification: 'no_match' } } });
    expect((await approve(bankAccountId, ' ')).status).toBe(400);
    expect((await approve(bankAccountId, 'RIB signed by the treasurer')).status).toBe(201);
    expect((await versions(payeeId))[0]).toMatchObject({ approvalReason: 'RIB signed by the treasurer', verification: { outcome: 'no_match' } });
  });

  it('confirms nothing when who stands behind the account brought it, by the database too', async () => {
    const { payeeId, iban, bankAccountId } = await proposed();
    await told({ iban }, ANNA);
    expect(await approve(bankAccountId)).toMatchObject({
      status: 409, body: { code: 'payee_not_verified', details: { verification: 'match', importedBy: ANNA.userId } },
    });
    await expect(world.service.query(`update settlement.payee_bank_account set checker = $1, approved_at = now() where id = $2`, [CLEO.userId, plain(bankAccountId)]))
      .rejects.toThrow('not confirmed by the bank');
    expect((await versions(payeeId))[0]).toMatchObject({ maker: ANNA.userId, verification: { outcome: 'match', importedBy: ANNA.userId } });
    // Entered again by somebody else, it is Anna's IBAN still.
    const again = await proposed(iban, payeeId, { ...ZOE, userId: randomUUID() });
    await told({ iban, at: '2026-04-02T07:10:00Z' }, ANNA);
    expect(await approve(again.bankAccountId)).toMatchObject({ body: { details: { verification: 'match', importedBy: ANNA.userId } } });
    await told({ iban, at: '2026-04-02T07:20:00Z' });
    expect((await approve(again.bankAccountId)).status).toBe(201);
  });

  it('counts by its latest answer, whatever the order in which they came', async () => {
    const { iban, bankAccountId } = await proposed();
    await told({ iban, code: 'RVNM', at: '2026-04-02T09:00:00+01:00' });
    await told({ iban, code: 'RCVC', at: '2026-04-02T07:30:00Z' });
    expect(await approve(bankAccountId)).toMatchObject({ body: { code: 'payee_not_verified', details: { verification: 'no_match' } } });
  });

  it('is none of a day to come, which no later answer would ever replace', async () => {
    const { iban, bankAccountId } = await proposed();
    for (const at of ['2099-01-01T00:00:00Z', '0000-01-01T00:00:00Z']) {
      expect(await told({ iban, at })).toMatchObject({ status: 422, body: { code: 'bank_file_field_wrong', details: { field: 'GrpHdr/CreDtTm' } } });
    }
    await told({ iban, code: 'RVNM' });
    expect(await approve(bankAccountId)).toMatchObject({ body: { code: 'payee_not_verified', details: { verification: 'no_match' } } });
  });

  it('says nothing of a corrected account, of another holder, or a second time', async () => {
    const { payeeId, iban } = await proposed();
    expect((await told({ iban })).body).toMatchObject({ known: false });
    expect((await told({ iban })).body).toMatchObject({ known: true });
    expect((await told({ iban, name: 'SOMEBODY ELSE' })).body).toMatchObject({ strangers: 1 });
    const later = await proposed(fakeIban(world.newAccount()), payeeId);
    expect(await approve(later.bankAccountId)).toMatchObject({ body: { details: { verification: 'missing' } } });
  });

  it('is imported by the operator, from a report that answers a verification', async () => {
    const { iban } = await proposed();
    expect((await told({ iban }, BERT)).status).toBe(403);
    expect(await told({ iban, code: 'ACSP' })).toMatchObject({ status: 422, body: { code: 'bank_file_not_verification' } });
    expect((await world.post('payee-verifications', { body: 'no file', type: 'application/xml' })).body.code).toMatch(/^bank_file/);
  });
});

describe('the accounts of a payee', () => {
  it('follow each other without a gap or an overlap, and a changed one is paid to after three days', async () => {
    const place = await world.owedPlace();
    await world.closeStatements();
    const second = await proposed(undefined, place.payeeId);
    expect((await approve(second.bankAccountId, 'seen')).status).toBe(201);
    const [now, before] = await versions(place.payeeId) as [Record<string, unknown>, Record<string, unknown>];
    expect([now['state'], before['state'], before['replacedAt'] === now['approvedAt']]).toEqual(['approved', 'replaced', true]);
    const body = { bankAccountId: shown('bankAccount', world.bankAccountId) };
    expect((await world.post('settlement-runs', { body })).body).toMatchObject({ code: 'nothing_to_pay' });
    const again = await proposed(second.iban, place.payeeId);
    world.clock.set('2026-04-04T08:00:00Z');
    expect((await approve(again.bankAccountId, 'seen')).status).toBe(201);
    world.clock.set('2026-04-05T07:59:59Z');
    expect((await world.post('settlement-runs', { body })).body).toMatchObject({ code: 'nothing_to_pay' });
    world.clock.set('2026-04-05T08:00:00Z');
    expect((await world.post('settlement-runs', { body })).body).toMatchObject({ paymentCount: 1 });
    world.clock.set('2026-04-02T08:00:00Z');
  });
});

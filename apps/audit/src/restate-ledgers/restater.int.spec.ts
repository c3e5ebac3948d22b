// The ledgers made again from sealed events, on a real database: in which order events come and when the process ends changes nothing.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  BatchCreatedV1, ContradictoryStatementSignedV1, LedgerPostedV1, PaymentSucceededV1, RangeActivatedV1, VoucherExpiredChunkV1,
  VoucherRedeemedV1, type Contract,
} from '#libs/contracts';
import { AuditWorld, OPERATOR, person, type Said } from '../../../../test/builders/audit-world.js';
import { Restater } from './restater.js';

const CUSTODY = '01900000-0000-7000-8000-0000000000aa';
const { batchId, programmeId } = BatchCreatedV1.sample;
const said = (contract: Contract, over: object = {}): Said => ({ type: contract.type, body: { ...(contract.sample as object), ...over } });

const APPROVER = person({ roles: ['approver'] });
const APPROVING_OPERATOR = person({ roles: ['operator', 'approver'] });
const ask = async (as = OPERATOR): Promise<string> =>
  String((await world.post('restatements', as, world.newId(), { reason: 'a new version of what an event moves' })).body['restatementId']);
const approve = (restatementId: string, as = APPROVER) => world.post(`restatements/${restatementId}/approvals`, as, world.newId());

let world: AuditWorld;
let restater: Restater;
beforeAll(async () => {
  world = await AuditWorld.create();
  restater = new Restater(world.work);
});
afterAll(() => world.close());

const positions = async () => Object.fromEntries((await world.admin.query<{ sender: string; seq: number }>(
  'select sender, up_to_seq::int as seq from audit.restated_position')).rows.map(({ sender, seq }) => [sender, seq]));
const restated = async () => (await world.admin.query(
  'select sender, seq::int, ledger, rule, debit, credit, amount::int, programme from audit.restated_transfer order by sender, seq, line')).rows;

describe('an event', () => {
  it('is restated when it is sealed, and once its batch is known, whoever tells it first', async () => {
    await world.take('redemption', [said(VoucherRedeemedV1), said(VoucherExpiredChunkV1)]);
    expect(await restater.restateSealed()).toBe(0);
    await world.seal();
    await restater.restateSealed();
    // The redemption names its programme; what expired names its batch alone, which issuance has not told yet.
    expect(await positions()).toEqual({ redemption: 1 });
    await world.take('issuance', [said(BatchCreatedV1), said(RangeActivatedV1, { custodyAccountId: CUSTODY })]);
    await world.seal();
    await restater.restateSealed();
    expect(await positions()).toEqual({ issuance: 2, redemption: 2 });
    expect(await restated()).toEqual([
      { sender: 'issuance', seq: 2, ledger: 'issuance', rule: '6', debit: 'prefund', credit: 'clearing:redemption', amount: 10_000, programme: programmeId },
      { sender: 'issuance', seq: 2, ledger: 'redemption', rule: '6', debit: 'clearing:issuance', credit: 'outstanding', amount: 10_000, programme: programmeId },
      { sender: 'redemption', seq: 1, ledger: 'redemption', rule: '7', debit: 'outstanding', credit: 'clearing:settlement', amount: 1_000, programme: programmeId },
      { sender: 'redemption', seq: 1, ledger: 'settlement', rule: '7', debit: 'clearing:redemption', credit: 'accrued', amount: 1_000, programme: '' },
      { sender: 'redemption', seq: 2, ledger: 'redemption', rule: '22', debit: 'outstanding', credit: 'clearing:issuance', amount: 8_000, programme: programmeId },
      { sender: 'redemption', seq: 2, ledger: 'issuance', rule: '22', debit: 'clearing:redemption', credit: 'expired', amount: 8_000, programme: programmeId },
    ]);
  });

  it('of an order, or with its accounts in full, is of the programme that they name', async () => {
    const [prefund, payer] = [`prefund:${batchId}:${CUSTODY}`, `refund_due:${CUSTODY}`];
    await world.take('issuance', [
      said(ContradictoryStatementSignedV1), said(PaymentSucceededV1, { programmeId: batchId }),
      said(LedgerPostedV1, { postingRule: '25', custodyAccountId: CUSTODY, transfers: [{ line: 0, debit: prefund, credit: payer, amountCents: 7, currency: 'EUR', reverses: null }] }),
    ]);
    await world.seal();
    await restater.restateSealed();
    const programmes = (await restated()).filter(({ sender, seq }) => sender === 'issuance' && seq > 2).map(({ seq, debit, programme }) => [seq, debit, programme]);
    expect(programmes).toEqual([
      [3, 'expired', programmeId], [3, 'clearing:issuance', ''], [4, 'clearing:settlement', batchId], [4, 'psp', ''], [5, 'prefund', batchId],
    ]);
  });

  it('is restated once, however many try at the same moment, and the same again from the first one', async () => {
    const before = await restated();
    await world.take('redemption', [1, 2, 3].map((count) => said(VoucherRedeemedV1, { redemptionId: world.newId(), amountCents: count })));
    await world.seal();
    await Promise.all([1, 2, 3, 4].map(() => restater.restateSealed()));
    expect(await restated()).toHaveLength(before.length + 6);
    const all = await restated();
    const restatementId = await ask();
    expect(await restated()).toEqual(all);
    expect((await approve(restatementId)).status).toBe(201);
    expect(await restated()).toEqual([]);
    await restater.restateSealed();
    expect(await restated()).toEqual(all);
  });
});

describe('a restatement', () => {
  it('begins once, when another person than who asked approves it with a fresh code, and both are kept', async () => {
    const restatementId = await ask(APPROVING_OPERATOR);
    expect((await approve(restatementId, APPROVING_OPERATOR)).body.code).toBe('restatement_approver_asked');
    expect((await approve(restatementId, person({ roles: ['approver'], secondFactorTime: 0 }))).body.code).toBe('second_factor_stale');
    expect((await approve(restatementId, OPERATOR)).body.code).toBe('role_missing');
    expect((await approve(`rst_${world.newId()}`)).body.code).toBe('restatement_not_found');
    const both = await Promise.all([1, 2].map(() => approve(restatementId)));
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect((await approve(restatementId)).body.code).toBe('restatement_approved');
    const { items } = (await world.get(`restatements?restatementId=${restatementId}`)).body as { items: object[] };
    expect(items).toEqual([{
      restatementId, reason: 'a new version of what an event moves', askedBy: APPROVING_OPERATOR.userId, askedAt: expect.any(String), approvedBy: APPROVER.userId,
      approvedAt: expect.any(String), passedCount: expect.any(Number), eventCount: expect.any(Number),
    }]);
    expect((items[0] as { passedCount: number }).passedCount).toBeLessThan((items[0] as { eventCount: number }).eventCount);
    expect((await world.post('restatements', OPERATOR, world.newId(), {})).status).toBe(400);
    await restater.restateSealed();
  });

  it('is approved by nobody who asked for it, whatever wrote the row', async () => {
    const id = (await ask()).slice(4);
    await expect(world.work.client.$executeRawUnsafe(`insert into audit.restatement_approval select id, 1000, asked_by, now() from audit.restatement where id = '${id}'`))
      .rejects.toThrow('does not approve it');
  });
});

describe('a long log', () => {
  const COUNT = process.env['MEREAU_SIZES'] === 'full' ? 100_000 : 4_000;

  it(`is restated in one go, ${COUNT} redemptions`, async () => {
    const body = JSON.stringify(VoucherRedeemedV1.sample);
    await world.tamper(`
      insert into audit.event (sender, seq, id, type, subject, occurred_at, actor, causation_id, correlation_id, body)
      select 'redemption', 5 + n, gen_random_uuid(), 'voucher.redeemed.v1', 'voucher:' || n, now(), '{"kind":"place","id":"x"}', null, 'req-' || n, '${body}'::jsonb
      from generate_series(1, ${COUNT}) n;
      insert into audit.sealed_stretch (first_index, sender, first_seq, count, hashes)
      select 100000, 'redemption', 6, count(*), string_agg(sha256(n::text::bytea), '') from generate_series(1, ${COUNT}) n`);
    const began = performance.now();
    expect(await restater.restateSealed()).toBe(COUNT);
    const seconds = (performance.now() - began) / 1000;
    const { rows: [size] } = await world.admin.query<{ bytes: string }>(`select pg_total_relation_size('audit.restated_transfer') as bytes`);
    process.stdout.write(`restated ${COUNT} redemptions in ${seconds.toFixed(1)} s, ${(Number(size!.bytes) / COUNT).toFixed(0)} bytes each\n`);
    expect((await world.get('consolidation')).body).toMatchObject({ custodyAccounts: [{ clearingCents: 0 }] });
  }, 300_000);
});

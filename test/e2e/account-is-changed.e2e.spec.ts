// The account that a place is paid to is entered and then changed, and the place leaves before a charge begins, through the queues of all
// services in one process. Goal: the people of the place have each step in their mail, once, before they would miss the money; audit has it
// too; and who leaves is charged nothing.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { uuidv7 } from 'uuidv7';
import { fakeIban } from '#libs/testing';
import { insertToldMember } from '../builders/told-member.js';
import { OneProcess, type Voucher } from './one-process.js';

let scheme: OneProcess;
let admin: pg.Client;
beforeAll(async () => {
  scheme = await OneProcess.open({ start: '2026-04-02T08:00:00.000Z', usableUntil: '2026-12-31', claimableUntil: '2027-01-31' });
  admin = new pg.Client({ connectionString: scheme.database.adminUrl });
  await admin.connect();
}, 120_000);
afterAll(async () => {
  await admin?.end();
  await scheme?.close();
}, 60_000);

const ADDRESS = 'manager@place.example';
const subjects = () => scheme.mailsTo(ADDRESS).map((source) => /^Subject: (.*)\r$/m.exec(source)?.[1]).sort();

/** Who manages the place, reads English, and has declined whatever can be declined. */
async function hireManager(placeId: string): Promise<void> {
  const [userId, organisationId] = [uuidv7(), uuidv7()];
  await admin.query(`insert into identity."user" (id, name, email) values ($1, 'A person', $2)`, [userId, ADDRESS]);
  await admin.query(`insert into identity.organisation (id, kind, name, party_id, created_by) values ($1, 'place', 'A place', $2, 'test')`, [organisationId, placeId]);
  await insertToldMember(admin, { organisationId, userId, kind: 'place' }, ['manager']);
  await admin.query(`insert into identity.notice_choice values ($1, 'en', false, now())`, [userId]);
}

describe('the account that a place is paid to', () => {
  it('is entered and changed before the eyes of its people, without a number of it leaving settlement', async () => {
    const { people } = scheme;
    const placeId = people.till.partyId!;
    await hireManager(placeId);
    await scheme.quiet();
    const { payeeId } = await scheme.post<{ payeeId: string }>('/settlement/payees', { placeId: `plc_${placeId}`, legalName: 'Library', siren: '552081317' });
    const ibans = [fakeIban(70), fakeIban(71)];
    const propose = (iban: string) => scheme.post<{ bankAccountId: string }>(`/settlement/payees/${payeeId}/bank-accounts`, { iban, holder: 'LIBRARY' });
    const approve = ({ bankAccountId }: { bankAccountId: string }) =>
      scheme.post(`/settlement/payee-bank-accounts/${bankAccountId}/approvals`, { reason: 'compared with the RIB' }, people.cleo);
    await approve(await propose(ibans[0]!));
    await scheme.quiet();
    expect(subjects()).toEqual(['Library: bank account registered']);
    const changed = await propose(ibans[1]!);
    await scheme.quiet();
    expect(subjects()).toEqual(['Library: a change of bank account was asked for', 'Library: bank account registered']);
    await approve(changed);
    await scheme.quiet();
    expect(subjects()).toEqual(['Library: a change of bank account was asked for', 'Library: bank account changed', 'Library: bank account registered']);

    const { rows } = await admin.query<{ step: string; text: string }>(
      `select body ->> 'step' as step, body::text as text from audit.event where type = 'payee.bank_changed.v1' order by seq`);
    expect(rows.map(({ step }) => step)).toEqual(['approved', 'proposed', 'approved']);
    for (const iban of ibans) expect(JSON.stringify([rows, scheme.mailsTo(ADDRESS)])).not.toContain(iban.slice(-8));
  });
});

describe('a place that does not agree with what a year will cost', () => {
  it('reads the way out in its mail, leaves by itself, is taken its vouchers until the evening before, and charged nothing', async () => {
    const { people, programmeId } = scheme;
    const staying = await scheme.place('Association', '35600000000048');
    await scheme.quiet();
    await scheme.post('/settlement/payees', { placeId: `plc_${staying.partyId!}`, legalName: 'Association', siren: '356000000' });
    await scheme.post('/settlement/place-charge-rules', { from: '2026-05-04', amountCents: 7_700, vatBasisPoints: 2_000, bankAccountId: scheme.bankAccountId });
    await scheme.quiet();
    const mail = scheme.mailsTo(ADDRESS).find((source) => /^Subject: A yearly charge from/m.test(source))!;
    expect(mail.replaceAll('=\r\n', '').replaceAll(/\s+/g, ' ')).toContain('free of charge and by yourself');
    const manager = { ...people.till, roles: ['manager'] as const };
    const standings = async () => (await scheme.list<{ standing: string }>('/settlement/departure-charges?from=2026-05-04&saidOn=2026-04-02', manager)).map(({ standing }) => standing);
    expect(await standings()).toEqual(['not_owed']);
    const order = await scheme.orderOf('refund', 2, [{ payerId: scheme.council, basisPoints: 10_000 }]);
    await scheme.post('/redemption/departures', { programmeId, from: '2026-05-04', reason: 'Too dear.' }, manager);
    const redeem = async (at: number, instant: string) => {
      scheme.clock.set(instant);
      const body = { code: (order.vouchers[at] as Voucher).code, serviceDate: instant.slice(0, 10) };
      const answer = await scheme.call(people.till, 'POST', '/redemption/redemptions', body);
      return answer.body['code'] ?? answer.status;
    };
    expect([await redeem(0, '2026-05-03T12:00:00.000Z'), await redeem(1, '2026-05-04T12:00:00.000Z')]).toEqual([201, 'place_left']);
    await scheme.quiet();
    const { rows } = await admin.query<{ place: string }>('select s.place_id as place from settlement.place_charge c join settlement.payee_site s using (payee_id)');
    expect(rows).toEqual([{ place: staying.partyId }]);
  }, 240_000);
});

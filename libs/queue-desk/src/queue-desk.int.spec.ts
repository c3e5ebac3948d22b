// The operator's routes of messages, on settlement: who may ask, what is refused, what leaves, and what the database keeps by itself.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ANNA, AUDITOR, BERT, managerOf, plain, SettlementWorld, shown } from '../../../test/builders/settlement-world.js';

let world: SettlementWorld;
beforeAll(async () => { world = await SettlementWorld.create(); });
afterAll(() => world.close());
beforeEach(() => world.admin.query(`truncate settlement.dead_letter, settlement.dead_letter_replay, settlement.inbox_try, settlement.outbox`));

const REASON = 'Error: Jeanne Martin, FR7630006000011234567890189, is missing';
async function bury({ reason = REASON, seq = 1, failedAt = '2026-04-01T09:00:00Z', sender = 'redemption' } = {}): Promise<string> {
  const id = randomUUID();
  await world.service.query(`insert into settlement.dead_letter (id, sender, seq, type, message, reason, failed_at) values ($1, $2, $3, 'voucher.redeemed.v1', '{"body":{"name":"Jeanne Martin"}}', $4, $5)`,
    [id, sender, seq, reason, failedAt]);
  return shown('deadLetter', id);
}
const replay = (id: string, as = ANNA, body: object = { note: 'The place was taken from the copy' }) => world.post(`dead-letters/${id}/replays`, { as, body });
const letters = async (query = '') => (await world.get(`dead-letters${query}`, ANNA)).body['items'] as Record<string, unknown>[];

describe('the queues', () => {
  it('tell how much waits and for whom, with the last fault by its code', async () => {
    await bury({ seq: 1, reason: 'unknown type voucher.flown.v1', failedAt: '2026-04-01T09:00:00Z' });
    await bury({ seq: 2, reason: 'Error: not handled within 12000 ms', failedAt: '2026-04-01T10:00:00Z' });
    await world.service.query(`insert into settlement.inbox_try (sender, seq, tries, reason) values ('issuance', 7, 2, 'the process ended while handling it')`);
    await world.service.query(`insert into settlement.outbox (messages) values ('[]')`);
    expect((await world.get('queues', ANNA)).body['items']).toEqual([
      { queue: 'dead', other: 'redemption', count: 2, oldestAt: '2026-04-01T09:00:00.000Z', lastErrorCode: 'too_slow' },
      { queue: 'tried_again', other: 'issuance', count: 1, oldestAt: expect.any(String), lastErrorCode: 'process_ended' },
      { queue: 'unnumbered', other: null, count: 1, oldestAt: expect.any(String), lastErrorCode: null },
    ]);
  });

  it('and dead letters are shown to the operator and approvers alone', async () => {
    const manager = managerOf(await world.accredit());
    for (const path of ['queues', 'dead-letters']) {
      expect([(await world.get(path, ANNA)).status, (await world.get(path, BERT)).status]).toEqual([200, 200]);
      for (const as of [AUDITOR, manager]) expect((await world.get(path, as)).body.code).toBe('role_missing');
    }
  });
});

describe('a dead letter', () => {
  it.each([
    ['unknown type a.b.v1', 'unknown_type'], ['Error: malformed body: at: expected', 'malformed'], ['malformed envelope: id', 'malformed'],
    ['Error: audit may not send voucher.redeemed.v1', 'wrong_sender'], ['Error: not handled within 12000 ms', 'too_slow'],
    ['the process ended while handling it', 'process_ended'], ['its id was taken under another number', 'number_reused'],
    ['PrismaClientKnownRequestError: Raw query failed. Code: `23514`. Message: `new row violates`', 'refused_by_database'], [REASON, 'fault'],
  ])('of the reason %j is %s', async (reason, errorCode) => {
    await bury({ reason });
    expect(await letters(`?errorCode=${errorCode}`)).toEqual([expect.objectContaining({ errorCode, state: 'open', asked: [] })]);
    expect(await letters(`?errorCode=${errorCode === 'fault' ? 'malformed' : 'fault'}`)).toEqual([]);
  });

  it('leaves without its content and without the text of its fault', async () => {
    const id = await bury();
    expect((await world.get(`dead-letters?deadLetterId=${id}&totals=true`, ANNA)).body).toEqual({
      items: [{ deadLetterId: id, sender: 'redemption', seq: 1, type: 'voucher.redeemed.v1', errorCode: 'fault', state: 'open', failedAt: '2026-04-01T09:00:00.000Z', replayedAt: null, asked: [] }],
      nextCursor: null, totals: { count: 1, sums: {} },
    });
  });

  it('is tried again on the word of an operator with a fresh code, who and why being kept', async () => {
    const id = await bury();
    expect((await replay(id, BERT)).body.code).toBe('role_missing');
    expect((await replay(id, { ...ANNA, secondFactorTime: null })).body.code).toBe('second_factor_stale');
    expect((await replay(id, ANNA, { note: ' ' })).body.code).toBe('request_malformed');
    expect(await replay(shown('deadLetter', randomUUID()))).toMatchObject({ status: 404, body: { code: 'dead_letter_unknown' } });
    expect(await letters()).toEqual([expect.objectContaining({ state: 'open', asked: [] })]);

    expect(await replay(id)).toMatchObject({ status: 202, body: { deadLetterId: id } });
    expect(await letters('?state=waiting')).toEqual([expect.objectContaining({ asked: [{ note: 'The place was taken from the copy', askedBy: ANNA.userId, askedAt: expect.stringMatching(/Z$/) }] })]);
    expect(await replay(id)).toMatchObject({ status: 409, body: { code: 'dead_letter_waiting' } });

    await world.service.query('update settlement.dead_letter set replayed_at = now() where id = $1', [plain(id)]);
    expect(await replay(id)).toMatchObject({ status: 409, body: { code: 'dead_letter_replayed' } });
    expect(await letters('?state=replayed')).toHaveLength(1);
    expect(await letters('?state=open,waiting')).toEqual([]);
  });

  it('stays the message that it was, and once replayed does not change; who asked stays', async () => {
    const id = plain(await bury());
    await replay(shown('deadLetter', id));
    const refused = (sql: string) => expect(world.service.query(sql, [id])).rejects.toMatchObject({ code: '23000' });
    await refused(`update settlement.dead_letter set message = '{}' where id = $1`);
    await refused('update settlement.dead_letter set seq = 9 where id = $1');
    await expect(world.service.query(`update settlement.dead_letter_replay set note = 'other' where dead_letter_id = $1`, [id])).rejects.toMatchObject({ code: '42501' });
    await world.service.query('update settlement.dead_letter set replayed_at = now() where id = $1', [id]);
    await refused('update settlement.dead_letter set replayed_at = null where id = $1');
    await expect(world.service.query(`insert into settlement.dead_letter_replay (id, dead_letter_id, note, asked_by, asked_at) values (gen_random_uuid(), $1, '', 'x', now())`, [id]))
      .rejects.toMatchObject({ code: '23514' });
  });
});

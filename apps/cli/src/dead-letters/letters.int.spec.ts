import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { SCHEMAS } from '#libs/persistence';
import { testDatabase, until, type TestDatabase } from '#libs/testing';
import { deadLettersCommand } from './dead-letters.command.js';
import { listLetters, replayLetter, type UrlOf } from './letters.js';

describe('dead letters on the command line', () => {
  let database: TestDatabase;
  let admin: pg.Client;
  let urlOf: UrlOf;
  beforeAll(async () => {
    database = await testDatabase();
    urlOf = (service) => database.urlFor(service);
    admin = new pg.Client({ connectionString: database.adminUrl });
    await admin.connect();
  }, 60_000);
  afterAll(async () => {
    await admin.end();
    await database.drop();
  });

  const bury = async (seq: number): Promise<string> => {
    const id = randomUUID();
    await admin.query(
      `insert into settlement.dead_letter (id, sender, seq, type, message, reason, failed_at)
       values ($1, 'redemption', $2, 'voucher.redeemed.v1', '{}', E'Error: no\\nplace', '2026-03-10T09:30:00Z')`, [id, seq],
    );
    return id;
  };
  /** The running service, as far as the command line can see it. */
  const answer = async (id: string, sql: string) => {
    await until('a request', async () => (await admin.query(
      'select 1 from settlement.dead_letter where id = $1 and replay_requested_at is not null', [id])).rowCount === 1);
    await admin.query(`update settlement.dead_letter set ${sql} where id = $1`, [id]);
  };

  it('are listed with all that an operator needs to find the message', async () => {
    expect(await listLetters(urlOf, SCHEMAS)).toEqual({ code: 0, lines: ['no dead letters'] });
    const id = await bury(7);
    const line = `dlt_${id}  2026-03-10T09:30:00.000Z  redemption/7 -> settlement  voucher.redeemed.v1  Error: no place`;
    expect(await listLetters(urlOf, SCHEMAS)).toEqual({ code: 0, lines: [line] });
    expect(await listLetters(urlOf, ['issuance'])).toEqual({ code: 0, lines: ['no dead letters'] });
  });

  it('are replayed by the service, whose answer is told', async () => {
    const id = await bury(8);
    const [replayed] = await Promise.all([replayLetter(urlOf, `dlt_${id}`), answer(id, 'replayed_at = now()')]);
    expect(replayed).toEqual({ code: 0, lines: ['replayed by settlement'] });
    expect((await replayLetter(urlOf, id)).lines[0]).toMatch(/^there is no open dead letter/);
  });

  it('that fail again, or have no service to run them, exit with 1', async () => {
    const id = await bury(9);
    const [failed] = await Promise.all([replayLetter(urlOf, id), answer(id, `replay_requested_at = null, reason = 'still no place'`)]);
    expect(failed).toEqual({ code: 1, lines: ['failed again: still no place'] });
    const [begun] = await Promise.all([
      replayLetter(urlOf, id, 2_000), answer(id, `replay_requested_at = null, reason = 'the process ended while handling it; before: x'`)]);
    expect(begun).toEqual({ code: 1, lines: [expect.stringMatching(/^settlement began and does not answer/)] });
    expect(await replayLetter(urlOf, id, 0)).toEqual({ code: 1, lines: ['settlement does not answer: it will be replayed when settlement runs'] });
  });

  it.each([[['list', '--service', 'nobody']], [['replay']], [['bury', 'x']], [[]]])('refuse the words %j', async (words) => {
    expect(await deadLettersCommand(words)).toBe(2);
  });

  it('refuse what is not the id of one', async () => {
    expect((await replayLetter(urlOf, 'red_1')).code).toBe(2);
  });
});

// A database that has room says so and keeps nothing of the question; one whose disk is full is told apart from one that is away.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { testDatabase, type TestDatabase } from '#libs/testing';
import { RoomLeft } from './room-left.js';

let database: TestDatabase;
let pool: pg.Pool;
beforeAll(async () => {
  database = await testDatabase();
  pool = new pg.Pool({ connectionString: database.urlFor('redemption'), max: 1 });
});
afterAll(async () => {
  await pool?.end();
  await database?.drop();
});

const poolThatSays = (code: string, query: (text: string) => void = () => undefined) => ({
  connect: async () => ({
    query: async (text: string) => {
      query(text);
      if (text.startsWith('create')) throw Object.assign(new Error('could not extend file'), { code });
    },
    release: () => undefined, on: () => undefined, off: () => undefined,
  }),
}) as unknown as pg.Pool;

describe('room on the disk', () => {
  it('is there for the role of a service, and the question leaves nothing behind', async () => {
    expect(await new RoomLeft(pool).state()).toBe('ok');
    expect((await pool.query(`select relname from pg_class where relname = 'room_left'`)).rows).toEqual([]);
    // The one connection is free again, and in no transaction.
    expect((await pool.query('select txid_current_if_assigned() as id')).rows).toEqual([{ id: null }]);
  });

  it('is not there where PostgreSQL cannot extend a file', async () => {
    expect(await new RoomLeft(poolThatSays('53100')).state()).toBe('failed');
  });

  it('is not known where something else is wrong', async () => {
    await expect(new RoomLeft(poolThatSays('57P01')).state()).rejects.toThrow('could not extend file');
  });

  it('is asked for again at once where nobody could say', async () => {
    const codes = ['57P01', '53100'];
    const room = new RoomLeft({ connect: () => poolThatSays(codes.shift()!).connect() } as unknown as pg.Pool, () => 0);
    await expect(room.state()).rejects.toThrow();
    expect(await room.state()).toBe('failed');
  });

  it('is asked for no more often than every ten seconds, and again after that', async () => {
    let [now, asked] = [0, 0];
    const room = new RoomLeft(poolThatSays('53100', (text) => { asked += text.startsWith('create') ? 1 : 0; }), () => now);
    await room.state();
    now = 9_999;
    await room.state();
    expect(asked).toBe(1);
    now = 10_000;
    await room.state();
    expect(asked).toBe(2);
  });
});

// What a person keeps of how they look at lists: theirs alone, twenty a list, gone when they say so.
import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import pg from 'pg';
import { uuidv7 } from 'uuidv7';
import { APPROVER, IdentityWorld } from '../../../../test/builders/identity-world.js';

jest.setTimeout(60_000);

let world: IdentityWorld;
let service: pg.Client;
let mine: string;
let theirs: string;
beforeAll(async () => {
  world = await IdentityWorld.create();
  service = new pg.Client({ connectionString: world.database.urlFor('identity') });
  await service.connect();
  [mine, theirs] = [await world.operator(), await world.bearerOf(APPROVER)];
});
afterAll(async () => {
  await service.end();
  await world.close();
});

const PATH = '/identity/me/saved-views';
type View = Readonly<{ savedViewId: string; name: string; question: string }>;
const keep = (view: object = {}, as = mine, key = uuidv7()) => world.command(PATH, as, { list: '/payments', name: uuidv7(), question: 'state=booked', ...view }, key);
const views = async (list: string, as = mine): Promise<View[]> =>
  (await world.call(`${PATH}?list=${encodeURIComponent(list)}`, { method: 'GET', headers: { authorization: as } })).body['items'] as View[];
const rename = (id: string, name: string, as = mine) => world.command(`${PATH}/${id}/name`, as, { name });
const remove = (id: string, as = mine) => world.command(`${PATH}/${id}/removal`, as, {});

describe('a saved view', () => {
  it('is its person\'s alone, of one list, and read by its name in any case', async () => {
    const list = '/debit-notes';
    const { status, body } = await keep({ list, name: ' Zèbre ', question: 'state=open&sort=-leftCents' });
    expect([status, body['savedViewId']]).toEqual([201, expect.stringMatching(/^svw_/)]);
    await keep({ list, name: 'ânes', question: '' });
    await keep({ list, name: 'Yack' }, theirs);
    await keep({ list: '/dead-letters/settlement', name: 'Lettres' });
    expect((await views(list)).map(({ name, question }) => [name, question])).toEqual([['Zèbre', 'state=open&sort=-leftCents'], ['ânes', '']].sort(([a], [b]) => (a!.toLowerCase() < b!.toLowerCase() ? -1 : 1)));
    expect((await views(list, theirs)).map(({ name }) => name)).toEqual(['Yack']);
    expect(await views('/dead-letters/settlement')).toHaveLength(1);
  });

  it('is kept once, however often its form is sent', async () => {
    const key = uuidv7();
    const view = { list: '/holds', name: 'Once' };
    const [first, second] = [await keep(view, mine, key), await keep(view, mine, key)];
    expect(second.body).toEqual(first.body);
    expect(await views('/holds')).toHaveLength(1);
    expect((await keep(view)).body.code).toBe('saved_view_exists');
  });

  it('is called otherwise and taken away by its person; to anybody else it is not there', async () => {
    const list = '/payees';
    const id = String((await keep({ list, name: 'First' })).body['savedViewId']);
    await keep({ list, name: 'Second' });
    for (const refused of [await rename(id, 'Theirs', theirs), await remove(id, theirs), await rename(`svw_${uuidv7()}`, 'x'), await remove(`svw_${uuidv7()}`)]) {
      expect(refused).toMatchObject({ status: 404, body: { code: 'saved_view_not_found' } });
    }
    expect((await rename(id, 'Second')).body.code).toBe('saved_view_exists');
    expect((await rename(id, 'Third')).status).toBe(200);
    expect((await views(list)).map(({ name }) => name)).toEqual(['Second', 'Third']);
    expect((await remove(id)).status).toBe(200);
    expect((await remove(id)).body.code).toBe('saved_view_not_found');
    expect((await views(list)).map(({ name }) => name)).toEqual(['Second']);
  });

  it('is one of twenty of its list, also where two tabs keep the twentieth at once; one that goes makes room', async () => {
    const list = '/orders';
    for (let number = 1; number < 20; number += 1) expect((await keep({ list, name: `View ${number}` })).status).toBe(201);
    const both = await Promise.all([keep({ list, name: 'A' }), keep({ list, name: 'B' })]);
    expect(both.map(({ status, body }) => body.code ?? status).sort()).toEqual([201, 'saved_views_too_many']);
    expect((await keep({ list: '/invoices' })).status).toBe(201);
    await remove((await views(list))[5]!.savedViewId);
    expect((await keep({ list, name: 'C' })).status).toBe(201);
    expect(await views(list)).toHaveLength(20);
  });

  it.each([
    [{ list: 'payments' }], [{ list: '/payments?x=1' }], [{ list: '/a/b/c' }], [{ name: ' ' }], [{ name: 'x'.repeat(61) }], [{ question: 'a b' }], [{ question: 'a#b' }],
    [{ question: 'é' }], [{ question: 'x'.repeat(2_001) }], [{ colour: 'red' }],
  ])('is refused with %j', async (view) => {
    expect((await keep(view)).body.code).toBe('request_malformed');
  });

  it('is held to the same by the database, which keeps the address that was saved', async () => {
    const { rows: [row] } = await service.query<{ id: string }>(`select id from identity.saved_view where list = '/orders' limit 1`);
    const { id } = row!;
    await expect(service.query(`update identity.saved_view set question = 'x' where id = $1`, [id])).rejects.toMatchObject({ code: '42501' });
    await expect(service.query(`update identity.saved_view set name = '' where id = $1`, [id])).rejects.toMatchObject({ code: '23514' });
    const copy = (place: number) => service.query(`insert into identity.saved_view (id, user_id, list, place, name, question, saved_at)
      select gen_random_uuid(), user_id, list, $2, 'copy', '', now() from identity.saved_view where id = $1`, [id, place]);
    await expect(copy(21)).rejects.toMatchObject({ code: '23514' });
    await expect(copy(20)).rejects.toMatchObject({ code: '23505' });
  });

  it('asks for a token', async () => {
    expect((await world.call(`${PATH}?list=/payments`, { method: 'GET' })).body.code).toBe('token_missing');
  });
});

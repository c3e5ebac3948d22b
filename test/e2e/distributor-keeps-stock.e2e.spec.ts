// A distributor's year with its stock, over HTTP and the real queue: it receives, gives to a desk and to another, hands over
// by scan and by list, is robbed, stops and replaces. Goal: every serial is in one place, nothing stolen is spendable, what
// was redeemed before stays payable, and the funnel says what happened.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { uuidv7 } from 'uuidv7';
import { inspect } from '#libs/invariants';
import { localDate } from '#libs/kernel';
import { seedOfRun, until } from '#libs/testing';
import type { Person } from '../../apps/cli/src/world/api.js';
import { playScheme, type Opening } from '../../apps/cli/src/world/opening.js';
import type { Staff } from '../../apps/cli/src/world/people.js';
import { waitFor } from '../../apps/cli/src/world/wait.js';
import { openLayout, type Running } from './layouts.js';

type Part = Readonly<{ place: string; vouchers: number }>;
type Stopped = Readonly<{ count: number }>;

const today = localDate(new Date().toISOString().slice(0, 10));

let running: Running;
let opening: Opening;
let [library, centre]: { person: Person; distributorId: string }[] = [];

beforeAll(async () => {
  running = await openLayout('platform', 'postgres', `${seedOfRun()}:stock-kept`);
  opening = await playScheme(running.setting, today, () => {});
  const { staff } = opening;
  [library, centre] = [await distributor(staff, 'Bibliothèque', '73282932000074'), await distributor(staff, 'Centre social', '44306184100047')];
}, 180_000);
afterAll(async () => { await running?.close(); }, 60_000);

async function distributor(staff: Staff, name: string, siret: string) {
  const { distributorId } = await opening.people.operator.post<{ distributorId: string }>('/issuance/distributors', { name, siret, communes: ['42218'] });
  const who = { name: `Agent ${siret}`, email: `${siret}@distributeur.example` };
  return { person: await staff.found({ kind: 'distributor', name, partyId: distributorId }, 'distributor', who, 'distributor'), distributorId };
}

const parts = async (): Promise<string[]> =>
  (await opening.people.operator.get<{ parts: Part[] }>(`/issuance/batches/${opening.batchId}/places`)).parts
    .map(({ place, vouchers }) => `${place} ${vouchers}`).sort();
const inOrder = () => until('every invariant holds', async () => (await inspect(running.database.inspectorUrl)).broken.length === 0);
const spend = (index: number) => opening.places[0]!.till.tryPost('/redemption/redemptions', { code: opening.vouchers[index]!.code, serviceDate: today }, uuidv7());

async function sendFile(person: Person, path: string, content: string): Promise<Record<string, unknown>> {
  const answer = await fetch(`${running.origins.issuance}/issuance/${path}`, {
    method: 'POST', body: content,
    headers: { authorization: `Bearer ${await person.bearer()}`, 'content-type': 'text/csv', 'idempotency-key': running.plot.nextKey() },
  });
  return { status: answer.status, ...await answer.json() as object };
}

describe('ten activated vouchers', () => {
  it('are received, and go on to a desk and to another distributor', async () => {
    const { batchId, people: { operator } } = opening;
    const { deliveryId } = await operator.post<{ deliveryId: string }>(`/issuance/batches/${batchId}/deliveries`, { distributorId: library!.distributorId });
    await library!.person.post(`/issuance/deliveries/${deliveryId}/receipts`);
    const { agentId } = await library!.person.post<{ agentId: string }>('/issuance/agents', { name: 'Bibliobus' });
    const send = async (to: object, first: number, last: number) =>
      (await library!.person.post<{ deliveryId: string }>('/issuance/transfers', { batchId, first, last, to })).deliveryId;
    await library!.person.post(`/issuance/deliveries/${await send({ kind: 'agent', agentId }, 0, 3)}/receipts`);
    const onTheWay = await send({ kind: 'distributor', distributorId: centre!.distributorId }, 8, 9);
    expect(await parts()).toEqual(['stock 4', 'stock 4', 'under_way 2']);
    await centre!.person.post(`/issuance/deliveries/${onTheWay}/receipts`, { ranges: [{ first: 8, last: 8 }] });
    expect(await parts()).toEqual(['stock 1', 'stock 4', 'stock 4', 'under_way 1']);
    await inOrder();
  });

  it('are handed over by scan and by list, which is tried first and known when it comes again', async () => {
    const { vouchers } = opening;
    const { person } = library!;
    await person.post('/issuance/hand-overs', { handOvers: [{ serial: vouchers[0]!.serial, inseeCode: '42218', pathway: 'parcours-0000-1' }] });
    const list = `serial;commune\n${[1, 2].map((index) => `${vouchers[index]!.serial};42218`).join('\n')}\nMme Durand;\n`;
    expect(await sendFile(person, 'hand-over-files/trials', list)).toMatchObject({ imported: 2, refused: 1, takenBefore: null });
    expect(await parts()).toEqual(['handed_over 1', 'stock 1', 'stock 3', 'stock 4', 'under_way 1']);
    expect(await sendFile(person, 'hand-over-files', list)).toMatchObject({ status: 201, imported: 2, refused: 1 });
    expect(await sendFile(person, 'hand-over-files', list)).toMatchObject({ status: 409, code: 'hand_over_file_known' });
    expect(await parts()).toEqual(['handed_over 3', 'stock 1', 'stock 1', 'stock 4', 'under_way 1']);
    expect((await spend(0)).status).toBeLessThan(300);
  });

  it('are stolen in part: stopped at once by whose they are, and by nobody else', async () => {
    const { batchId } = opening;
    const [theft, stop] = [{ batchId, first: 4, last: 6, reason: 'stolen' }, '/redemption/stops'];
    expect(await centre!.person.tryPost(stop, theft, uuidv7())).toMatchObject({ status: 409, body: { code: 'range_not_held' } });
    const stopped = await waitFor('redemption knows whose they are', async () => {
      const { status, body } = await library!.person.tryPost(stop, theft, uuidv7());
      return status === 201 && (body as Stopped);
    });
    expect(stopped).toMatchObject({ count: 3 });
    expect((await spend(4)).body).toMatchObject({ code: 'voucher_stopped' });
    await library!.person.post('/issuance/stock-losses', theft);
    // Nobody stops these: redemption does, when it hears of the loss.
    await library!.person.post('/issuance/stock-losses', { batchId, first: 7, last: 7, reason: 'lost' });
    await until('the till refuses it too', async () => (await opening.people.operator.get<{ parts: { place: string; stoppedVouchers: number }[] }>(`/issuance/batches/${batchId}/places`))
      .parts.some(({ place, stoppedVouchers }) => place === 'lost' && stoppedVouchers === 4));
    expect((await spend(7)).body).toMatchObject({ code: 'voucher_stopped' });
    await inOrder();
  });

  it('are replaced within a quota when a citizen loses one, and told of by where and how far they are', async () => {
    const { batchId, vouchers, people: { operator, auditor } } = opening;
    const { person, distributorId } = library!;
    await person.post('/redemption/stops', { batchId, serials: [vouchers[1]!.serial], reason: 'lost' });
    await operator.post(`/issuance/distributors/${distributorId}/replacement-quotas`, { vouchersPerMonth: 1, fromMonth: today.slice(0, 7) });
    const left = await waitFor('issuance knows of the stop', async () => {
      const { status, body } = await person.tryPost(
        `/issuance/batches/${batchId}/stock-replacements`, { first: 1, last: 1, given: { serial: vouchers[3]!.serial } }, uuidv7());
      return status === 201 && (body as { left: number });
    });
    expect(left).toMatchObject({ left: 0 });
    expect((await spend(1)).body).toMatchObject({ code: 'voucher_stopped' });
    expect((await spend(3)).status).toBeLessThan(300);
    expect(await auditor.get(`/issuance/whereabouts?serial=${vouchers[3]!.serial}`)).toMatchObject({
      place: 'handed_over', distributorId, moves: ['printer', 'under_way', 'stock', 'under_way', 'stock', 'handed_over'].map((place) => ({ place })),
    });
    await until('issuance knows of the uses', async () => (await operator.get<{ rows: { firstUse: number }[] }>('/issuance/funnel')).rows[0]!.firstUse === 1);
    // All ten are one booklet: begun, not used up, and whole nowhere.
    const { rows } = await operator.get<{ rows: object[] }>('/issuance/funnel?by=distributor,departement');
    expect(rows).toHaveLength(2);
    expect(rows).toContainEqual({
      programmeId: null, month: null, distributorId, departement: '42', ordered: null, delivered: { vouchers: 8, booklets: 0 },
      inStock: { vouchers: 0, booklets: 0 }, handedOver: { vouchers: 4, booklets: 0 }, firstUse: 1, usedUp: 0,
    });
    await inOrder();
  });
});

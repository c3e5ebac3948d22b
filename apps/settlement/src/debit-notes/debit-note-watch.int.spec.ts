// Debit notes that nobody asks for: after each closing, by ten processes at once, and never in the way of a closing that is under way.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { PayeeDocumentsIssuedV1 } from '#libs/contracts';
import { CATALOGUE, inspect } from '#libs/invariants';
import { BERT, plain, SettlementWorld, type Place } from '../../../../test/builders/settlement-world.js';
import { DebitNoteWatch } from './debit-note-watch.js';

let world: SettlementWorld;
let watch: DebitNoteWatch;
beforeEach(async () => {
  world = await SettlementWorld.create();
  watch = world.app.get(DebitNoteWatch, { strict: false });
});
afterEach(async () => {
  const local = CATALOGUE.filter(({ tier, schema }) => tier === 'local' && schema === 'settlement');
  expect((await inspect(world.database.urlFor('settlement'), local)).broken).toEqual([]);
  await world.close();
});

const at = (day: string) => world.clock.set(`${day}T08:00:00.000Z`);
const close = async (bystander: Place) => {
  await world.redeem(bystander, 5_000);
  return world.closeStatements();
};

/** Paid for a redemption that proved a fraud on 5 January; what came of others is closed at the end of the month. */
async function owing(): Promise<Readonly<{ place: Place & { payeeId: string }; bystander: Place }>> {
  at('2027-01-02');
  const [place, bystander] = [await world.owedPlace(1_000), await world.owedPlace(5_000)];
  await world.closeStatements();
  await world.released();
  at('2027-01-05');
  const [{ id }] = await world.rows<{ id: string }>('select redemption_id as id from settlement.claim_line where place_id = $1', [place.placeId]) as [{ id: string }];
  const { incidentId } = await world.done('incidents', { redemptionId: `red_${id}`, kind: 'fraud', note: 'seen' });
  await world.done(`incidents/${String(incidentId)}/validate`, { note: 'seen' }, BERT);
  at('2027-01-31');
  await close(bystander);
  return { place, bystander };
}
const notes = () => world.count('debit_note');

describe('debit notes', () => {
  it('are issued after a closing, once, by ten at once, and told to the people of their payee', async () => {
    const { place, bystander } = await owing();
    expect([await watch.issueAll(), watch.isIdle(), await notes()]).toEqual([0, true, 0]);
    at('2027-04-10');
    await close(bystander);
    expect(watch.isIdle()).toBe(false);
    const issued = await world.atOnce(Array.from({ length: 10 }, () => () => watch.issueAll()));
    expect([issued.reduce((total, count) => total + count, 0), watch.isIdle(), await notes()]).toEqual([1, true, 1]);
    const told = (await world.emitted(PayeeDocumentsIssuedV1)).flatMap(({ body }) => body.documents).filter(({ kind }) => kind === 'debit_note');
    expect(told).toMatchObject([{ number: 'ND-2027-000001', amountCents: 966, dueOn: '2027-05-10', payeeId: plain(place.payeeId), places: [place.placeId] }]);
  });

  it('wait while a closing is under way, and come when it is over', async () => {
    await owing();
    at('2027-04-10');
    await world.service.query(`insert into settlement.statement_closing (up_to_seq, period, opened_by, opened_at) values (900000, '2027-04', 'x', now())`);
    expect([await watch.issueAll(), await notes()]).toEqual([0, 0]);
    await world.admin.query(`begin; set local session_replication_role = replica; delete from settlement.statement_closing where up_to_seq = 900000; commit`);
    expect([await watch.issueAll(), await notes()]).toEqual([1, 1]);
  });
});

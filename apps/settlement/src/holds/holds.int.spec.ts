import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ClaimLineHeldV1, ClaimLineRejectedV1, ClaimLineReleasedV1, RedemptionUndoneV1, StatementClosedV1 } from '#libs/contracts';
import { CATALOGUE, inspect } from '#libs/invariants';
import { fakeIban, seedOfRun } from '#libs/testing';
import { ANNA, AUDITOR, BERT, plain, SettlementWorld, tillOf, ZOE, type Place } from '../../../../test/builders/settlement-world.js';

let world: SettlementWorld;
const open: SettlementWorld[] = [];

/** Closings are of the whole service, so each test has a service of its own. */
beforeEach(async () => {
  world = await SettlementWorld.create({ holdFirstRemittance: true });
  open.push(world);
});
afterAll(() => Promise.all(open.map((each) => each.close())));

const note = 'Seen on site';
const release = (holdId: string, as = BERT) => world.post(`holds/${holdId}/release`, { body: { note }, as });
const refuse = (holdId: string, as = BERT) => world.post(`holds/${holdId}/reject`, { body: { reason: 'fraud', note }, as });
const stands = async (place: Place & { payeeId: string }) => {
  const payee = plain(place.payeeId);
  return { accrued: await world.balance(`accrued:${payee}`), held: await world.balance(`held:${payee}`), payable: await world.balance(`payable:${payee}`) };
};
const statementLines = (payeeId: string) => world.rows<{ statement_id: string; gross: number }>(
  `select l.statement_id, l.gross::int from settlement.statement_line l join settlement.statement s on s.id = l.statement_id
   where s.payee_id = $1 order by s.up_to_seq, l.source_seq`, [plain(payeeId)]);

describe('the first remittance of a payee', () => {
  it('is held at the close, told line by line, and in no statement', async () => {
    const place = await world.owedPlace(1000);
    await world.redeem(place, 2500);
    expect(await world.closeStatements()).toMatchObject({ statements: 0, holds: 1, heldCents: 3500, closedBefore: false });
    expect(await stands(place)).toEqual({ accrued: 0, held: 3500, payable: 0 });
    const [hold, ...more] = await world.holds('?state=held');
    expect(more).toEqual([]);
    expect(hold).toMatchObject({ payeeId: place.payeeId, reason: 'first_remittance', lines: 2, grossCents: 3500, ageDays: 0, state: 'held', note: null });
    const told = await world.emitted(ClaimLineHeldV1);
    expect(told.map(({ body }) => [body.holdId, body.amountCents, body.reason])).toEqual(
      [1000, 2500].map((cents) => [plain(hold!.holdId), cents, 'first_remittance']));
    expect(await world.emitted(StatementClosedV1)).toEqual([]);
    expect((await world.post('settlement-runs', { body: { bankAccountId: `bac_${world.bankAccountId}` } })).body.code).toBe('nothing_to_pay');
  });

  it('that was undone whole is carried over with its reason, and what comes next is held', async () => {
    const place = await world.accredit();
    await world.payee(place);
    const undone = world.redeemed({ place });
    await world.takeRedemptions([undone]);
    await world.take(RedemptionUndoneV1, {
      ...RedemptionUndoneV1.sample, redemptionId: undone.redemptionId, batchId: undone.batchId, voucherId: undone.voucherId,
      placeId: undone.placeId, programmeId: undone.programmeId, custodyAccountId: undone.custodyAccountId, amountCents: undone.amountCents,
    });
    expect(await world.closeStatements()).toMatchObject({ statements: 0, holds: 0, carriedOver: 1, carriedOverCents: 0 });
    expect((await inspect(world.database.inspectorUrl, CATALOGUE.filter(({ id }) => id === 'S40'))).broken).toEqual([]);
    await world.redeem(place, 700);
    // The two lines that undo each other stay open beside the hold.
    expect(await world.closeStatements()).toMatchObject({ statements: 0, holds: 1, heldCents: 700, carriedOver: 1, carriedOverCents: 0 });
    expect((await inspect(world.database.inspectorUrl, CATALOGUE.filter(({ id }) => id === 'S40'))).broken).toEqual([]);
  });

  it('joins the next statement once it was reviewed, and later ones are not held', async () => {
    const place = await world.owedPlace(1000);
    await world.closeStatements();
    const [hold] = await world.holds();
    const closedAt = world.seq - 1;
    expect((await release(hold!.holdId)).body).toMatchObject({ state: 'released', lines: 1, grossCents: 1000, dueSeq: closedAt + 1 });
    expect(await stands(place)).toEqual({ accrued: 1000, held: 0, payable: 0 });
    expect((await world.emitted(ClaimLineReleasedV1)).map(({ body }) => [body.amountCents, body.dueSeq])).toEqual([[1000, closedAt + 1]]);
    await world.redeem(place, 500);
    expect(await world.closeStatements()).toMatchObject({ statements: 1, holds: 0, grossCents: 1500 });
    expect(await stands(place)).toEqual({ accrued: 0, held: 0, payable: 1500 - 30 - 6 - 15 });
    expect((await statementLines(place.payeeId)).map(({ gross }) => gross)).toEqual([1000, 500]);
    const [statement] = (await world.get('statements')).body['items'] as { statementId: string }[];
    const { content, claimLines } = (await world.get(`statements/${statement!.statementId}`)).body as unknown as { content: string; claimLines: unknown[] };
    expect(JSON.parse(content)).toMatchObject({ format: 5, period: '2026-04', releasedHolds: [plain(hold!.holdId)], lines: { count: 2 } });
    expect(claimLines).toHaveLength(2);
    await world.redeem(place, 700);
    expect(await world.closeStatements()).toMatchObject({ statements: 1, holds: 0, grossCents: 700 });
    expect((await statementLines(place.payeeId)).map(({ gross }) => gross)).toEqual([1000, 500, 700]);
  });

  it('makes a statement alone, when nothing was redeemed since', async () => {
    const place = await world.owedPlace(1000);
    await world.closeStatements();
    await release((await world.holds())[0]!.holdId);
    await world.accredit();
    expect(await world.closeStatements()).toMatchObject({ statements: 1, grossCents: 1000 });
    expect(await stands(place)).toEqual({ accrued: 0, held: 0, payable: 966 });
  });

  it('goes on being held until somebody decides, closing by closing, and each hold is decided by itself', async () => {
    const place = await world.owedPlace(1000);
    await world.closeStatements();
    await world.redeem(place, 200);
    expect(await world.closeStatements()).toMatchObject({ statements: 0, holds: 1, heldCents: 200 });
    const [second, first] = await world.holds();
    await release(first!.holdId);
    await world.redeem(place, 30);
    // Reviewed once, the payee is no longer new; what is still held stays out.
    expect(await world.closeStatements()).toMatchObject({ statements: 1, holds: 0, grossCents: 1030 });
    expect(await stands(place)).toMatchObject({ accrued: 0, held: 200 });
    await release(second!.holdId);
    expect(await world.closeStatements()).toMatchObject({ statements: 1, grossCents: 200 });
    expect((await statementLines(place.payeeId)).map(({ gross }) => gross)).toEqual([1000, 30, 200]);
  });

  it('is paid at once where the operator switched the rule off', async () => {
    const other = await SettlementWorld.create();
    open.push(other);
    await other.owedPlace(1000);
    expect(await other.closeStatements()).toMatchObject({ statements: 1, holds: 0, heldCents: 0 });
  });

  it('ages by the clock that everything else goes by', async () => {
    await world.owedPlace(1000);
    await world.closeStatements();
    world.clock.set('2026-04-12T09:00:00Z');
    expect((await world.holds())[0]!.ageDays).toBe(10);
    await release((await world.holds())[0]!.holdId);
    world.clock.set('2026-06-12T09:00:00Z');
    expect((await world.holds())[0]!.ageDays).toBe(10);
  });
});

describe('a rejected hold', () => {
  it('is never paid, goes back towards the payers, and leaves the payee under review', async () => {
    const place = await world.owedPlace(1000);
    await world.closeStatements();
    const [hold] = await world.holds();
    expect((await refuse(hold!.holdId)).body).toMatchObject({ state: 'rejected', lines: 1, grossCents: 1000, dueSeq: null });
    expect(await stands(place)).toEqual({ accrued: 0, held: 0, payable: 0 });
    expect(await world.balance('clearing:issuance')).toBe(1000);
    expect((await world.emitted(ClaimLineRejectedV1)).map(({ body }) => [body.holdId, body.amountCents, body.reason]))
      .toEqual([[plain(hold!.holdId), 1000, 'fraud']]);
    await world.redeem(place, 300);
    expect(await world.closeStatements()).toMatchObject({ statements: 0, holds: 1, heldCents: 300 });
    expect(await statementLines(place.payeeId)).toEqual([]);
  });
});

describe('a review', () => {
  it('is for an approver who did not last enter the payee\'s bank account', async () => {
    const place = await world.owedPlace(1000);
    await world.closeStatements();
    const [hold] = await world.holds();
    expect((await release(hold!.holdId, ANNA)).status).toBe(403);
    await world.bankAccount(place.payeeId, fakeIban(500), { maker: ZOE });
    expect((await release(hold!.holdId, ZOE)).body.code).toBe('reviewer_changed_iban');
    await world.bankAccount(place.payeeId, fakeIban(501));
    expect((await release(hold!.holdId, ZOE)).status).toBe(200);
  });

  it('is decided once, whatever is asked at the same time', async () => {
    const place = await world.owedPlace(1000);
    await world.closeStatements();
    const { holdId } = (await world.holds())[0]!;
    const answers = await world.atOnce([() => release(holdId), () => refuse(holdId), () => release(holdId, ZOE)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    expect(answers.filter(({ status }) => status === 409).map(({ body }) => body.code)).toEqual(['hold_decided', 'hold_decided']);
    expect((await stands(place)).held).toBe(0);
  });

  it('is told again under its key', async () => {
    const place = await world.owedPlace(1000);
    await world.closeStatements();
    const { holdId } = (await world.holds())[0]!;
    const key = world.newId();
    const asked = () => world.post(`holds/${holdId}/release`, { body: { note }, as: BERT, key });
    expect(await asked()).toMatchObject({ status: 200, body: { state: 'released', grossCents: 1000 } });
    expect(await asked()).toMatchObject({ status: 200, body: { state: 'released', grossCents: 1000 } });
    expect(await stands(place)).toEqual({ accrued: 1000, held: 0, payable: 0 });
  });

  it('needs a note, and nothing but it', async () => {
    await world.owedPlace(1000);
    await world.closeStatements();
    const { holdId } = (await world.holds())[0]!;
    for (const body of [{}, { note: ' ' }, { note: 'x'.repeat(501) }, { note, outcome: 'released' }]) {
      expect((await world.post(`holds/${holdId}/release`, { body, as: BERT })).status).toBe(400);
    }
    expect((await world.post(`holds/${holdId}/reject`, { body: { note }, as: BERT })).status).toBe(400);
    expect((await release(`hld_${world.newId()}`)).body.code).toBe('hold_unknown');
  });

  it('never falls between two closings, however they race', async () => {
    const places = [await world.owedPlace(1000), await world.owedPlace(1000), await world.owedPlace(1000)];
    await world.closeStatements();
    const held = await world.holds();
    for (const place of places) await world.redeem(place, 10);
    await world.total();
    await world.atOnce([...held.map(({ holdId }) => () => release(holdId)), () => world.post('statement-closings')]);
    await world.closeStatements();
    for (const { holdId } of await world.holds('?state=held')) await release(holdId);
    await world.accredit();
    await world.closeStatements();
    for (const place of places) {
      expect((await statementLines(place.payeeId)).reduce((sum, { gross }) => sum + gross, 0)).toBe(1010);
      expect(await stands(place)).toMatchObject({ accrued: 0, held: 0 });
    }
  });
});

const seed = seedOfRun();
describe('whatever is held, released, rejected and held again', () => {
  it(`a line is in one statement, in one open hold, rejected, or still open, and every invariant holds (seed ${seed})`, async () => {
    let state = [...seed].reduce((value, letter) => Math.imul(value ^ letter.charCodeAt(0), 16_777_619), 2_166_136_261) >>> 0;
    const draw = (below: number) => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return (state >>> 8) % below;
    };
    const places = [await world.owedPlace(100), await world.owedPlace(200), await world.owedPlace(300)];
    for (let round = 0; round < 8; round += 1) {
      for (let at = 0; at < 4; at += 1) await world.redeem(places[draw(3)]!, 1 + draw(5_000));
      await world.closeStatements();
      for (const { holdId } of await world.holds('?state=held')) {
        const what = draw(4);
        if (what === 0) await release(holdId);
        if (what === 1) await refuse(holdId);
      }
      const { broken } = await inspect(world.database.urlFor('settlement'), CATALOGUE.filter(({ schema }) => schema === 'settlement'));
      expect(broken).toEqual([]);
    }
    const [count] = await world.rows<Record<string, number>>(`select count(*)::int as lines,
      count(*) filter (where exists (select from settlement.statement_line s where s.claim_line_id = c.id))::int as stated,
      count(*) filter (where exists (select from settlement.held_line l left join settlement.hold_decision d using (hold_id)
        where l.claim_line_id = c.id and d.outcome is null))::int as held,
      count(*) filter (where exists (select from settlement.held_line l join settlement.hold_decision d using (hold_id)
        where l.claim_line_id = c.id and d.outcome = 'rejected'))::int as rejected,
      count(*) filter (where exists (select from settlement.held_line l join settlement.hold_decision d using (hold_id)
        where l.claim_line_id = c.id and d.outcome = 'released'
          and not exists (select from settlement.statement_line s where s.claim_line_id = c.id)))::int as open
      from settlement.claim_line c`);
    const { lines, stated, held, rejected, open: released } = count!;
    expect(stated! + held! + rejected! + released!).toBe(lines);
    expect(lines).toBe(3 + 8 * 4);
  });
});

describe('holds and their lines', () => {
  it('are shown page by page, to a place its own only', async () => {
    const [one, two] = [await world.owedPlace(1000), await world.owedPlace(2000)];
    for (const cents of [1, 2, 3]) await world.redeem(one, cents);
    await world.closeStatements();
    const mine = (await world.get('holds', tillOf(one))).body['items'] as { holdId: string; payeeId: string }[];
    expect(mine.map(({ payeeId }) => payeeId)).toEqual([one.payeeId]);
    const path = `holds/${mine[0]!.holdId}/lines?limit=2`;
    const first = (await world.get(path, tillOf(one))).body as { items: { grossCents: number }[]; nextCursor: string };
    const rest = (await world.get(`${path}&cursor=${first.nextCursor}`, AUDITOR)).body as typeof first;
    expect([...first.items, ...rest.items].map(({ grossCents }) => grossCents)).toEqual([1000, 1, 2, 3]);
    expect(rest.nextCursor).toBeNull();
    expect((await world.get(path, tillOf(two))).body.code).toBe('hold_unknown');
    expect((await world.holds(`?payeeId=${two.payeeId}`)).map(({ grossCents }) => grossCents)).toEqual([2000]);
    expect((await world.holds('?state=released'))).toEqual([]);
    await release(mine[0]!.holdId);
    expect((await world.get('holds', tillOf(one))).body['items']).toMatchObject([{ state: 'released', note, decidedBy: null }]);
    expect((await world.get('holds?state=released', AUDITOR)).body['items']).toMatchObject([{ decidedBy: BERT.userId }]);
  });
});

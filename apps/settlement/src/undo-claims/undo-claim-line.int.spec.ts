import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RedemptionUndoneV1, VoucherRedeemedV1, type BodyOf } from '#libs/contracts';
import { inspect } from '#libs/invariants';
import { SettlementWorld, shown, type Place } from '../../../../test/builders/settlement-world.js';

type Fact = BodyOf<typeof VoucherRedeemedV1>;

let world: SettlementWorld;
beforeAll(async () => { world = await SettlementWorld.create(); });
afterAll(() => world.close());

const redeem = (fact: Fact, seq?: number) => world.take(VoucherRedeemedV1, fact, { id: fact.redemptionId, ...(seq && { seq }) });
const undo = (fact: Fact, over: object = {}, told: { id?: string; seq?: number } = {}) => {
  const { redemptionId, voucherId, programmeId, batchId, placeId, amountCents, currency, custodyAccountId } = fact;
  const ids = { redemptionId, voucherId, programmeId, batchId, placeId, custodyAccountId };
  return world.take(RedemptionUndoneV1, { ...ids, amountCents, currency, reason: 'other', to: 'balance', ...over }, told);
};
const payeeOf = async ({ placeId }: Place) =>
  (await world.rows<{ payee_id: string }>('select payee_id from settlement.payee_site where place_id = $1', [placeId]))[0]!.payee_id;
const linesOf = ({ redemptionId }: Fact) => world.rows(
  'select gross::int, source_seq::int as seq, undo_id from settlement.claim_line where redemption_id = $1 order by gross desc', [redemptionId]);

describe('a redemption that was undone', () => {
  it('is owed no more: a second line and a reversal, under the number and the id of the undoing', async () => {
    const place = await world.accredit();
    const fact = world.redeemed({ place, amountCents: 1234 });
    await redeem(fact, 1_001);
    const undoId = world.newId();
    await undo(fact, {}, { id: undoId, seq: 1_002 });
    expect(await linesOf(fact)).toEqual([{ gross: 1234, seq: 1_001, undo_id: null }, { gross: -1234, seq: 1_002, undo_id: undoId }]);
    const payeeId = await payeeOf(place);
    expect(await world.rows('select rule, debit, credit, amount::int, reverses_event_id, reverses_line from settlement.transfer where event_id = $1', [undoId]))
      .toEqual([{ rule: '8', debit: `accrued:${payeeId}`, credit: 'clearing:redemption', amount: 1234, reverses_event_id: fact.redemptionId, reverses_line: 0 }]);
    expect(await world.balance(`accrued:${payeeId}`)).toBe(0);
    world.seq = 1_002;
  });

  it.each([['known', true], ['unknown', false]])('may be heard of before it was redeemed, at a place that is %s', async (_, known) => {
    const place = known ? await world.accredit() : world.newPlace();
    const fact = world.redeemed({ place });
    const [undoId, seq] = [world.newId(), world.seq + 2];
    await undo(fact, {}, { id: undoId, seq });
    expect(await linesOf(fact)).toEqual([]);
    await redeem(fact, seq - 1);
    world.seq = seq;
    expect(await linesOf(fact)).toEqual([{ gross: 1000, seq: seq - 1, undo_id: null }, { gross: -1000, seq, undo_id: undoId }]);
    expect(await world.rows('select rule from settlement.transfer where event_id in ($1, $2) order by rule', [fact.redemptionId, undoId])).toEqual([{ rule: '7' }, { rule: '8' }]);
    expect(await world.count('parked_undo')).toBe(0);
    expect(await world.balance(`accrued:${await payeeOf(place)}`)).toBe(0);
  });

  it('is owed nothing, whichever of the two arrives first, when both arrive at the same moment', async () => {
    const place = world.newPlace();
    const facts = Array.from({ length: 8 }, () => world.redeemed({ place }));
    await world.atOnce(facts.flatMap((fact) => [() => redeem(fact), () => undo(fact)]));
    expect(await world.count('parked_undo')).toBe(0);
    expect(await world.balance(`accrued:${await payeeOf(place)}`)).toBe(0);
    expect(await world.count('claim_line', `place_id = '${place.placeId}'`)).toBe(16);
  });

  it('before it was told, and is then told among many, is undone all the same', async () => {
    const place = await world.accredit();
    const facts = [1, 2, 3].map(() => world.redeemed({ place }));
    await undo(facts[1]!);
    expect(await world.takeRedemptions(facts)).toEqual({ leftCount: 0 });
    expect(await world.balance(`accrued:${await payeeOf(place)}`)).toBe(2000);
    expect(await world.count('parked_undo')).toBe(0);
    for (const fact of [facts[0]!, facts[2]!]) await undo(fact);
  });

  it('is a fault when it is undone as something else, twice, or at another place', async () => {
    const place = await world.accredit();
    const fact = world.redeemed({ place });
    await redeem(fact);
    await expect(undo(fact, { amountCents: 999 })).rejects.toThrow('with different content');
    await expect(undo(fact, { placeId: (await world.accredit()).placeId })).rejects.toThrow('with different content');
    await undo(fact);
    await expect(undo(fact)).rejects.toThrow();
    expect(await world.balance(`accrued:${await payeeOf(place)}`)).toBe(0);
  });
});

describe('a closing', () => {
  it('counts a redemption and its undoing as none, and its statement pays the rest', async () => {
    const place = await world.accredit();
    const [kept, taken] = [world.redeemed({ place, amountCents: 1000 }), world.redeemed({ place, amountCents: 700 })];
    for (const fact of [kept, taken]) await redeem(fact);
    await undo(taken);
    await world.total(world.seq, [{ placeId: place.placeId, count: 1, amountCents: 1000 }]);
    expect(await world.done('statement-closings')).toMatchObject({ grossCents: 1000, netCents: 966 });
    const [row] = await world.rows<{ id: string; line_count: number }>('select id, line_count from settlement.statement where payee_id = $1', [await payeeOf(place)]);
    expect(row!.line_count).toBe(3);
    const { body } = await world.get(`statements/${shown('statement', row!.id)}`);
    const claimLines = body['claimLines'] as { grossCents: number; feeCents: number; netCents: number }[];
    expect(claimLines.map(({ grossCents, feeCents, netCents }) => [grossCents, feeCents, netCents]))
      .toEqual([[1000, 20, 966], [700, 0, 700], [-700, 0, -700]]);
  });

  it('of a place where all was undone makes no statement; the lines join the next one', async () => {
    const place = await world.accredit();
    const taken = world.redeemed({ place });
    await redeem(taken);
    await undo(taken);
    expect(await world.closeStatements()).toMatchObject({ statements: 0 });
    await redeem(world.redeemed({ place, amountCents: 500 }));
    expect(await world.closeStatements()).toMatchObject({ statements: 1, grossCents: 500 });
    const [row] = await world.rows('select line_count, gross::int from settlement.statement where payee_id = $1', [await payeeOf(place)]);
    expect(row).toEqual({ line_count: 3, gross: 500 });
  });

  it('cannot be undone into: the database refuses, and nothing is booked', async () => {
    const place = await world.accredit();
    const paid = world.redeemed({ place });
    await redeem(paid);
    await world.closeStatements();
    await expect(undo(paid)).rejects.toThrow('is undone after number');
    expect(await linesOf(paid)).toHaveLength(1);
    expect(await world.count('transfer', `rule = '8' and reverses_event_id = '${paid.redemptionId}'`)).toBe(0);
  });

  it('leaves what settlement can check alone in order', async () => {
    const { broken } = await inspect(world.database.inspectorUrl);
    expect(broken.filter(({ invariant }) => /^(L4|L6|L8|L10|L11|S[13456]$|S10)/.test(invariant))).toEqual([]);
  });
});

describe('the database', () => {
  const insert = (over: Record<string, string>) => {
    const value = (column: string, usual: string) => over[column] ?? usual;
    return world.service.query(`
      insert into settlement.claim_line (id, redemption_id, source_seq, place_id, site_id, payee_id, programme_id, batch_id, custody_account_id, gross,
        currency, fee_rule_version, accreditation_version, service_date, redeemed_at, accrued_at, undo_id)
      select gen_random_uuid(), redemption_id, 900000 + source_seq, place_id, site_id, payee_id, programme_id, ${value('batch', 'batch_id')}, custody_account_id, ${value('gross', '-gross')},
        currency, ${value('rule', 'fee_rule_version')}, accreditation_version, service_date, redeemed_at, now(), ${value('undo', 'gen_random_uuid()')}
      from settlement.claim_line where undo_id is null order by source_seq desc limit 1`);
  };

  it.each([
    ['a positive line that says it undoes', { gross: 'gross' }], ['a negative line that undoes nothing', { undo: 'null' }],
    ['a part of the gross', { gross: '-gross + 1' }], ['another batch', { batch: 'gen_random_uuid()' }], ['another fee rule', { rule: 'fee_rule_version + 1' }],
  ])('refuses %s', async (_, over) => {
    await redeem(world.redeemed({ place: await world.accredit() }));
    await expect(insert(over as Record<string, string>)).rejects.toMatchObject({ code: '23514' });
    await insert({});
    await expect(insert({})).rejects.toMatchObject({ code: '23505' });
  });
});

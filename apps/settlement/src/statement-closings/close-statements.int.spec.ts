import { createHash } from 'node:crypto';
import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { RedemptionPeriodTotalledV1, VoucherRedeemedV1 } from '#libs/contracts';
import { seedOfRun } from '#libs/testing';
import { plain, shown, SettlementWorld } from '../../../../test/builders/settlement-world.js';
import { surveyClaims } from './claim-survey.store.js';

let world: SettlementWorld;
const open: SettlementWorld[] = [];

/** Closings are of the whole service, so each test has a service of its own. */
beforeEach(async () => {
  world = await SettlementWorld.create({ placeFeeCapBasisPoints: 10_000 });
  open.push(world);
});
afterEach(() => open.pop()?.close());
afterAll(() => Promise.all(open.map((each) => each.close())));

const close = () => world.post('statement-closings');
const totals = (upToSeq: number, places: { placeId: string; count: number; amountCents: number }[], part = 0, parts = 1) =>
  world.take(RedemptionPeriodTotalledV1, { upToSeq, part, parts, places, currency: 'EUR' });
const perPayee = () => world.rows<{ payee_id: string; from_seq: number | null; up_to_seq: number; gross: number }>(
  'select payee_id, from_seq::int, up_to_seq::int, gross::int from settlement.statement order by up_to_seq, payee_id');

describe('closing statements', () => {
  it('waits until redemption has totalled, and until every message up to there has arrived', async () => {
    expect((await close()).body.code).toBe('nothing_to_close');
    const place = await world.accredit();
    await world.redeem(place);
    const upToSeq = world.seq;
    await totals(upToSeq, [{ placeId: place.placeId, count: 1, amountCents: 1000 }]);
    await world.arrivedUpTo(upToSeq - 1);
    expect(await close()).toMatchObject({ status: 409, body: { code: 'redemption_messages_missing', retryable: true, details: { totalledUpTo: upToSeq, takenUpTo: upToSeq - 1 } } });
    await world.arrivedUpTo(upToSeq);
    expect((await close()).body).toMatchObject({ upToSeq, statements: 1, grossCents: 1000 });
  });

  it('counts a total only when all its parts are here', async () => {
    const [one, two] = [await world.accredit(), await world.accredit()];
    await world.redeem(one);
    await world.redeem(two);
    const upToSeq = world.seq;
    await totals(upToSeq, [{ placeId: one.placeId, count: 1, amountCents: 1000 }], 0, 2);
    await world.arrivedUpTo(world.seq);
    expect((await close()).body.code).toBe('nothing_to_close');
    await totals(upToSeq, [{ placeId: two.placeId, count: 1, amountCents: 1000 }], 1, 2);
    await totals(upToSeq, [{ placeId: two.placeId, count: 1, amountCents: 1000 }], 1, 2);
    await world.arrivedUpTo(world.seq);
    expect((await close()).body).toMatchObject({ statements: 2 });
  });

  it('names the places where redemption counts otherwise, and closes nothing at all', async () => {
    const [right, wrong, unheard] = [await world.accredit(), await world.accredit(), world.newPlace()];
    await world.redeem(right);
    await world.redeem(wrong);
    await world.total(world.seq, [
      { placeId: wrong.placeId, count: 1, amountCents: 1001 }, { placeId: unheard.placeId, count: 1, amountCents: 500 },
    ]);
    const { status, body } = await close();
    expect([status, body.code, body.details!['places']]).toEqual([409, 'totals_differ', 2]);
    expect(body.details!['named']).toContain(`${shown('place', wrong.placeId)}: redemption 1 for 1001 cents, here 1 for 1000`);
    expect(body.details!['named']).toContain(`${shown('place', unheard.placeId)}: redemption 1 for 500 cents, here 0 for 0`);
    expect(body.details!['named']).not.toContain(right.placeId);
    expect(await world.count('statement_closing')).toBe(0);
  });

  it('needs the fee rule that a line names', async () => {
    const place = await world.accredit();
    await world.redeem(place, 1000, { feeRuleVersion: 7 });
    await world.total();
    expect((await close()).body).toMatchObject({ code: 'fee_rule_missing', details: { programmeId: world.programmeId, version: 7 } });
  });

  it('takes each version of a rule at its own rates', async () => {
    await world.done('fee-rules', { programmeId: shown('programme', world.programmeId), from: '2026-04-02', feeBasisPoints: 0, vatBasisPoints: 0, commonsBasisPoints: 0 });
    const place = await world.accredit();
    await world.redeem(place, 1000);
    await world.redeem(place, 1000, { feeRuleVersion: 2 });
    expect(await world.closeStatements())
      .toMatchObject({ statements: 1, grossCents: 2000, feeCents: 20, vatCents: 4, commonsCents: 10, netCents: 1966 });
    const [row] = (await world.get('statements')).body['items'] as { statementId: string }[];
    expect((await world.get(`statements/${row!.statementId}`)).body).toMatchObject({
      fees: [{ feeRuleVersion: 1, grossCents: 1000, netCents: 966 }, { feeRuleVersion: 2, grossCents: 1000, netCents: 1000 }],
      claimLines: [{ feeRuleVersion: 1, netCents: 966 }, { feeRuleVersion: 2, netCents: 1000 }],
    });
  });

  it('gives a digest that anybody can take again from the text, and a text whose lines anybody can count', async () => {
    const place = await world.accredit();
    await world.redeem(place);
    await world.redeem(place, 2500);
    await world.closeStatements();
    const [row] = (await world.get('statements')).body['items'] as { statementId: string }[];
    const { content, sha256, claimLines } = (await world.get(`statements/${row!.statementId}`)).body as unknown as
      { content: string; sha256: string; claimLines: { redemptionId: string; grossCents: number }[] };
    expect(createHash('sha256').update(content).digest('hex')).toBe(sha256);
    const lines = claimLines.map(({ redemptionId, grossCents }) => `${plain(redemptionId)}:${grossCents}`).join('\n');
    expect(JSON.parse(content)).toMatchObject({ lines: { count: 2, sha256: createHash('sha256').update(lines).digest('hex') }, grossCents: 3500 });
  });

  it('closes once when it is asked for many times at once, and does nothing more afterwards', async () => {
    for (let at = 0; at < 4; at += 1) await world.redeem(await world.accredit());
    await world.total();
    const answers = await world.atOnce(Array.from({ length: 5 }, () => close));
    expect(new Set(answers.map(({ body: { closedBefore: _, ...body } }) => JSON.stringify(body))).size).toBe(1);
    expect(answers[0]!.body).toMatchObject({ statements: 4, netCents: 4 * 966 });
    expect(answers.some(({ body }) => body['closedBefore'] === false)).toBe(true);
    expect((await close()).body).toEqual({ ...answers[0]!.body, closedBefore: true });
    expect(await world.balanceOf('payable')).toBe(4 * 966);
    expect(await world.balanceOf('accrued')).toBe(0);
  });

  it('finishes a closing that was killed after its cut-off was written', async () => {
    for (let at = 0; at < 3; at += 1) await world.redeem(await world.accredit());
    await world.total();
    const upToSeq = world.seq - 1;
    const transaction = world.work.transaction.bind(world.work);
    let transactions = 0;
    world.work.transaction = (origin, work) => {
      transactions += 1;
      return transactions === 2 ? Promise.reject(new Error('killed')) : transaction(origin, work);
    };
    const key = world.newId();
    expect((await world.post('statement-closings', { key })).status).toBe(500);
    expect(await world.count('statement')).toBe(0);
    // Redeemed after the cut-off, while the closing stands open: it is the next statement's.
    const late = await world.accredit();
    await world.redeem(late);
    await world.total();
    expect((await close()).body).toMatchObject({ upToSeq, statements: 3 });
    expect((await world.post('statement-closings', { key })).body).toMatchObject({ upToSeq, statements: 3 });
    expect(await world.count('statement_closing', 'finished_at is null')).toBe(0);
    expect((await close()).body).toMatchObject({ statements: 1, grossCents: 1000 });
  });

  it('knows of whom nothing was ever in a statement: a first remittance may be held, line by line', async () => {
    const [known, fresh] = [await world.accredit(), await world.accredit()];
    const [knownId, freshId] = [plain(await world.payee(known)), plain(await world.payee(fresh))];
    await world.redeem(known);
    const { upToSeq: closedUpTo } = await world.closeStatements() as { upToSeq: number };
    for (const place of [known, fresh, fresh]) await world.redeem(place);
    const { openClaims } = await surveyClaims(world.work.client, { upToSeq: world.seq, closedUpTo });
    expect(Object.fromEntries(openClaims.map(({ payeeId, lines, isNew }) => [payeeId, { lines, isNew }])))
      .toEqual({ [knownId]: { lines: 1, isNew: false }, [freshId]: { lines: 2, isNew: true } });
  });

  it('carries over what its fee would eat, and pays it with the next statement', async () => {
    await world.done('fee-rules', { programmeId: shown('programme', world.programmeId), from: '2026-05-02', feeBasisPoints: 5000, vatBasisPoints: 0, commonsBasisPoints: 0 });
    const place = await world.accredit();
    await world.redeem(place, 1, { feeRuleVersion: 2 });
    expect(await world.closeStatements()).toMatchObject({ statements: 0, netCents: 0 });
    expect(await world.balanceOf('accrued')).toBe(1);
    await world.redeem(place, 1000, { feeRuleVersion: 2 });
    expect(await world.closeStatements()).toMatchObject({ statements: 1, grossCents: 1001, feeCents: 501, netCents: 500 });
    expect(await world.balanceOf('accrued')).toBe(0);
  });

  it('has a line in the statement of its number, even when redemptions keep coming while it closes', async () => {
    const places = [await world.accredit(), await world.accredit(), await world.accredit()];
    for (const place of places) await world.redeem(place);
    await world.total();
    const upToSeq = world.seq - 1;
    const coming = Promise.all(Array.from({ length: 12 }, async (_, at) => {
      const body = world.redeemed({ place: places[at % 3]! });
      await world.take(VoucherRedeemedV1, body, { id: body.redemptionId });
    }));
    expect((await close()).body).toMatchObject({ upToSeq, statements: 3, grossCents: 3000 });
    await coming;
    expect(await world.balanceOf('accrued')).toBe(12_000);
    expect(await world.closeStatements()).toMatchObject({ statements: 3, grossCents: 12_000 });
  });

  const seed = seedOfRun();
  it(`puts every line into exactly one statement, wherever the cuts fall (seed ${seed})`, async () => {
    const places = [await world.accredit(), await world.accredit(), await world.accredit()];
    let state = [...seed].reduce((value, letter) => Math.imul(value ^ letter.charCodeAt(0), 16_777_619), 2_166_136_261) >>> 0;
    const draw = (below: number) => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return (state >>> 8) % below;
    };
    for (let round = 0; round < 4; round += 1) {
      const from = world.seq;
      for (let at = 0; at < 8; at += 1) await world.redeem(places[draw(3)]!, 1 + draw(5_000));
      await world.total(from + 1 + draw(8));
      await close();
    }
    await world.closeStatements();
    const [held] = await world.rows('select count(*)::int as lines, count(distinct claim_line_id)::int as different, sum(gross)::int as gross from settlement.statement_line');
    const [all] = await world.rows('select count(*)::int as lines, count(*)::int as different, sum(gross)::int as gross from settlement.claim_line');
    expect(held).toEqual(all);
    expect((await perPayee()).reduce((total, { gross }) => total + gross, 0)).toBe((all as { gross: number }).gross);
    expect(await world.balanceOf('accrued')).toBe(0);
  });
});

describe('a line that comes after its number was closed', () => {
  it('is a fault that somebody reads, never a line that nobody pays', async () => {
    const place = await world.accredit();
    await world.redeem(place);
    await world.closeStatements();
    const late = world.redeemed({ place });
    await expect(world.take(VoucherRedeemedV1, late, { id: late.redemptionId, seq: 1 })).rejects.toThrow('is closed already');
  });

  it('takes none of many lines, of which one would come too late', async () => {
    await world.redeem(await world.accredit());
    await world.closeStatements();
    const copied = `insert into settlement.claim_line (id, redemption_id, source_seq, place_id, site_id, payee_id, programme_id, batch_id, custody_account_id, gross,
        currency, fee_rule_version, accreditation_version, service_date, redeemed_at, accrued_at)
      select gen_random_uuid(), gen_random_uuid(), n.seq, place_id, site_id, payee_id, programme_id, batch_id, custody_account_id, gross, currency,
        fee_rule_version, accreditation_version, service_date, redeemed_at, accrued_at
      from (select * from settlement.claim_line where undo_id is null limit 1) c cross join (values (9000001::bigint), (1), (9000002)) n(seq)`;
    await expect(world.admin.query(copied)).rejects.toThrow('has number 1, which is closed already');
    expect(await world.count('claim_line', 'source_seq >= 9000001')).toBe(0);
  });
});

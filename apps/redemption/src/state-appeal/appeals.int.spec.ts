// A place appeals against what the operator decided of it; another person answers, and what is upheld is undone.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { PlaceAppealAnsweredV1, PlaceAppealStatedV1, PlaceReinstatedV1 } from '#libs/contracts';
import { CATALOGUE, inspect } from '#libs/invariants';
import { RedemptionScheme, type Till } from '../../../../test/builders/redemption-scheme.js';
import { NOON } from '../../../../test/builders/redemption-world.js';

jest.setTimeout(60_000);

let scheme: RedemptionScheme;
let colleague: string;
beforeAll(async () => {
  scheme = await RedemptionScheme.create();
  colleague = await scheme.app.operatorToken();
});
afterAll(async () => {
  const local = CATALOGUE.filter(({ tier, schema }) => tier === 'local' && schema === 'redemption');
  expect((await inspect(scheme.app.world.database.inspectorUrl, local)).broken).toEqual([]);
  await scheme.close();
});

const measured = async (what: 'suspensions' | 'withdrawals' = 'suspensions') => {
  const till = await scheme.openTill();
  const { body } = await scheme.measure(till, what);
  return { till, measureId: (body['measures'] as { measureId: string }[])[0]!.measureId };
};
const state = (measureId: string, { token }: Till) =>
  scheme.app.call(`measures/${measureId}/appeals`, { token, body: { grounds: 'We were there all day.' } });
const answer = (appealId: unknown, outcome: 'upheld' | 'rejected', token = colleague) =>
  scheme.app.call(`appeals/${String(appealId)}/answers`, { token, body: { outcome, reasons: 'Seen on the spot.' } });
const told = async (appealId: unknown) => {
  const of = (one: { appealId: string }) => `apl_${one.appealId}` === appealId;
  return [(await scheme.app.emitted(PlaceAppealStatedV1)).filter(of), (await scheme.app.emitted(PlaceAppealAnsweredV1)).filter(of)];
};
const word = async (at: Till) => {
  const { status, body } = await scheme.redeem((await scheme.batch(1)).codes[0]!, {}, { at });
  return status === 201 ? 'redeemed' : body.code;
};

describe('an appeal', () => {
  it.each(['suspensions', 'withdrawals'] as const)('that is upheld undoes the measure (%s) as though it had never been', async (what) => {
    const { till, measureId } = await measured(what);
    const { body: { appealId } } = await state(measureId, till);
    expect((await answer(appealId, 'upheld')).body).toEqual({ appealId, outcome: 'upheld' });
    expect(await word(till)).toBe('redeemed');
    expect((await scheme.app.emitted(PlaceReinstatedV1)).filter((one) => `msr_${one.measureId}` === measureId))
      .toEqual([expect.objectContaining({ how: 'overturned', from: '2026-03-10' })]);
  });

  it('gives back the days of a suspension that had ended', async () => {
    const { till, measureId } = await measured();
    scheme.app.clock.set('2026-03-12T12:00:00.000Z');
    const later = { ...till, token: await scheme.app.tillToken(till.placeId) };
    await scheme.measure(till, 'reinstatements');
    expect(await word(later)).toBe('place_suspended');
    await answer((await state(measureId, later)).body['appealId'], 'upheld');
    expect(await word(later)).toBe('redeemed');
    scheme.app.clock.set(NOON);
  });

  it('that is rejected, or waits, leaves the measure; it is answered once, by somebody else than who decided', async () => {
    const { till, measureId } = await measured();
    const { status, body: { appealId, answerDue } } = await state(measureId, till);
    expect([status, answerDue]).toEqual([201, '2026-04-09']);
    expect((await scheme.app.get('appeals?open=true', till.token)).body['items']).toMatchObject([{ appealId, decisionId: measureId, outcome: null }]);
    expect(await answer(appealId, 'upheld', scheme.operator)).toMatchObject({ status: 403, body: { code: 'answerer_decided' } });
    const answers = await Promise.all([answer(appealId, 'rejected'), answer(appealId, 'upheld'), answer(appealId, 'rejected')]);
    expect(answers.map(({ status: said }) => said).sort()).toEqual([201, 409, 409]);
    expect(answers.filter(({ body }) => body.code).map(({ body }) => body.code)).toEqual(['appeal_answered', 'appeal_answered']);
    const [shown] = (await scheme.app.get('appeals', till.token)).body['items'] as Record<string, unknown>[];
    expect(shown).toMatchObject({ reasons: 'Seen on the spot.', answeredBy: null });
    expect(await word(till)).toBe(shown!['outcome'] === 'upheld' ? 'redeemed' : 'place_suspended');
    const of = { appealId: String(appealId).slice(4), placeId: till.placeId.slice(4), against: 'measure', decisionId: measureId.slice(4) };
    expect(await told(appealId)).toEqual([[{ ...of, answerDue: '2026-04-09' }], [{ ...of, outcome: shown!['outcome'] }]]);
  });

  it('is stated once, by the place itself, within 60 days', async () => {
    const [{ till, measureId }, other] = [await measured(), await measured()];
    expect((await state(measureId, other.till)).body.code).toBe('decision_not_found');
    expect((await state(measureId, { ...till, token: scheme.operator })).status).toBe(403);
    const both = await Promise.all([state(measureId, till), state(measureId, till)]);
    expect(both.map(({ status, body }) => body.code ?? status).sort()).toEqual([201, 'appeal_stated']);
    expect((await scheme.app.get('appeals', other.till.token)).body['items']).toEqual([]);
    for (const [day, said] of [['2026-05-10', 'appeal_too_late'], ['2026-05-09', 201]] as const) {
      scheme.app.clock.set(`${day}T12:00:00.000Z`);
      const { status, body } = await state(other.measureId, { ...other.till, token: await scheme.app.tillToken(other.till.placeId) });
      expect(body.code ?? status).toBe(said);
    }
    scheme.app.clock.set(NOON);
    expect((await answer(`apl_${scheme.app.world.newId()}`, 'upheld')).body.code).toBe('appeal_not_found');
  });

  it('is refused by the database of another place, and its answer from who decided', async () => {
    const { till, measureId } = await measured();
    const { body: { appealId } } = await state(measureId, till);
    const { service, inspector } = scheme.app.world;
    const plain = (id: unknown) => String(id).slice(4);
    const { rows: [measure] } = await inspector.query<{ decided_by: string }>('select decided_by from redemption.measure where id = $1', [plain(measureId)]);
    const refused = (sql: string, values: unknown[]) => service.query(sql, values).then(() => 'done', ({ message }: Error) => message);
    expect(await refused(`insert into redemption.appeal_answer values ($1, 'upheld', 'x', $2, now())`, [plain(appealId), measure!.decided_by]))
      .toMatch('not answered by who decided');
    expect(await refused(`insert into redemption.appeal (id, place_id, measure_id, grounds, stated_by, stated_at, answer_due)
      values ($1, $2, $3, 'x', 'x', now(), '2026-05-01')`, [scheme.app.world.newId(), plain(scheme.till.placeId), plain((await measured()).measureId)]))
      .toMatch('no decision about its place');
  });
});

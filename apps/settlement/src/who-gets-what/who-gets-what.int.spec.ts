// Who gets how many cents: of a redemption on its way into a statement and in it, and of the statement, always the same division.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RedemptionUndoneV1 } from '#libs/contracts';
import { ANNA, AUDITOR, BERT, SettlementWorld, shown, tillOf, type Place } from '../../../../test/builders/settlement-world.js';

let world: SettlementWorld;
beforeAll(async () => { world = await SettlementWorld.create(); });
afterAll(() => world.close());

type Line = Readonly<{
  state: string; statementId: string | null; feeRuleVersion: number; grossCents: number; incidentId: string | null;
  parts: readonly { to: string; amountCents: number }[];
}>;
const of = async (redemptionId: string, as = ANNA) => (await world.get(`redemptions/${shown('redemption', redemptionId)}/shares`, as)).body['lines'] as unknown as Line[];
const amounts = ({ parts }: Pick<Line, 'parts'>) => Object.fromEntries(parts.map(({ to, amountCents }) => [to, amountCents]));
async function redeemed(place: Place, amountCents: number): Promise<string> {
  await world.redeem(place, amountCents);
  const [row] = await world.rows<{ id: string }>('select redemption_id as id from settlement.claim_line where place_id = $1 order by source_seq desc limit 1', [place.placeId]);
  return row!.id;
}

describe('who gets how many cents of a redemption', () => {
  it('is said by its rule until a statement divides it, and by the statement from then on', async () => {
    const place = await world.accredit();
    await world.payee(place);
    const ids = [await redeemed(place, 1_024), await redeemed(place, 1_024), await redeemed(place, 1_024)];
    const [alone] = await of(ids[0]!) as [Line];
    expect(alone).toMatchObject({ state: 'open', statementId: null, feeRuleVersion: 1, grossCents: 1_024 });
    // Of each alone: 20.48 of fee is 20, 20 % of it 4.
    expect(amounts(alone)).toEqual({ place: 990, operator: 20, state: 4, commons: 10 });
    await world.closeStatements();
    const lines = (await Promise.all(ids.map((id) => of(id)))).flat();
    expect(lines.map(({ state }) => state)).toEqual(['in_statement', 'in_statement', 'in_statement']);
    // Of the three together: 61.44 of fee is 61, VAT 12, commons 31 of 30.72; odd cents by largest remainder.
    const sumOf = (to: string) => lines.reduce((total, line) => total + amounts(line)[to]!, 0);
    expect(['place', 'operator', 'state', 'commons'].map(sumOf)).toEqual([2_968, 61, 12, 31]);
    for (const line of lines) expect(Object.values(amounts(line)).reduce((a, b) => a + b, 0)).toBe(1_024);
    const { body } = await world.get(`statements/${lines[0]!.statementId!}/shares`, tillOf(place));
    const rule = { feeRuleVersion: 1, feeBasisPoints: 200, vatBasisPoints: 2_000, commonsBasisPoints: 100 };
    expect(body).toMatchObject({ grossCents: 3_072, groups: [{ ...rule, lines: 3 }] });
    expect(amounts(body as unknown as Line)).toEqual({ place: 2_968, operator: 61, state: 12, commons: 31 });
    const shownLines = (await world.get(`statements/${lines[0]!.statementId!}`)).body['claimLines'] as { netCents: number; feeCents: number }[];
    expect(lines.map(amounts)).toMatchObject(shownLines.map(({ netCents, feeCents }) => ({ place: netCents, operator: feeCents })));
  });

  it('tells an incident beside the line that it corrects', async () => {
    const place = await world.accredit();
    await world.payee(place);
    const id = await redeemed(place, 2_000);
    await world.closeStatements();
    const { incidentId } = await world.done('incidents', { redemptionId: shown('redemption', id), kind: 'overpaid', amountCents: 500, note: 'x' });
    await world.done(`incidents/${String(incidentId)}/validate`, { note: 'x' }, BERT);
    const said = await of(id);
    expect(said.map(({ state, grossCents, incidentId: by }) => [state, grossCents, by])).toEqual([['in_statement', 2_000, null], ['open', -500, incidentId]]);
    expect(amounts(said[1]!)).toEqual({ place: -483, operator: -10, state: -2, commons: -5 });
    await redeemed(place, 4_000);
    await world.closeStatements();
    expect((await of(id)).map(({ state }) => state)).toEqual(['in_statement', 'in_statement']);
  });

  it('tells an undoing beside its redemption, of which nobody gets anything', async () => {
    const place = await world.accredit();
    await world.payee(place);
    const id = await redeemed(place, 700);
    const { batch_id: batchId } = (await world.rows<{ batch_id: string }>('select batch_id from settlement.claim_line where redemption_id = $1', [id]))[0]!;
    const undone = { redemptionId: id, programmeId: world.programmeId, batchId, placeId: place.placeId, amountCents: 700 };
    await world.take(RedemptionUndoneV1, { ...RedemptionUndoneV1.sample, ...undone, custodyAccountId: world.bankAccountId });
    await redeemed(place, 1_000);
    await world.closeStatements();
    const said = await of(id);
    const nothing = { operator: 0, state: 0, commons: 0 };
    expect(said.map(amounts)).toEqual([{ place: 700, ...nothing }, { place: -700, ...nothing }]);
  });

  it('is shown to its own place, the operator and auditors', async () => {
    const [place, other] = [await world.accredit(), await world.accredit()];
    const id = await redeemed(place, 1_000);
    for (const as of [tillOf(place), AUDITOR]) expect(await of(id, as)).toHaveLength(1);
    expect((await world.get(`redemptions/${shown('redemption', id)}/shares`, tillOf(other))).body.code).toBe('claim_line_unknown');
    expect((await world.get(`statements/${shown('statement', world.newId())}/shares`)).body.code).toBe('statement_unknown');
  });
});

describe('who gets what of a first remittance', () => {
  it('is said while it is held, and nobody gets it once it is rejected', async () => {
    const careful = await SettlementWorld.create({ holdFirstRemittance: true });
    try {
      const place = await careful.owedPlace(1_000);
      await careful.closeStatements();
      const [{ id }] = await careful.rows<{ id: string }>('select redemption_id as id from settlement.claim_line') as [{ id: string }];
      const lines = async () => (await careful.get(`redemptions/${shown('redemption', id)}/shares`, tillOf(place))).body['lines'] as unknown as Line[];
      expect(await lines()).toMatchObject([{ state: 'held', parts: [{ to: 'place', amountCents: 966 }, {}, {}, {}] }]);
      await careful.done(`holds/${(await careful.holds())[0]!.holdId}/reject`, { reason: 'fraud', note: 'made up' }, BERT);
      expect(await lines()).toMatchObject([{ state: 'rejected', grossCents: 1_000, parts: [] }]);
    } finally {
      await careful.close();
    }
  });
});

// Serials are conserved: over random histories of everything that can happen to stock, asked through the routes, each
// voucher is where a plain model says it is, and in one place. The model is an array; it knows nothing of ranges.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import type { Principal } from '#libs/auth';
import { seedOfRun } from '#libs/testing';
import { brokenAlone } from '../../../test/builders/all-invariants.js';
import { distributorMemberOf, IssuanceWorld, plain } from '../../../test/builders/issuance-world.js';

jest.setTimeout(300_000);

const [COUNT, RUNS, STEPS] = [40, 6, 30];
const SEED = Number.parseInt(Buffer.from(seedOfRun()).toString('hex').slice(-7), 16);

let world: IssuanceWorld;
let people: { distributorId: string; as: Principal; desks: (string | null)[] }[];
beforeAll(async () => {
  world = await IssuanceWorld.create();
  people = [];
  for (const name of ['un', 'deux']) {
    const distributorId = await world.distributor();
    const as = distributorMemberOf(distributorId);
    const { agentId } = await world.done('agents', { name }, as);
    people.push({ distributorId, as, desks: [null, String(agentId)] });
  }
});
afterAll(() => world.close());

/** `place` and who has it; of what is under way also by which delivery. */
type Spot = string;
const stock = (who: number, desk: number): Spot => `stock ${who} ${desk}`;
type Move = Readonly<{
  what: 'ship' | 'from printer' | 'receive' | 'lose delivery' | 'transfer' | 'give back' | 'hand over' | 'take back' | 'lose' | 'destroy' | 'stop';
  first: number; size: number; who: number; desk: number; other: number; otherDesk: number;
}>;
const aMove = fc.record<Move>({
  what: fc.constantFrom('ship', 'ship', 'from printer', 'receive', 'receive', 'receive', 'lose delivery', 'transfer', 'transfer', 'give back', 'hand over', 'hand over', 'take back', 'lose', 'destroy', 'stop'),
  first: fc.nat(COUNT - 1), size: fc.integer({ min: 1, max: COUNT }),
  who: fc.nat(1), desk: fc.nat(1), other: fc.nat(1), otherDesk: fc.nat(1),
});

const isOperators = (spot: Spot): boolean => spot === 'printer' || spot === 'operator' || spot === 'returned';

class Model {
  readonly spots: Spot[] = Array.from({ length: COUNT }, () => 'printer');
  readonly stopped = new Set<number>();
  readonly deliveries: { id: string; to: Spot }[] = [];
  readonly handOvers: { id: string; first: number; last: number; who: number; back: Spot; returned: boolean }[] = [];

  put(first: number, last: number, spot: Spot): void {
    this.spots.fill(spot, first, last + 1);
  }

  all(first: number, last: number, is: (spot: Spot, index: number) => boolean): boolean {
    return this.spots.slice(first, last + 1).every((spot, at) => is(spot, first + at));
  }
}

/** Does what the move says, as far as the model finds it possible; the service has to agree. */
async function play(model: Model, batchId: string, move: Move): Promise<void> {
  const [first, last] = [move.first, Math.min(COUNT - 1, move.first + move.size - 1)];
  const [me, range] = [people[move.who]!, { first, last }];
  const usable = model.all(first, last, (_, index) => !model.stopped.has(index));
  const isMine = (spot: Spot) => spot === stock(move.who, move.desk);
  const expectStatus = async (allowed: boolean, path: string, body: object, as?: Principal): Promise<Record<string, unknown>> => {
    const answer = await world.post(path, { body, ...(as && { as }) });
    expect({ path, body, status: answer.status < 300, text: answer.status < 300 ? '' : answer.text }).toMatchObject({ status: allowed });
    return answer.status < 300 ? answer.body : {};
  };
  switch (move.what) {
    case 'ship': {
      const may = usable && model.all(first, last, isOperators);
      const made = await expectStatus(may, `batches/${batchId}/deliveries`, { distributorId: me.distributorId, ...range });
      if (may) sent(model, made, range, stock(move.who, 0));
      return;
    }
    case 'transfer': {
      const toOther = move.other !== move.who;
      const isSame = !toOther && move.desk === move.otherDesk;
      const may = usable && !isSame && model.all(first, last, isMine);
      const to = toOther ? { kind: 'distributor', distributorId: people[move.other]!.distributorId }
        : move.otherDesk === 0 ? { kind: 'own_stock' } : { kind: 'agent', agentId: me.desks[1] };
      const made = await expectStatus(may, 'transfers', { batchId, ...range, to, fromAgentId: me.desks[move.desk] }, me.as);
      if (may) sent(model, made, range, toOther ? stock(move.other, 0) : stock(move.who, move.otherDesk));
      return;
    }
    case 'give back': {
      const may = model.all(first, last, isMine);
      const made = await expectStatus(may, 'transfers', { batchId, ...range, to: { kind: 'operator' }, fromAgentId: me.desks[move.desk] }, me.as);
      if (may) sent(model, made, range, 'returned');
      return;
    }
    case 'receive': case 'lose delivery': {
      const delivery = model.deliveries[move.other + move.size % Math.max(1, model.deliveries.length)];
      if (!delivery) return;
      const may = model.all(first, last, (spot) => spot === `under way ${delivery.id}`);
      const path = `deliveries/${delivery.id}/${move.what === 'receive' ? 'receipts' : 'losses'}`;
      await expectStatus(may, path, { ranges: [range] });
      if (may) model.put(first, last, move.what === 'receive' ? delivery.to : 'lost');
      return;
    }
    case 'hand over': {
      const may = usable && model.all(first, last, (spot) => spot === stock(move.who, 0) || spot === stock(move.who, 1));
      const made = await expectStatus(may, 'hand-overs', { handOvers: [{ batchId, ...range }] }, me.as);
      for (const one of (made['handOvers'] ?? []) as { handOverId: string; first: number; last: number }[]) {
        const { handOverId: id, first: from, last: to } = one;
        model.handOvers.push({ id, first: from, last: to, who: move.who, back: model.spots[from]!, returned: false });
        model.put(one.first, one.last, `handed over ${one.handOverId}`);
      }
      return;
    }
    case 'take back': {
      const handOver = model.handOvers[move.size % Math.max(1, model.handOvers.length)];
      if (!handOver) return;
      await expectStatus(handOver.who === move.who && !handOver.returned, `hand-overs/${handOver.id}/returns`, {}, me.as);
      if (handOver.who !== move.who || handOver.returned) return;
      handOver.returned = true;
      return model.put(handOver.first, handOver.last, handOver.back);
    }
    case 'lose': {
      const may = model.all(first, last, (spot) => spot === stock(move.who, 0) || spot === stock(move.who, 1));
      await expectStatus(may, 'stock-losses', { batchId, ...range, reason: 'stolen' }, me.as);
      if (may) model.put(first, last, 'lost');
      return;
    }
    case 'destroy': {
      const may = model.all(first, last, isOperators);
      await expectStatus(may, 'stock-destructions', { batchId, ...range });
      if (may) model.put(first, last, 'destroyed');
      return;
    }
    case 'from printer': {
      const may = model.all(first, last, (spot) => spot === 'printer');
      await expectStatus(may, `batches/${batchId}/printer-receipts`, range);
      if (may) model.put(first, last, 'operator');
      return;
    }
    case 'stop':
      await world.stop(batchId, [{ first, last: first }]);
      model.stopped.add(first);
  }
}

function sent(model: Model, made: Record<string, unknown>, { first, last }: { first: number; last: number }, to: Spot): void {
  const id = String(made['deliveryId']);
  model.deliveries.push({ id, to });
  model.put(first, last, `under way ${id}`);
}

/** Where the service says each voucher is, in the words of the model. */
async function spotsOf(batchId: string): Promise<Spot[]> {
  type Laid = { index: number; place: string; distributor_id: string | null; agent_id: string | null; document_id: string | null };
  const rows = await world.rows<Laid>(
    `select i.index, h.place, h.distributor_id, h.agent_id, h.document_id from issuance.held h
     cross join lateral generate_series(lower(h.span), upper(h.span) - 1) as i(index) where h.batch_id = $1 order by i.index`, [plain(batchId)]);
  expect(rows.map(({ index }) => index)).toEqual(Array.from({ length: COUNT }, (_, at) => at));
  return rows.map(({ place, distributor_id: distributor, agent_id: agent, document_id: document }) => {
    const who = people.findIndex(({ distributorId }) => plain(distributorId) === distributor);
    if (place === 'stock') return stock(who, people[who]!.desks.findIndex((desk) => (desk && plain(desk)) === agent));
    if (place === 'under_way') return `under way dlv_${document}`;
    if (place === 'handed_over') return `handed over hnd_${document}`;
    return place;
  });
}

describe('any history of a batch', () => {
  it('leaves each voucher in one place, which is the one that a plain list says', async () => {
    await fc.assert(fc.asyncProperty(fc.array(aMove, { minLength: STEPS, maxLength: STEPS }), async (moves) => {
      const [model, batchId] = [new Model(), await world.printedBatch(COUNT)];
      for (const move of moves) {
        await play(model, batchId, move);
        expect(await spotsOf(batchId)).toEqual(model.spots);
      }
      const { parts, count } = (await world.get(`batches/${batchId}/places`)).body as unknown as { count: number; parts: { vouchers: number }[] };
      expect(parts.reduce((sum, { vouchers }) => sum + vouchers, 0)).toBe(count);
    }), { seed: SEED, numRuns: RUNS });
    expect(await brokenAlone(world.database.inspectorUrl, 'issuance')).toEqual([]);
  });
});

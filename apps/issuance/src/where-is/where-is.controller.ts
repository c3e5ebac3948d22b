import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import type { Principal } from '#libs/auth';
import { Api, Caller, idIn, idOut, idText, pageAnswer, pageOf, pageQuery, parse, Problem, readCursor, type Page } from '#libs/http';
import { reject, type AgentId, type DistributorId } from '#libs/kernel';
import { distributorOf } from '../caller.js';
import { PLACES } from '../holding.decision.js';
import { ORDER_COUNT_MAX } from '../limits.js';
import { ListPieces, ShowPartition, WhereIs } from './where-is.query.js';

const query = z.strictObject({
  serial: z.string().min(1).max(80).optional().describe('as printed on the voucher, or the number on the cover of its booklet'),
  batchId: idIn('batch').optional(), index: z.coerce.number().int().min(0).max(ORDER_COUNT_MAX).optional(),
}).refine(({ serial, batchId, index }) => (serial !== undefined) === (batchId === undefined && index === undefined)
  && (serial !== undefined || (batchId !== undefined && index !== undefined)), { path: ['serial'], message: 'expected serial, or batchId and index' });
const holder = { place: z.enum(PLACES), distributorId: idText('distributor').nullable(), agentId: idText('agent').nullable() };
const move = z.strictObject({ ...holder, movedAt: z.string() });
const found = z.strictObject({
  batchId: idText('batch'), first: z.int(), last: z.int().describe('the voucher itself, or those of the booklet that was asked for'),
  ...holder, since: z.string(), isStopped: z.boolean(),
  moves: z.array(move).describe('how it came there, from the printer on; of a booklet, the way of its first voucher'),
});
const partition = z.strictObject({
  batchId: idText('batch'), count: z.int().describe('what the parts add up to'), bookletSize: z.int(),
  parts: z.array(z.strictObject({ ...holder, vouchers: z.int(), booklets: z.int().describe('whole ones'), stoppedVouchers: z.int() })),
});
const piece = z.strictObject({ first: z.int(), last: z.int(), ...holder, since: z.string() });

@Controller('issuance')
export class WhereIsController {
  constructor(private readonly queries: QueryBus) {}

  @Get('whereabouts')
  @Api({
    summary: 'Where a voucher is, by its serial or by its place in its batch; a distributor is told of those that passed through its hands',
    who: ['operator', 'auditor', 'distributor'], query, answer: found, refusals: ['voucher_not_found'],
  })
  async where(@Query() asked: unknown, @Caller() caller: Principal): Promise<z.output<typeof found>> {
    const { serial, batchId, index } = parse(query, asked);
    const named = serial === undefined ? { batchId: batchId!, index: index! } : { serial };
    const distributorId = distributorOf(caller);
    const where = await this.queries.execute(new WhereIs(named, distributorId));
    if (!where) throw new Problem(reject('voucher_not_found'));
    // Whose hands it passed through besides its own is not a distributor's business.
    const seen = where.moves.filter((one) => distributorId === null || one.distributorId === distributorId);
    const moves = seen.map(({ movedAt, place, distributorId: who, agentId }) =>
      ({ place, ...shown({ distributorId: who, agentId }), movedAt: movedAt.toISOString() }));
    const { movedAt, ...last } = moves.at(-1)!;
    return { batchId: idOut('batch', where.batchId), first: where.first, last: where.last, ...last, since: movedAt, isStopped: where.isStopped, moves };
  }

  @Get('batches/:id/places')
  @Api({
    summary: 'Where the vouchers of a batch are: every one is counted in one place', who: ['operator', 'auditor'], answer: partition,
    refusals: ['batch_not_found'],
  })
  async partition(@Param('id') id: string): Promise<z.output<typeof partition>> {
    const laid = await this.queries.execute(new ShowPartition(parse(idIn('batch'), id)));
    if (!laid) throw new Problem(reject('batch_not_found'));
    return { ...laid, batchId: idOut('batch', laid.batchId), parts: laid.parts.map((part) => ({ ...part, ...shown(part) })) };
  }

  @Get('batches/:id/pieces')
  @Api({ summary: 'The same as ranges, in order', who: ['operator', 'auditor'], query: pageQuery, answer: pageAnswer(piece) })
  async pieces(@Param('id') id: string, @Query() asked: unknown): Promise<Page<z.output<typeof piece>>> {
    const { limit, cursor } = parse(pageQuery, asked);
    const after = cursor === undefined ? -1 : readCursor(z.tuple([z.int().min(-1).max(ORDER_COUNT_MAX)]), cursor)[0];
    const rows = await this.queries.execute(new ListPieces(parse(idIn('batch'), id), after, limit + 1));
    return pageOf(rows, limit, ({ first }) => [first], ({ first, last, place, since, ...ids }) =>
      ({ first, last, place, ...shown(ids), since: since.toISOString() }));
  }
}

const shown = ({ distributorId, agentId }: Readonly<{ distributorId: DistributorId | null; agentId: AgentId | null }>) => ({
  distributorId: distributorId && idOut('distributor', distributorId), agentId: agentId && idOut('agent', agentId),
});

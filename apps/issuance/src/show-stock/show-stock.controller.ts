import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import type { Principal } from '#libs/auth';
import { Api, Caller, idIn, idOut, idText, pageAnswer, pageOf, pageQuery, parse, readCursor, type Page } from '#libs/http';
import { idOf, isUuid, type AgentId } from '#libs/kernel';
import { distributorOf } from '../caller.js';
import { PUBLIC_CATEGORIES } from '../hand-over.store.js';
import { placeOf } from '../id-cursor.js';
import { ListDeliveries, ListHandOvers, ListStock } from './show-stock.query.js';
import type { DeliveryView, HandOverView, StockPlace, StockView, Wanted } from './stock-view.store.js';

const WHO = ['distributor', 'operator', 'auditor'] as const;
const query = pageQuery.extend({ distributorId: idIn('distributor').optional(), batchId: idIn('batch').optional() });
const place = {
  distributorId: idText('distributor'), batchId: idText('batch'), label: z.string().describe('what the printed numbers of the batch begin with'),
  bookletSize: z.int(),
};
const counts = z.strictObject({ vouchers: z.int(), booklets: z.int().describe('whole ones') });
const shownStock = z.strictObject({
  ...place, name: z.string(), programmeId: idText('programme'), programmeName: z.string(), faceCents: z.int().describe('of one voucher'),
  usableUntil: z.iso.date().describe('the last day of use, extensions in'), inTransit: counts.describe('on its way to the distributor'), sent: counts.describe('on its way from it'),
  lost: counts, inStock: counts, handedOver: counts,
  desks: z.array(z.strictObject({ agentId: idText('agent').nullable(), name: z.string().nullable(), vouchers: z.int(), booklets: z.int() }))
    .describe('its stock by desk; null: what lies at none'),
});
const shownDelivery = z.strictObject({
  deliveryId: idText('delivery'), kind: z.enum(['shipping', 'transfer', 'return']), ...place, agentId: idText('agent').nullable(),
  fromDistributorId: idText('distributor').nullable(), fromAgentId: idText('agent').nullable(), first: z.int(), last: z.int(), shippedAt: z.string(),
  receivedCount: z.int(), lostCount: z.int(), inTransitCount: z.int(),
});
const shownHandOver = z.strictObject({
  handOverId: idText('handOver'), ...place, agentId: idText('agent').nullable(), first: z.int(), last: z.int(), inseeCode: z.string().nullable(),
  publicCategory: z.enum(PUBLIC_CATEGORIES).nullable(), handedOverAt: z.string(), returnedAt: z.string().nullable(),
});
const isId = z.string().refine(isUuid);

@Controller('issuance')
export class ShowStockController {
  constructor(private readonly queries: QueryBus) {}

  @Get('stock')
  @Api({
    summary: 'Where the vouchers of each distributor and batch are: under way to it or from it, lost, in stock (by desk), handed over; a distributor\'s own, or all',
    who: WHO, keyScope: 'stock.read', query, answer: pageAnswer(shownStock),
  })
  async stock(@Query() asked: unknown, @Caller() caller: Principal): Promise<Page<z.output<typeof shownStock>>> {
    const { wanted, limit, cursor } = wantedOf(asked, caller);
    const rows = await this.queries.execute(new ListStock(wanted, stockPlaceOf(cursor)));
    return pageOf(rows, limit, ({ distributorId, batchId }) => [distributorId, batchId], showStock);
  }

  @Get('deliveries')
  @Api({
    summary: 'Deliveries, newest first: a distributor\'s own, or all', who: WHO, keyScope: 'stock.read', query, answer: pageAnswer(shownDelivery),
  })
  async deliveries(@Query() asked: unknown, @Caller() caller: Principal): Promise<Page<z.output<typeof shownDelivery>>> {
    const { wanted, limit, cursor } = wantedOf(asked, caller);
    const rows = await this.queries.execute(new ListDeliveries(wanted, placeOf('delivery', cursor)));
    return pageOf(rows, limit, ({ deliveryId }) => [deliveryId], showDelivery);
  }

  @Get('hand-overs')
  @Api({
    summary: 'Hand-overs, newest first: a distributor\'s own, or all', who: WHO, keyScope: 'stock.read', query, answer: pageAnswer(shownHandOver),
  })
  async handOvers(@Query() asked: unknown, @Caller() caller: Principal): Promise<Page<z.output<typeof shownHandOver>>> {
    const { wanted, limit, cursor } = wantedOf(asked, caller);
    const rows = await this.queries.execute(new ListHandOvers(wanted, placeOf('handOver', cursor)));
    return pageOf(rows, limit, ({ handOverId }) => [handOverId], showHandOver);
  }
}

/** A distributor sees its own, whatever it asks for. */
function wantedOf(
  asked: unknown, caller: Principal,
): Readonly<{ wanted: Wanted; limit: number; cursor: string | undefined }> {
  const { limit, cursor, distributorId, batchId } = parse(query, asked);
  const wanted = { distributorId: distributorOf(caller) ?? distributorId ?? null, batchId: batchId ?? null, rowsMax: limit + 1 };
  return { wanted, limit, cursor };
}

function stockPlaceOf(cursor: string | undefined): StockPlace | null {
  if (cursor === undefined) return null;
  const [distributorId, batchId] = readCursor(z.tuple([isId, isId]), cursor);
  return { distributorId: idOf('distributor', distributorId), batchId: idOf('batch', batchId) };
}

const idsOf = ({ distributorId, batchId }: StockPlace) =>
  ({ distributorId: idOut('distributor', distributorId), batchId: idOut('batch', batchId) });

const agentOut = (agentId: AgentId | null) => agentId && idOut('agent', agentId);

const showStock = ({ places, desks, ...row }: StockView): z.output<typeof shownStock> => ({
  ...row, ...idsOf(row), programmeId: idOut('programme', row.programmeId), ...places, desks: desks.map((desk) => ({ ...desk, agentId: agentOut(desk.agentId) })),
});

const showDelivery = ({ shippedAt, ...row }: DeliveryView): z.output<typeof shownDelivery> => ({
  ...row, ...idsOf(row), deliveryId: idOut('delivery', row.deliveryId), shippedAt: shippedAt.toISOString(),
  agentId: agentOut(row.agentId), fromAgentId: agentOut(row.fromAgentId), fromDistributorId: row.fromDistributorId && idOut('distributor', row.fromDistributorId),
  inTransitCount: row.last - row.first + 1 - row.receivedCount - row.lostCount,
});

const showHandOver = ({ handedOverAt, returnedAt, ...row }: HandOverView): z.output<typeof shownHandOver> => ({
  ...row, ...idsOf(row), handOverId: idOut('handOver', row.handOverId), agentId: agentOut(row.agentId), handedOverAt: handedOverAt.toISOString(),
  returnedAt: returnedAt?.toISOString() ?? null,
});

import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import type { Principal } from '#libs/auth';
import { Api, Caller, idIn, idOut, idText, parse } from '#libs/http';
import { distributorOf, payerOf } from '../caller.js';
import { communeIn } from '#libs/sirene';
import { ALERTS_MAX, FUNNEL_ROWS_MAX, SLEEPING_DAYS } from '../limits.js';
import { ALERT_KINDS } from './alert.store.js';
import { ListAlerts, ShowFunnel } from './funnel.query.js';
import { DIMENSIONS, type Dimension } from './funnel.store.js';

const by = z.string().max(60).regex(/^(programme|month|distributor|departement)(,(programme|month|distributor|departement))*$/, `expected some of ${DIMENSIONS.join(', ')}`);
const query = z.strictObject({
  by: by.optional().describe(`what rows are of, with commas between: ${DIMENSIONS.join(', ')}; one row of all without`),
  programmeId: idIn('programme').optional(), distributorId: idIn('distributor').optional(),
  commune: communeIn.optional().describe('of distributors that serve it'),
});
const counts = z.strictObject({ vouchers: z.int(), booklets: z.int().describe('whole ones') });
const few = 'null where a payer would be told of fewer than five';
const row = z.strictObject({
  programmeId: idText('programme').nullable(), month: z.string().nullable().describe('in which they were ordered, YYYY-MM'),
  distributorId: idText('distributor').nullable(), departement: z.string().nullable().describe('that the distributor serves, or "several"'),
  ordered: counts.nullable().describe('null in rows of distributors'), delivered: counts, inStock: counts, handedOver: counts.nullable().describe(few),
  firstUse: z.int().nullable().describe(`booklets that somebody began to use; ${few}`), usedUp: z.int().nullable().describe(`booklets of which nothing is left; ${few}`),
});
const funnel = z.strictObject({ rows: z.array(row) });
const alertQuery = z.strictObject({
  days: z.coerce.number().int().min(1).max(1_000).default(SLEEPING_DAYS), distributorId: idIn('distributor').optional(),
});
const alert = z.strictObject({
  kind: z.enum(ALERT_KINDS), distributorId: idText('distributor'), batchId: idText('batch'), vouchers: z.int(), booklets: z.int(), since: z.string(),
});
const alerts = z.strictObject({ days: z.int(), alerts: z.array(alert) });

@Controller('issuance')
export class FunnelController {
  constructor(private readonly queries: QueryBus) {}

  @Get('funnel')
  @Api({
    summary: 'How far vouchers came, ordered, delivered, in stock, handed over, first use, used up: a payer\'s own, what a distributor has, or all',
    who: ['operator', 'auditor', 'payer', 'distributor'], query, answer: funnel,
  })
  async funnel(@Query() asked: unknown, @Caller() caller: Principal): Promise<z.output<typeof funnel>> {
    const { by: dimensions, programmeId = null, distributorId = null, commune = null } = parse(query, asked);
    const rows = await this.queries.execute(new ShowFunnel({
      by: (dimensions?.split(',') ?? []) as Dimension[], programmeId, commune, payerId: payerOf(caller),
      distributorId: distributorOf(caller) ?? distributorId, rowsMax: FUNNEL_ROWS_MAX,
    }));
    return {
      rows: rows.map(({ programmeId: programme, distributorId: distributor, ...rest }) => ({
        ...rest, programmeId: programme && idOut('programme', programme), distributorId: distributor && idOut('distributor', distributor),
      })),
    };
  }

  @Get('stock-alerts')
  @Api({
    summary: 'Stock that nothing moved in for so many days, and booklets that were handed over so long ago and never used: one\'s own, or all',
    who: ['operator', 'auditor', 'distributor'], query: alertQuery, answer: alerts,
  })
  async alerts(@Query() asked: unknown, @Caller() caller: Principal): Promise<z.output<typeof alerts>> {
    const { days, distributorId = null } = parse(alertQuery, asked);
    const wanted = { distributorId: distributorOf(caller) ?? distributorId, days, rowsMax: ALERTS_MAX };
    const rows = await this.queries.execute(new ListAlerts(wanted));
    return {
      days, alerts: rows.map(({ since, ...one }) =>
        ({ ...one, distributorId: idOut('distributor', one.distributorId), batchId: idOut('batch', one.batchId), since: since.toISOString() })),
    };
  }
}

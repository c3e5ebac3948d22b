import { Controller, Get } from '@nestjs/common';
import { z } from 'zod';
import { Api } from '#libs/http';
import { AuditWork } from '../audit.work.js';
import { listDifferences, type Difference } from './compared-tally.store.js';

const answer = z.strictObject({
  differences: z.array(z.strictObject({
    ledger: z.string(), eventsOf: z.string().describe('by whose events the account moved'), custodyAccountId: z.string(), programmeId: z.string().nullable(),
    account: z.string(), saidCount: z.int(), saidCents: z.int(), restatedCount: z.int(), restatedCents: z.int(),
    afterSeq: z.int().describe('they were equal up to this number of the sender'), upToSeq: z.int(),
    event: z.string().nullable().describe('the one event that explains it; null where it takes several, or audit does not have it'),
    ledgerSays: z.string().describe('the route by which the ledger lists what it booked, event by event'),
  })),
});

@Controller('audit/differences')
export class DifferencesController {
  constructor(private readonly work: AuditWork) {}

  @Get()
  @Api({ summary: 'Where a ledger is not what its events say, with the event where one explains it', who: ['auditor', 'operator'], answer })
  async list(): Promise<z.output<typeof answer>> {
    return { differences: (await listDifferences(this.work.client)).map(shown) };
  }
}

const shown = ({ ledger, sender, custodyAccountId, programme, account, named, ...one }: Difference) => ({
  ledger, eventsOf: sender, custodyAccountId, programmeId: programme === '' ? null : programme, account,
  saidCount: one.saidCount, saidCents: Number(one.saidAmount), restatedCount: one.restatedCount, restatedCents: Number(one.restatedAmount),
  afterSeq: Number(one.afterSeq), upToSeq: Number(one.upToSeq), event: named,
  ledgerSays: `/${ledger}/control-totals/events?${new URLSearchParams({ sender, account, custodyAccountId }).toString()}`,
});

// From a total to the accounts that it is made of, to single facts, each with its event, its place in the log and the way to its proof.
import { Controller, Get, Query } from '@nestjs/common';
import { z } from 'zod';
import { Api, instantIn, pageAnswer, pageOf, pageQuery, parse, readCursor } from '#libs/http';
import { showId, type Id } from '#libs/kernel';
import { AuditWork } from '../audit.work.js';
import { LEDGERS } from '../restate-ledgers/restated.store.js';
import { consolidate } from './consolidation.decision.js';
import { bookLines, keyedBalances, listFacts, restatedPositions, usedOf, type Fact, type KeyedBalance, type OfAccount } from './consolidation.store.js';

const at = instantIn.optional().describe('an instant; without it: all that is restated');
const ofAccount = pageQuery.extend({
  at, ledger: z.enum(LEDGERS), account: z.string().regex(/^[a-z_]+(:[a-z0-9-]+)?$/, 'expected a kind of account, with a bank account or a ledger behind it').max(80),
  custodyAccountId: z.uuid().optional(), programmeId: z.uuid().optional(),
});
const ofKey = ofAccount.extend({ key: z.string().max(120).optional().describe('whose it is, as the accounts name it; empty: what no message tells') });

const cents = z.int();
const consolidation = z.strictObject({
  asOf: z.iso.datetime(), upTo: z.array(z.strictObject({ sender: z.string(), seq: z.int() })).describe('the number of each sender up to which its events are in'),
  currency: z.literal('EUR'),
  custodyAccounts: z.array(z.strictObject({
    custodyAccountId: z.string(), assetsCents: cents, liabilitiesCents: cents, ownCents: cents.describe('the operator\'s: fees, VAT, less its costs'),
    clearingCents: cents.describe('between the ledgers; zero'), feesCents: cents, commonsCents: cents,
    coverageCents: cents.describe('assets less debts; below zero: the gap'),
    programmes: z.array(z.strictObject({
      programmeId: z.string(), coverCents: cents, outstandingCents: cents, expiredCents: cents.describe('until all sides have signed what becomes of it'),
      redeemedCents: cents, breakageCents: cents.describe('all that ever expired, less what an extension gave again'),
    })),
    accounts: z.array(z.strictObject({
      ledger: z.string(), account: z.string(), class: z.string(), programmeId: z.string().nullable(), balanceCents: cents.describe('above zero on its normal side'), transfers: z.int(),
    })),
  })),
});
const keyed = z.strictObject({ key: z.string(), debitLessCreditCents: cents, transfers: z.int() });
const fact = z.strictObject({
  eventId: z.string(), sender: z.string(), seq: z.int(), line: z.int(), type: z.string(), rule: z.string().describe('row of docs/accounts.md'), occurredAt: z.iso.datetime(),
  facing: z.string().describe('the account on the other side'), key: z.string().nullable(), debitLessCreditCents: cents, logIndex: z.int().nullable(), proof: z.string(),
});

/** Later than any event. */
const ALWAYS = new Date('9999-12-31T00:00:00.000Z');
const factPosition = z.tuple([z.enum(LEDGERS), z.int(), z.int()]);

@Controller('audit/consolidation')
export class ConsolidateController {
  constructor(private readonly work: AuditWork) {}

  @Get()
  @Api({
    summary: 'The books of all services as one at a moment, restated from the events: coverage, debts, fees, commons and breakage', who: ['auditor', 'operator'],
    query: z.strictObject({ at }), answer: consolidation,
  })
  async show(@Query() asked: unknown): Promise<z.output<typeof consolidation>> {
    const moment = parse(z.strictObject({ at }), asked).at;
    const { client } = this.work;
    const upTo = await restatedPositions(client);
    const [lines, used] = [await bookLines(client, moment ?? ALWAYS), await usedOf(client, moment ?? ALWAYS)];
    return {
      asOf: (moment ?? new Date()).toISOString(), upTo: upTo.map(({ sender, seq }) => ({ sender, seq: Number(seq) })), currency: 'EUR',
      custodyAccounts: consolidate(lines, used),
    };
  }

  @Get('accounts')
  @Api({
    summary: 'What a balance of the consolidation is made of, account by account', who: ['auditor', 'operator'], query: ofAccount, answer: pageAnswer(keyed),
  })
  async accounts(@Query() asked: unknown) {
    const { limit, cursor, ...of } = parse(ofAccount, asked);
    const [after] = cursor ? readCursor(z.tuple([z.string()]), cursor) : [null];
    const rows = await keyedBalances(this.work.client, accountOf(of), { after, rowsMax: limit + 1 });
    return pageOf(rows, limit, ({ key }) => [key], shownBalance);
  }

  @Get('facts')
  @Api({
    summary: 'Single facts behind a balance of the consolidation, each with its event, its place in the log and its proof', who: ['auditor', 'operator'],
    query: ofKey, answer: pageAnswer(fact),
  })
  async facts(@Query() asked: unknown) {
    const { limit, cursor, key = null, ...of } = parse(ofKey, asked);
    const after = cursor ? readCursor(factPosition, cursor) : null;
    const rows = await listFacts(this.work.client, { ...accountOf(of), key }, { after, rowsMax: limit + 1 });
    return pageOf(rows, limit, ({ sender, seq, line }) => [sender, Number(seq), line], shownFact);
  }
}

type Asked = Omit<z.output<typeof ofAccount>, 'limit' | 'cursor'>;
const accountOf = ({ at: moment, ledger, account, custodyAccountId, programmeId }: Asked): OfAccount =>
  ({ at: moment ?? ALWAYS, ledger, account, custodyAccountId: custodyAccountId ?? null, programmeId: programmeId ?? null });

const shownBalance = ({ key, amount, transfers }: KeyedBalance): z.output<typeof keyed> =>
  ({ key, debitLessCreditCents: Number(amount), transfers });

function shownFact({ eventId, seq, occurredAt, amount, logIndex, ...row }: Fact): z.output<typeof fact> {
  const shown = showId('event', eventId as Id<'event'>);
  return {
    ...row, eventId: shown, seq: Number(seq), occurredAt: occurredAt.toISOString(), debitLessCreditCents: Number(amount),
    logIndex: logIndex === null ? null : Number(logIndex), proof: `/audit/events/${shown}/inclusion`,
  };
}

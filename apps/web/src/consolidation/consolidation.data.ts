// What the pages read of the consolidated books, and the addresses from a total down to a fact.
import { z } from 'zod';
import { endOfDay } from '../local-day.js';

const day = z.union([z.iso.date(), z.literal('')]).default('');
export const ConsolidationQuery = z.object({ at: day });
export const AccountQuery = ConsolidationQuery.extend({
  ledger: z.string().regex(/^[a-z]{3,20}$/), account: z.string().regex(/^[a-z_]+(:[a-z0-9-]+)?$/).max(80),
  custodyAccountId: z.uuid().optional(), programmeId: z.uuid().optional(), key: z.string().max(120).optional(),
  cursor: z.string().max(400).optional(),
});
export type AskedAccount = z.output<typeof AccountQuery>;

const programme = z.object({
  programmeId: z.string(), coverCents: z.int(), outstandingCents: z.int(), expiredCents: z.int(), redeemedCents: z.int(),
  breakageCents: z.int(),
});
const account = z.object({
  ledger: z.string(), account: z.string(), class: z.string(), programmeId: z.string().nullable(), balanceCents: z.int(), transfers: z.int(),
});
const custodyAccount = z.object({
  custodyAccountId: z.string(), assetsCents: z.int(), liabilitiesCents: z.int(), ownCents: z.int(), clearingCents: z.int(),
  feesCents: z.int(), commonsCents: z.int(), coverageCents: z.int(), programmes: z.array(programme), accounts: z.array(account),
});
export const consolidationShape = z.object({
  asOf: z.string(), upTo: z.array(z.object({ sender: z.string(), seq: z.int() })), custodyAccounts: z.array(custodyAccount),
});
export type Consolidation = z.output<typeof consolidationShape>;
export type CustodyAccount = z.output<typeof custodyAccount>;
export type Programme = z.output<typeof programme>;
export type Account = z.output<typeof account>;

const page = <Item extends z.ZodType>(item: Item) => z.object({ items: z.array(item), nextCursor: z.string().nullable() });
const keyed = z.object({ key: z.string(), debitLessCreditCents: z.int(), transfers: z.int() });
const fact = z.object({
  eventId: z.string(), sender: z.string(), seq: z.int(), type: z.string(), rule: z.string(), occurredAt: z.string(), facing: z.string(),
  debitLessCreditCents: z.int(), logIndex: z.int().nullable(),
});
export const keyedShape = page(keyed);
export const factsShape = page(fact);
export type Keyed = z.output<typeof keyed>;
export type Fact = z.output<typeof fact>;

/** A day is a moment: its end. Of today it is now, which the service says without being asked. */
export function consolidationQuestion({ at, ...asked }: Readonly<{ at: string } & Partial<AskedAccount>>): string {
  const isPast = at !== '' && at < new Date().toISOString().slice(0, 10);
  return questionOf({ ...asked, ...(isPast && { at: endOfDay(at) }) });
}

/** Of a page of these, with the day as it was typed. */
export const addressOf = (path: string, { at, ...asked }: Readonly<{ at: string } & Partial<AskedAccount>>): string =>
  `${path}${questionOf({ ...asked, ...(at !== '' && { at }) })}`;

function questionOf(asked: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(asked).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const question = new URLSearchParams(given).toString();
  return question && `?${question}`;
}

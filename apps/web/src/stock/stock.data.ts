// What a distributor has, as the pages read it; and its vouchers as people count them: in booklets, by the numbers on covers.
import { z } from 'zod';
import { count, counted } from '../format.js';
import type { Read, Services } from '../services.js';
import type { SignedInVisit, Visit } from '../visit.js';

const counts = z.object({ vouchers: z.int(), booklets: z.int() });
export const stockRow = z.object({
  batchId: z.string(), label: z.string(), bookletSize: z.int(), programmeId: z.string(), programmeName: z.string(), faceCents: z.int(),
  usableUntil: z.string(), inTransit: counts, sent: counts, lost: counts, inStock: counts, handedOver: counts,
});
const stockPage = z.object({ items: z.array(stockRow), nextCursor: z.string().nullable() });
export type StockRow = z.output<typeof stockRow>;
export type Stock = z.output<typeof stockPage>;

/** The first two hundred batches: more than a distributor has at a time. */
export const loadStock = (services: Services, bearer: string): Promise<Read<Stock>> => services.get('/issuance/stock?limit=200', stockPage, bearer);

const desksShape = z.object({ items: z.array(z.object({ agentId: z.string(), name: z.string() })) }).transform(({ items }) => items);
export type Desk = Readonly<{ agentId: string; name: string }>;
export const loadDesks = (services: Services, bearer: string): Promise<Read<readonly Desk[]>> =>
  services.get('/issuance/agents?limit=200', desksShape, bearer);

export const centsInStock = ({ inStock, faceCents }: StockRow): number => inStock.vouchers * faceCents;

export const vouchersText = (value: number, { say, language }: Visit): string =>
  counted(value, language, [say('chèque', 'voucher'), say('chèques', 'vouchers')]);
export const bookletsText = (value: number, { say, language }: Visit): string =>
  counted(value, language, [say('carnet', 'booklet'), say('carnets', 'booklets')]);

type Range = Readonly<{ first: number; last: number; bookletSize: number }>;

/** `carnets 3 à 7`; part of one is said as so many vouchers of it. The number is the one on the cover. */
export function rangeText({ first, last, bookletSize }: Range, visit: Visit): string {
  const { say, language } = visit;
  const [from, to] = [Math.floor(first / bookletSize) + 1, Math.floor(last / bookletSize) + 1];
  const [a, b] = [count(from, language), count(to, language)];
  const named = from === to ? say(`carnet n° ${a}`, `booklet no. ${a}`) : say(`carnets n° ${a} à ${b}`, `booklets no. ${a} to ${b}`);
  if (first % bookletSize === 0 && (last + 1) % bookletSize === 0) return named;
  const vouchers = vouchersText(last - first + 1, visit);
  return from === to ? say(`${vouchers} du ${named}`, `${vouchers} of ${named}`) : say(`${vouchers} des ${named}`, `${vouchers} of ${named}`);
}

/** As issuance writes the id of the distributor that is acted for. */
export const isOwn = (distributorId: string | null, { person }: SignedInVisit): boolean =>
  distributorId !== null && distributorId === person.organisation.partyId;

import { z } from 'zod';
import type { Read, Services } from '../services.js';

const invoice = z.object({
  placeInvoiceId: z.string(), kind: z.string(), number: z.string(), issuedOn: z.string(), period: z.string(), totalCents: z.int(), payment: z.enum(['netted', 'apart', 'set_off']),
  reference: z.string().nullable(), leftCents: z.int(), chargeId: z.string().nullable(),
});
const note = z.object({
  debitNoteId: z.string(), number: z.string(), reference: z.string(), amountCents: z.int(), leftCents: z.int(), state: z.string(),
  issuedOn: z.string(), dueOn: z.string(),
});
const listOf = <Item extends z.ZodType>(item: Item) => z.object({ items: z.array(item) }).transform(({ items }) => items);
export type Invoice = z.output<typeof invoice>;
export type DebitNote = z.output<typeof note>;
export type Papers = Readonly<{ invoices: Read<readonly Invoice[]>; notes: Read<readonly DebitNote[]> }>;
const SHOWN_MAX = 200;

export async function loadPapers(services: Services, bearer: string): Promise<Papers> {
  const [invoices, notes] = await Promise.all([
    services.get(`/settlement/place-invoices?limit=${SHOWN_MAX}`, listOf(invoice), bearer),
    services.get(`/settlement/debit-notes?limit=${SHOWN_MAX}`, listOf(note), bearer),
  ]);
  return { invoices, notes };
}

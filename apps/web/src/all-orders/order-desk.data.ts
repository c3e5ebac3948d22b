// One order as the operator works on it: with the cover of its payers, where its vouchers are, and whom they can go to.
import { z } from 'zod';
import { statement, type Statement } from '../contradictory-statements/statement.data.js';
import type { Ask } from '../decisions/decision-page.js';
import { allOf, everyOf } from '../decisions/one-of.js';
import { extension, type Extension } from '../extensions/extensions.list.js';
import { invoiceShape, orderShape, type Invoice } from '../orders/order.data.js';
import type { Read } from '../services.js';

const order = orderShape.extend({
  programmeId: z.string(), nextSteps: z.array(z.string()), activateOn: z.string(), mintedCount: z.int(), shippedCount: z.int(),
  receivedCount: z.int(), lostCount: z.int(),
});
export type DeskOrder = z.output<typeof order>;
const cover = z.object({ payers: z.array(z.object({ payerId: z.string(), name: z.string(), availableCents: z.int() })) });
export type Cover = z.output<typeof cover>['payers'];
const named = z.object({ distributorId: z.string(), name: z.string() });
const printerKey = z.object({ printerKeyId: z.string(), name: z.string(), withdrawnAt: z.string().nullable() });
const whereabouts = z.object({ parts: z.array(z.object({ place: z.string(), vouchers: z.int() })) });
const printFile = z.object({ first: z.int(), last: z.int() });

export type DeskBatch = DeskOrder['batches'][number] & Readonly<{
  /** By the name of the place; null where it could not be read. */
  vouchersAt: ReadonlyMap<string, number> | null;
  isWrittenOut: boolean;
}>;
export type OrderDesk = Readonly<{
  order: DeskOrder; batches: readonly DeskBatch[]; cover: Read<Cover>; invoices: Read<readonly Invoice[]>;
  distributors: Read<readonly z.output<typeof named>[]>; printers: Read<readonly z.output<typeof printerKey>[]>;
  statements: Read<readonly Statement[]>; extensions: Read<readonly Extension[]>;
}>;
/** Of which it is asked where they are: a larger order is shown without. */
const BATCHES_MAX = 20;

export async function loadOrderDesk(ask: Ask, id: string): Promise<Read<OrderDesk>> {
  const found = await ask(`/issuance/orders/${id}`, order);
  if (!found.ok) return found;
  const { programmeId, shares, batches } = found.value;
  const [covered, invoices, distributors, printers, statements, extensions, placed] = await Promise.all([
    ask(`/issuance/programmes/${programmeId}/coverage`, cover), allOf(ask, `/issuance/invoices?orderId=${id}&limit=50`, invoiceShape),
    everyOf(ask, '/issuance/distributors', named), everyOf(ask, '/issuance/printer-keys', printerKey),
    allOf(ask, `/issuance/contradictory-statements?orderId=${id}&limit=20`, statement), allOf(ask, `/issuance/extensions?orderId=${id}&limit=20`, extension),
    Promise.all(batches.map((batch, at) => placedBatch(ask, batch, at))),
  ]);
  const isOwn = ({ payerId }: Readonly<{ payerId: string }>): boolean => shares.some((share) => share.payerId === payerId);
  const own: Read<Cover> = covered.ok ? { ok: true, value: covered.value.payers.filter(isOwn) } : covered;
  return { ok: true, value: { order: found.value, batches: placed, cover: own, invoices, distributors, printers, statements, extensions } };
}

async function placedBatch(ask: Ask, batch: DeskOrder['batches'][number], at: number): Promise<DeskBatch> {
  if (at >= BATCHES_MAX) return { ...batch, vouchersAt: null, isWrittenOut: false };
  const [where, files] = await Promise.all([
    ask(`/issuance/batches/${batch.batchId}/places`, whereabouts), allOf(ask, `/issuance/batches/${batch.batchId}/print-files?limit=1`, printFile),
  ]);
  const vouchersAt = new Map<string, number>();
  if (where.ok) for (const { place, vouchers } of where.value.parts) vouchersAt.set(place, (vouchersAt.get(place) ?? 0) + vouchers);
  return { ...batch, vouchersAt: where.ok ? vouchersAt : null, isWrittenOut: files.ok && files.value.length > 0 };
}

export const countAt = ({ vouchersAt }: DeskBatch, ...places: readonly string[]): number =>
  places.reduce((sum, place) => sum + (vouchersAt?.get(place) ?? 0), 0);
export const availableOf = (cover: Read<Cover>): number =>
  (cover.ok ? cover.value.reduce((sum, { availableCents }) => sum + availableCents, 0) : 0);

export const ROLES = ['operator'] as const;
const OVER = new Set(['expired', 'reconciled', 'cancelled']);
export const isOver = ({ order: { state } }: OrderDesk): boolean => OVER.has(state);

/** Vouchers that could become active, were there cover for them. */
export function toActivate({ order: { activateOn, receivedCount, mintedCount, faceCents, activatedCents } }: OrderDesk): number {
  return Math.max(0, (activateOn === 'receipt' ? receivedCount : mintedCount) * faceCents - activatedCents);
}
export const mayActivate = (desk: OrderDesk): boolean => toActivate(desk) > 0 && availableOf(desk.cover) > 0;

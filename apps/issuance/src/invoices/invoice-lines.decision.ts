// The lines of a payer's document. The face value stands as what is ordered where one payer bears it all, and as this
// payer's part in one sum where several do: a share of a voucher is nothing that could be counted.
import { toWire, type Cents } from '#libs/kernel';
import type { PayerFee } from '../upstream-fees/upstream-fee.decision.js';
import type { InvoiceContent, InvoiceLine } from './invoice-content.decision.js';

export type Ordered = Readonly<{ count: number; face: Cents; total: Cents }>;
export type Billed = Pick<InvoiceContent, 'lines' | 'faceCents' | 'feeCents' | 'vatCents'>;

export function billed({ count, face, total }: Ordered, share: Cents, { lines, net, vat }: PayerFee): Billed {
  const faceLine = share === total ? one('face', null, face, count) : one('face', null, share);
  return {
    lines: [...(share > 0n ? [faceLine] : []), ...lines.map(({ label, net: amount }) => one(label === null ? 'fee' : 'service', label, amount))],
    faceCents: toWire(share), feeCents: toWire(net), vatCents: toWire(vat),
  };
}

/** What a credit note takes back: so much of the face value, and either all of the fee, with the lines it had, or none. */
export function credited(original: InvoiceContent, face: Cents, withFee: boolean): Billed {
  const faceCents = toWire(face);
  const fees = withFee ? original.lines.filter(({ kind }) => kind !== 'face') : [];
  const whole = original.lines.filter(({ kind, netCents }) => kind === 'face' && netCents === faceCents);
  const faceLines = whole.length > 0 ? whole : face > 0n ? [one('face', null, face)] : [];
  return {
    lines: [...faceLines, ...fees], faceCents,
    feeCents: withFee ? original.feeCents : 0, vatCents: withFee ? original.vatCents : 0,
  };
}

function one(kind: InvoiceLine['kind'], label: string | null, unit: Cents, quantity = 1): InvoiceLine {
  return { kind, label, quantity, unitCents: toWire(unit), netCents: toWire(unit) * quantity };
}

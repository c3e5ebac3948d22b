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

export type TakenBack = Readonly<{ face: Cents; fee: Cents; vat: Cents }>;

/** What a credit note takes back: the lines of the invoice where it is all of them, else a sum of face value and one of fee. */
export function credited(original: InvoiceContent, { face, fee, vat }: TakenBack): Billed {
  const [faceCents, feeCents] = [toWire(face), toWire(fee)];
  const allFees = original.lines.filter(({ kind }) => kind !== 'face');
  const fees = feeCents === original.feeCents ? allFees : fee > 0n ? [one('fee', null, fee)] : [];
  const whole = original.lines.filter(({ kind, netCents }) => kind === 'face' && netCents === faceCents);
  const faceLines = whole.length > 0 ? whole : face > 0n ? [one('face', null, face)] : [];
  return { lines: [...faceLines, ...fees], faceCents, feeCents, vatCents: toWire(vat) };
}

function one(kind: InvoiceLine['kind'], label: string | null, unit: Cents, quantity = 1): InvoiceLine {
  return { kind, label, quantity, unitCents: toWire(unit), netCents: toWire(unit) * quantity };
}

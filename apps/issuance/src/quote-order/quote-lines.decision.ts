// What a quote is made of, line by line, in its wire shape: the lines are stored and shown as they were offered.
import { cents, toWire, type Cents } from '#libs/kernel';

export type QuoteLine = Readonly<{ kind: 'face_value'; count: number; unitCents: number; amountCents: number }>;

/** The face value of the vouchers: money that stays the payers' until a voucher is used, and so bears no VAT here. */
export const quoteLines = ({ count, face }: Readonly<{ count: number; face: Cents }>): QuoteLine[] =>
  [{ kind: 'face_value', count, unitCents: toWire(face), amountCents: toWire(cents(BigInt(count) * face)) }];

// What a payer says of an order before there is one. All of it is in the address of its step: going back loses nothing.
import { z } from 'zod';
import { centsTyped } from '../format.js';
import type { Programme } from './draft.data.js';

export const FORM_STEPS = ['programme', 'vouchers', 'funders', 'check'] as const;
export type FormStep = (typeof FORM_STEPS)[number];
/** Rows for co-funders on the form. */
export const CO_FUNDERS = [1, 2, 3] as const;
const WHOLE = 10_000;

const typed = z.string().trim().max(100).default('');
const texts = z.object({
  programmeId: typed, count: typed, face: typed, carrier: z.enum(['file', 'paper']).catch('file'), draft: typed,
  funder1: typed, part1: typed, funder2: typed, part2: typed, funder3: typed, part3: typed,
});
export const orderAddress = texts.extend({ step: z.enum(FORM_STEPS).catch('programme') });
export const orderPosted = texts.extend({ key: z.uuid() });
export type OrderTexts = z.output<typeof texts>;
export type Field = 'programmeId' | 'count' | 'face' | 'funders';

export type CoFunder = Readonly<{ payerId: string; basisPoints: number }>;
export type AskedOrder = Readonly<{
  programme: Programme; count: number; faceCents: number; amountCents: number; paper: boolean;
  coFunders: readonly CoFunder[]; ownBasisPoints: number;
}>;
export type Read = Readonly<{ programme: Programme | undefined; wrong: ReadonlySet<Field>; asked: AskedOrder | undefined }>;

/** `wrong`: what cannot be ordered so. Only `asked` is sent on, and issuance decides. */
export function readOrder(said: OrderTexts, programmes: readonly Programme[]): Read {
  const programme = programmes.find(({ programmeId }) => programmeId === said.programmeId);
  if (!programme) return { programme, wrong: new Set(['programmeId']), asked: undefined };
  const { limits, faceCents, faceCentsMin, faceCentsMax } = programme;
  const count = /^\d{1,9}$/.test(said.count.replace(/\s/g, '')) ? Number(said.count.replace(/\s/g, '')) : 0;
  const face = said.face === '' ? faceCents : centsTyped(said.face) ?? 0;
  const coFunders = coFundersOf(said);
  const ownBasisPoints = WHOLE - (coFunders ?? []).reduce((sum, { basisPoints }) => sum + basisPoints, 0);
  const wrong = new Set<Field>([
    ...(count < (limits.orderCountMin ?? 1) || count > (limits.orderCountMax ?? Infinity) ? ['count' as const] : []),
    ...(face < faceCentsMin || face > faceCentsMax ? ['face' as const] : []),
    ...(!coFunders || ownBasisPoints < 1 ? ['funders' as const] : []),
  ]);
  if (wrong.size > 0 || !coFunders) return { programme, wrong, asked: undefined };
  const asked = { programme, count, faceCents: face, amountCents: count * face, paper: said.carrier === 'paper', coFunders, ownBasisPoints };
  return { programme, wrong, asked };
}

/** Undefined where a row is half filled in, is none, or stands twice. */
function coFundersOf(said: OrderTexts): readonly CoFunder[] | undefined {
  const rows = CO_FUNDERS.map((row) => [said[`funder${row}`], said[`part${row}`]] as const).filter(([payerId, part]) => payerId !== '' || part !== '');
  const read = rows.map(([payerId, part]) => ({ payerId, basisPoints: centsTyped(part.replace('%', '')) ?? 0 }));
  const isGood = read.every(({ payerId, basisPoints }) => /^pyr_[0-9a-f-]{36}$/.test(payerId) && basisPoints > 0);
  return isGood && new Set(read.map(({ payerId }) => payerId)).size === read.length ? read : undefined;
}

/** As a draft takes it: the payer itself first, which then is the first to pay and to approve a proof. */
export function draftBody({ programme, count, faceCents, paper, coFunders, ownBasisPoints }: AskedOrder, own: string): object {
  return {
    programmeId: programme.programmeId, count, ...(faceCents !== programme.faceCents && { faceCents }), paper,
    ...(coFunders.length > 0 && { sharing: 'pro_rata', shares: [{ payerId: own, basisPoints: ownBasisPoints }, ...coFunders] }),
  };
}

export function addressOf(said: OrderTexts, step: FormStep): string {
  const params = new URLSearchParams({ step });
  for (const [name, value] of Object.entries(said)) if (value !== '') params.set(name, value);
  return `/orders/new?${params}`;
}

import { z } from 'zod';
import { idText } from '#libs/http';
import { showId, type Id, type Noun } from '#libs/kernel';
import type { PayerPart } from './kept-event.decision.js';
import { STEPS, type Step } from './step.decision.js';
import { REACHED, UNTOLD, type Thread } from './thread.decision.js';
import { OPEN, type Trace } from './trace.decision.js';

const cents = z.int();
const share = z.strictObject({ payerId: idText('payer'), amountCents: cents });
const step = z.strictObject({
  step: z.enum(STEPS), eventId: idText('event'), type: z.string(), sender: z.string(), seq: z.int(),
  leaf: z.int().nullable().describe('place in the sealed log, proved by /audit/events/<eventId>/inclusion; null while it waits to be sealed'),
  at: z.string(), amountCents: cents.nullable().describe('null where no money is named'),
  parts: z.strictObject({ grossCents: cents, feeCents: cents, vatCents: cents, commonsCents: cents, netCents: cents }).nullable()
    .describe('of a statement: gross = net + fee + VAT + commons'),
  shares: z.array(share), ids: z.record(z.string(), z.string()).describe('whatever it names, by noun'),
  range: z.strictObject({ first: z.int(), last: z.int() }).nullable().describe('vouchers of its batch, from 0'),
  stripeMovementId: z.string().nullable().describe('its line in Stripe\'s list of what moved the balance there'),
});
const thread = z.strictObject({
  redemptionId: idText('redemption'), voucher: z.strictObject({
    batchId: idText('batch'), index: z.int(), booklet: z.int().nullable().describe('in which it was bound, by the number on the cover; null for a loose one'),
  }).nullable(), amountCents: cents,
  shares: z.array(share).describe('whose cents it used; they add up to the amount. Empty where no event tells'),
  reached: z.enum(REACHED).describe('how far the money came; accrued and payable are not paid yet'), since: z.string(),
  correctedCents: z.int().describe('what of it was too much, by an incident after its statement closed'),
  path: z.array(idText('event')).describe('its steps, from the bank lines of its payers to the bank line, or the line at Stripe, of its place'),
  untold: z.array(z.enum(UNTOLD)).describe('links that no event tells'),
});
export const traceAnswer = z.strictObject({
  steps: z.array(step).describe('every step once, in the order of money'),
  redemptions: z.array(thread), open: z.array(z.strictObject({ what: z.enum(OPEN), since: z.string().nullable() })).describe('what has not happened yet'),
  fed: z.array(z.strictObject({ eventId: idText('event'), amountCents: cents }))
    .describe('what fed the commons before they gave what the trace begins with, the newest first, as much as covers it: no claim that it was these cents'),
  isCut: z.boolean().describe('a bound was met, so there are more steps: ask from a narrower place'),
  nextCursor: z.string().nullable().describe('for the next redemptions'),
});

const shownId = (noun: Noun, id: string): string => showId(noun, id as Id<Noun>);
const shownShare = ({ payerId, amountCents }: PayerPart) => ({ payerId: shownId('payer', payerId), amountCents });

const shownStep = ({ eventId, at, ids, shares, ...rest }: Step) => ({
  ...rest, eventId: shownId('event', eventId), at: at.toISOString(), shares: shares.map(shownShare),
  ids: Object.fromEntries(ids.map(({ noun, id }) => [noun, shownId(noun, id)])),
});

const shownThread = ({ redemptionId, voucher, booklet, shares, since, path, untold, ...rest }: Thread) => ({
  ...rest, redemptionId: shownId('redemption', redemptionId), voucher: voucher && { batchId: shownId('batch', voucher.batchId), index: voucher.index, booklet },
  shares: shares.map(shownShare), since: since.toISOString(), path: path.map((id) => shownId('event', id)), untold: [...untold],
});

export function shownTrace({ steps, redemptions, open, fed, isCut }: Trace, nextCursor: string | null): z.output<typeof traceAnswer> {
  return {
    steps: steps.map(shownStep), redemptions: redemptions.map(shownThread), isCut, nextCursor,
    fed: fed.map(({ eventId, amountCents }) => ({ eventId: shownId('event', eventId), amountCents })),
    open: open.map(({ what, since }) => ({ what, since: since && since.toISOString() })),
  };
}

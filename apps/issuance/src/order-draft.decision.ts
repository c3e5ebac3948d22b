// Where a draft stands, from its last quote and what the payers answered, and what may be done with it there. Nothing of it
// is stored: a quote lapses because its last day is over, not because somebody noted that.
import { reject, toWire, type Cents, type LocalDate, type PayerId, type Rejected } from '#libs/kernel';
import type { RefusalCode } from './refusals.js';

export const ANSWERS = ['accepted', 'refused'] as const;
export type Answer = (typeof ANSWERS)[number];
export type QuoteFacts = Readonly<{
  version: number; total: Cents; validUntil: LocalDate; shares: readonly Readonly<{ payerId: PayerId; answer: Answer | null }>[];
}>;
export type DraftFacts = Readonly<{ isOrder: boolean; isCancelled: boolean; /** The last one. */ quote: QuoteFacts | undefined }>;

export const DRAFT_STATES = ['draft', 'quoted', 'accepted', 'cancelled'] as const;
export type DraftState = (typeof DRAFT_STATES)[number];

export function draftState({ isOrder, isCancelled, quote }: DraftFacts, today: LocalDate): DraftState {
  if (isOrder) return 'accepted';
  if (isCancelled) return 'cancelled';
  return quote && endOf(quote, today) === null ? 'quoted' : 'draft';
}

const endOf = ({ shares, validUntil }: QuoteFacts, today: LocalDate): 'quote_refused' | 'quote_lapsed' | null => {
  if (shares.some(({ answer }) => answer === 'refused')) return 'quote_refused';
  return today > validUntil ? 'quote_lapsed' : null;
};

/** To be changed, or quoted (again): while nobody is asked to accept it. Null: it may. */
export function decideChange(draft: DraftFacts | undefined, today: LocalDate): Rejected<RefusalCode> | null {
  if (!draft) return reject('order_not_found');
  const state = draftState(draft, today);
  if (state === 'accepted') return reject('order_accepted');
  if (state === 'cancelled') return reject('order_cancelled');
  return state === 'quoted' ? reject('quote_open', { version: draft.quote!.version, validUntil: draft.quote!.validUntil }) : null;
}

export type QuoteAnswer = Readonly<{
  version: number; payerId: PayerId; answer: Answer; today: LocalDate; usableUntil: LocalDate;
  /** What may still be ordered of the programme; null: it has no limit. */
  room: bigint | null;
}>;

/**
 * A payer answers for its own share and for nobody else's. `complete`: with this answer all payers have accepted, and the
 * order exists.
 */
export function decideAnswer(
  draft: DraftFacts | undefined, { version, payerId, answer, today, usableUntil, room }: QuoteAnswer,
): Readonly<{ kind: 'answered'; complete: boolean }> | Rejected<RefusalCode> {
  if (!draft) return reject('order_not_found');
  if (draft.isCancelled) return reject('order_cancelled');
  const { quote } = draft;
  const own = quote?.shares.find((share) => share.payerId === payerId);
  if (!quote || !own || version > quote.version) return reject('quote_not_found');
  if (version < quote.version) return reject('quote_outdated', { version: quote.version });
  if (own.answer !== null) return reject('quote_answered', { answer: own.answer });
  const end = endOf(quote, today);
  if (end !== null) return reject(end);
  if (answer === 'refused') return { kind: 'answered', complete: false };
  if (today > usableUntil) return reject('programme_ended', { usableUntil });
  if (room !== null && quote.total > room) return reject('programme_limit_reached', { leftCents: Number(room), amountCents: toWire(quote.total) });
  return { kind: 'answered', complete: quote.shares.every((share) => share === own || share.answer === 'accepted') };
}

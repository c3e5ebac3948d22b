import { reject, type PayeeId, type Rejected } from '#libs/kernel';
import type { RefusalCode } from '../refusals.js';

/** What is known of the place's own payee, and which payee has the siren already. */
export type PayeeState = Readonly<{
  own: Readonly<{ payeeId: PayeeId; siren: string | null; claims: boolean }> | undefined;
  ofSiren: PayeeId | undefined;
}>;

export type PayeeCompletion =
  | Readonly<{ kind: 'completed'; payeeId: PayeeId }>
  /** The legal body has other places: this one joins them, and its own empty payee goes. */
  | Readonly<{ kind: 'joined'; payeeId: PayeeId; from: PayeeId }>;

/** What was accrued to one body cannot become another's, so a place with claim lines keeps its payee. */
export function decidePayeeCompletion({ own, ofSiren }: PayeeState): PayeeCompletion | Rejected<RefusalCode> {
  if (!own) return reject('place_unknown');
  if (own.siren !== null) return reject('payee_complete', { payeeId: own.payeeId });
  if (ofSiren === undefined) return { kind: 'completed', payeeId: own.payeeId };
  if (own.claims) return reject('place_has_claims', { payeeId: own.payeeId, otherPayeeId: ofSiren });
  return { kind: 'joined', payeeId: ofSiren, from: own.payeeId };
}

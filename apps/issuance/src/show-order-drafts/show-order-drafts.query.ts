import { Query } from '@nestjs/cqrs';
import type { LocalDate, OrderId, PayerId, Rejected } from '#libs/kernel';
import type { DraftState } from '../order-draft.decision.js';
import type { Draft } from '../order-draft.store.js';
import type { Step } from '../order-step.decision.js';
import type { PayerName } from '../payer-names.store.js';

/** `today`: by which its quote may have lapsed. */
export type DraftView = Draft & Readonly<{ today: LocalDate }>;
export type DraftsWanted = Readonly<{ payerId: PayerId | null; state: DraftState | null; before: OrderId | null; rowsMax: number }>;

/** Newest first, from the one before `before` on; of one payer, or of all when it is null. */
export class ListOrderDrafts extends Query<readonly DraftView[]> {
  constructor(readonly wanted: DraftsWanted) {
    super();
  }
}

/** A draft of other payers is as unknown as one that does not exist. */
export class ShowOrderDraft extends Query<(DraftView & Readonly<{ payers: readonly PayerName[]; steps: readonly Step[] }>) | Rejected> {
  constructor(readonly orderId: OrderId, readonly payerId: PayerId | null) {
    super();
  }
}

import { Command, Query } from '@nestjs/cqrs';
import type { Service } from '#libs/contracts';
import type { PayoutStopId, Rejected } from '#libs/kernel';
import type { Meta, RequestMeta } from '#libs/persistence';
import type { Finding } from './payout-stop.store.js';

/** Something that must hold of the money does not: none leaves until somebody has looked. */
export class StopPayouts extends Command<null> {
  constructor(readonly finding: Finding, readonly eventId: string, readonly meta: Meta) { super(); }
}

export class LiftPayoutStop extends Command<Readonly<{ stopId: PayoutStopId }> | Rejected> {
  constructor(readonly stopId: PayoutStopId, readonly note: string, readonly meta: RequestMeta) { super(); }
}

export type ListedStop = Readonly<{
  stopId: PayoutStopId; service: Service; invariant: string; sentence: string; rowNamed: string; detail: string;
  foundAt: Date; stoppedAt: Date;
  note: string | null; liftedBy: string | null; liftedAt: Date | null;
}>;

/** Newest first. `standing`: only those that nobody lifted. */
export class ListPayoutStops extends Query<readonly ListedStop[]> {
  constructor(readonly page: Readonly<{ before: PayoutStopId | null; rowsMax: number; standing: boolean;
    stopId: PayoutStopId | null }>) { super(); }
}

import { Command } from '@nestjs/cqrs';
import type { Cents, IncidentId, RedemptionId, Rejected } from '#libs/kernel';
import type { Meta } from '#libs/persistence';
import type { IncidentKind } from './incident.decision.js';

/** `amount`: what was too much; null for fraud, where it is all of it. */
export type AskedIncident = Readonly<{ redemptionId: RedemptionId; kind: IncidentKind; amount: Cents | null; note: string }>;
export type NewIncident = Readonly<{ incidentId: IncidentId; amountCents: number }>;

export class StateIncident extends Command<NewIncident | Rejected> {
  constructor(readonly asked: AskedIncident, readonly meta: Meta) { super(); }
}

export type DecidedIncident = Readonly<{
  incidentId: IncidentId;
  state: 'validated' | 'cancelled';
  /** The number by which it counts; null when it was cancelled. */
  dueSeq: number | null;
}>;

export class DecideIncident extends Command<DecidedIncident | Rejected> {
  constructor(
    readonly asked: Readonly<{ incidentId: IncidentId; outcome: DecidedIncident['state']; note: string }>, readonly meta: Meta,
  ) { super(); }
}

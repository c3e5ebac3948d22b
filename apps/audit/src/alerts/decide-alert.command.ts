import { Command } from '@nestjs/cqrs';
import type { AlertId, Rejected } from '#libs/kernel';
import type { Meta } from '#libs/persistence';
import type { AlertOutcome } from './decide-alert.decision.js';

export type AskedDecision = Readonly<{ alertId: AlertId; outcome: AlertOutcome; explanation: string }>;
export type DecidedAlert = Readonly<{ alertId: AlertId; outcome: AlertOutcome; lines: number }>;

/** A person of the operator looked at an alert: there is nothing in it, or its lines are held until somebody has looked further. */
export class DecideAlert extends Command<DecidedAlert | Rejected> {
  constructor(readonly asked: AskedDecision, readonly meta: Meta) {
    super();
  }
}

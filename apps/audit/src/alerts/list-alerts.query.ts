import { Query } from '@nestjs/cqrs';
import type { AlertAppealId, AlertId, PlaceId } from '#libs/kernel';
import type { AlertRule } from '../alert-rules/figures.decision.js';

export const ALERT_STATES = ['open', 'dismissed', 'upheld'] as const;
export type AlertState = (typeof ALERT_STATES)[number];

export type ListedAlert = Readonly<{
  alertId: AlertId; rule: AlertRule; ruleVersion: number; severity: number; state: AlertState;
  placeId: PlaceId | null; placeName: string | null; deviceId: string | null; distributorId: string | null;
  windowFrom: string; windowTo: string; measured: Readonly<Record<string, number>>;
  factCount: number; amountCents: number; firstAt: Date; lastAt: Date; raisedAt: Date;
  explanation: string | null; textFr: string | null; textEn: string | null; decidedBy: string | null; decidedAt: Date | null;
  appealId: AlertAppealId | null; grounds: string | null; answerDue: string | null; appealOutcome: 'upheld' | 'rejected' | null; reasons: string | null;
}>;

export type AlertCursor = Readonly<{ severity: number; amountCents: number; alertId: AlertId }>;
export type AlertFilter = Readonly<{
  state: AlertState | null; placeId: PlaceId | null; alertId: AlertId | null; before: AlertCursor | null; rowsMax: number;
}>;

/** The worst first: by how hard it is to explain, then by the cents at stake. */
export class ListAlerts extends Query<readonly ListedAlert[]> {
  constructor(readonly filter: AlertFilter) {
    super();
  }
}

/** Events that are sealed, and of them those that the rules were asked about: no alert means little before both are one. */
export type WatchStanding = Readonly<{ sealed: number; watched: number }>;
export class ShowWatch extends Query<WatchStanding> {}

/** An event that an alert rests on; what it says of a redemption, where it is one. */
export type AlertFact = Readonly<{
  eventId: string; type: string; at: Date; logIndex: number;
  batchId: string | null; voucherIndex: number | null; amountCents: number | null; undone: boolean | null;
}>;

/** Undefined: there is no such alert. */
export class ShowAlert extends Query<Readonly<{ alert: ListedAlert; facts: readonly AlertFact[] }> | undefined> {
  constructor(readonly alertId: AlertId) {
    super();
  }
}

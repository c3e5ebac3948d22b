import { Query } from '@nestjs/cqrs';
import type { IncidentId, PayeeId, PlaceId, ProgrammeId, RedemptionId } from '#libs/kernel';
import type { Reader } from '../reader.js';
import type { IncidentKind } from './incident.decision.js';

/** `stated` until somebody decided. */
export const INCIDENT_STATES = ['stated', 'validated', 'cancelled'] as const;

export type ListedIncident = Readonly<{
  id: IncidentId; kind: IncidentKind; redemptionId: RedemptionId; payeeId: PayeeId; placeId: PlaceId; programmeId: ProgrammeId;
  serviceDate: string; amount: bigint; note: string; createdBy: string; createdAt: Date;
  state: (typeof INCIDENT_STATES)[number];
  decisionNote: string | null; decidedBy: string | null; decidedAt: Date | null; dueSeq: bigint | null;
}>;

export type IncidentFilter = Readonly<{
  before: IncidentId | null; rowsMax: number; state: ListedIncident['state'] | null; payeeId: PayeeId | null;
}>;

export class ListIncidents extends Query<readonly ListedIncident[]> {
  constructor(readonly reader: Reader, readonly filter: IncidentFilter) { super(); }
}

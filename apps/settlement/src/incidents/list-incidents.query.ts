import { Query } from '@nestjs/cqrs';
import type { IncidentId, PayeeId, PlaceId, ProgrammeId, RedemptionId } from '#libs/kernel';
import type { ListingPage, ListingQuery } from '#libs/listing';
import type { Reader } from '../reader.js';
import type { IncidentKind } from './incident.decision.js';

/** `stated` until somebody decided. */
export const INCIDENT_STATES = ['stated', 'validated', 'cancelled'] as const;

export type ListedIncident = Readonly<{
  id: IncidentId; kind: IncidentKind; redemptionId: RedemptionId; payeeId: PayeeId; /** Empty where it is not known. */ legalName: string;
  placeId: PlaceId; programmeId: ProgrammeId; serviceDate: Date; amountCents: bigint; note: string; createdBy: string; createdAt: Date;
  state: (typeof INCIDENT_STATES)[number];
  decisionNote: string | null; decidedBy: string | null; decidedAt: Date | null; dueSeq: bigint | null;
}>;

export class ListIncidents extends Query<ListingPage<ListedIncident>> {
  constructor(readonly reader: Reader, readonly asked: ListingQuery) { super(); }
}

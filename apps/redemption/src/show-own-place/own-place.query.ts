import { Query } from '@nestjs/cqrs';
import type { ServiceCode } from '#libs/contracts';
import type { LocalDate, PlaceId, ProgrammeId } from '#libs/kernel';
import type { HoursAt } from '../show-places/opening-hours.js';

export type AccreditedVersion = Readonly<{
  programmeId: ProgrammeId; programmeName: string | null; version: number; from: LocalDate; to: LocalDate; services: ServiceCode[];
  createdAt: string;
  /** From which day the place takes part no longer, by its own word; null: it has not said that it leaves. */
  leavesFrom: LocalDate | null;
  /** The highest of its programme: the one that counts. */
  isLatest: boolean;
}>;
export type OwnPlaceRow = Readonly<{
  placeId: PlaceId; siret: string | null; name: string; siteName: string; timeZone: string;
  street: string | null; complement: string | null;
  postalCode: string | null; commune: string | null; inseeCode: string | null; services: string[] | null; openingHours: string | null;
  updatedOn: LocalDate | null; sources: string[]; details: Readonly<Record<string, unknown>> | null;
  at: Date; accreditations: AccreditedVersion[];
  /** That have a questionnaire in force: it may apply. */
  openProgrammes: Readonly<{ programmeId: ProgrammeId; programmeName: string | null }>[];
}>;
export type OwnPlace = OwnPlaceRow & Readonly<{ hours: HoursAt | undefined }>;

/** What everybody is told of one's own place, and for what it is accredited. */
export class ShowOwnPlace extends Query<OwnPlace | undefined> {
  constructor(readonly placeId: PlaceId) {
    super();
  }
}

import { Query } from '@nestjs/cqrs';
import type { LocalDate, PlaceId, ProgrammeId } from '#libs/kernel';
import type { DueCharge } from '../place-charge-rules/place-charge-rule.decision.js';
import type { ChargeStanding } from '../place-charges/place-charge.decision.js';

/** `programmeId` null: it leaves every programme. `saidOn`: the day at its site. */
export type AskedCharges = Readonly<{ placeId: PlaceId; programmeId: ProgrammeId | null; from: LocalDate; saidOn: LocalDate }>;
export type DepartureCharge = DueCharge & Readonly<{ standing: ChargeStanding }>;

/** What a place that leaves from a day on still owes of yearly charges, and what not; the earliest first. */
export class ShowDepartureCharges extends Query<readonly DepartureCharge[]> {
  constructor(readonly asked: AskedCharges) { super(); }
}

import { Command } from '@nestjs/cqrs';
import type { ServiceCode } from '#libs/contracts';
import type { LocalDate, PlaceId, ProgrammeId, Rejected } from '#libs/kernel';
import type { Meta } from '#libs/persistence';

export type Asked = Readonly<{
  placeId: PlaceId; programmeId: ProgrammeId; from: LocalDate; to: LocalDate;
  /** What it may take vouchers for; empty: every service. */
  services: readonly ServiceCode[];
  /** Where the operator says the place is; null: as its listing says. */
  inseeCode: string | null;
}>;
export type Accredited = Omit<Asked, 'inseeCode'> & Readonly<{ version: number }>;

/** A place may redeem a programme's vouchers for services of these days; replaces what held before for the two. */
export class AccreditPlace extends Command<Accredited | Rejected> {
  constructor(readonly asked: Asked, readonly meta: Meta) {
    super();
  }
}

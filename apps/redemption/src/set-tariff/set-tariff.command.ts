import { Command } from '@nestjs/cqrs';
import type { ServiceCode } from '#libs/contracts';
import type { LocalDate, PlaceId, Rejected, TariffId } from '#libs/kernel';
import type { Meta } from '#libs/persistence';
import type { AskedTariff } from './set-tariff.decision.js';

export type NewPrice = AskedTariff & Readonly<{ placeId: PlaceId; service: ServiceCode; otherName: string | null }>;
export type SetPrice = Readonly<{
  tariffId: TariffId; placeId: PlaceId; service: ServiceCode; version: number; from: LocalDate; priceCents: number; needsApproval: boolean;
}>;

/** The next version of what a place asks for a service. */
export class SetTariff extends Command<SetPrice | Rejected> {
  constructor(readonly asked: NewPrice, readonly meta: Meta) {
    super();
  }
}

import { Command } from '@nestjs/cqrs';
import type { LocalDate, Rejected, TariffId } from '#libs/kernel';
import type { Meta } from '#libs/persistence';

export type ApprovedTariff = Readonly<{ tariffId: TariffId; countsFrom: LocalDate }>;

/** A raise that waits for it begins to count. */
export class ApproveTariff extends Command<ApprovedTariff | Rejected> {
  constructor(readonly tariffId: TariffId, readonly meta: Meta) {
    super();
  }
}

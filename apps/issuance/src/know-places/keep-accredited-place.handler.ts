import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { IssuanceWork } from '../issuance.work.js';
import { KeepAccreditedPlace, KeepDeparture, KeepDepartureEnd, KeepMeasure, KeepMeasureEnd } from './keep-accredited-place.command.js';
import { keepAccreditation, keepDeparture, keepDepartureEnd, keepMeasure, keepMeasureEnd, keepPlace } from './known-place.store.js';

/** Accreditations may come in any order: the latest one says where the place is, and each is kept under its version. */
@CommandHandler(KeepAccreditedPlace)
export class KeepAccreditedPlaceHandler implements ICommandHandler<KeepAccreditedPlace> {
  constructor(private readonly work: IssuanceWork) {}

  async execute({ fact, occurredAt, meta }: KeepAccreditedPlace): Promise<void> {
    await this.work.once(meta, async (tx) => {
      await keepPlace(tx, fact, occurredAt);
      await keepAccreditation(tx, fact);
    });
  }
}

@CommandHandler(KeepMeasure)
export class KeepMeasureHandler implements ICommandHandler<KeepMeasure> {
  constructor(private readonly work: IssuanceWork) {}

  async execute({ fact, meta }: KeepMeasure): Promise<void> {
    await this.work.once(meta, (tx) => keepMeasure(tx, fact));
  }
}

@CommandHandler(KeepMeasureEnd)
export class KeepMeasureEndHandler implements ICommandHandler<KeepMeasureEnd> {
  constructor(private readonly work: IssuanceWork) {}

  async execute({ fact, meta }: KeepMeasureEnd): Promise<void> {
    await this.work.once(meta, (tx) => keepMeasureEnd(tx, fact.measureId));
  }
}

@CommandHandler(KeepDeparture)
export class KeepDepartureHandler implements ICommandHandler<KeepDeparture> {
  constructor(private readonly work: IssuanceWork) {}

  async execute({ fact, meta }: KeepDeparture): Promise<void> {
    await this.work.once(meta, (tx) => keepDeparture(tx, fact));
  }
}

@CommandHandler(KeepDepartureEnd)
export class KeepDepartureEndHandler implements ICommandHandler<KeepDepartureEnd> {
  constructor(private readonly work: IssuanceWork) {}

  async execute({ departureId, meta }: KeepDepartureEnd): Promise<void> {
    await this.work.once(meta, (tx) => keepDepartureEnd(tx, departureId));
  }
}

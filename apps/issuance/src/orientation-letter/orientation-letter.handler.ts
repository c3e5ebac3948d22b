import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { dayIn } from '#libs/kernel';
import { IssuanceWork } from '../issuance.work.js';
import { nearestPlaces } from '../know-places/known-place.store.js';
import { OPERATOR_ZONE } from '../limits.js';
import { currentRule } from '../programme.store.js';
import { placesMaxOf, type Letter } from './draw-letter.js';
import { SERVICES } from './letter-words.js';
import { WriteLetter } from './orientation-letter.query.js';

@QueryHandler(WriteLetter)
export class WriteLetterHandler implements IQueryHandler<WriteLetter> {
  constructor(private readonly work: IssuanceWork) {}

  async execute({ asked: { programmeId, commune, service, language, isLarge } }: WriteLetter): Promise<Letter | undefined> {
    const at = this.work.settings.clock.override() ?? new Date();
    const rule = await currentRule(this.work.client, programmeId, at);
    if (!rule) return undefined;
    const near = { programmeId, day: dayIn(OPERATOR_ZONE, at), areas: [commune], max: placesMaxOf(isLarge) };
    return {
      language, isLarge, programme: rule.name, usableUntil: rule.usableUntil, service: service && SERVICES[service]![language],
      places: await nearestPlaces(this.work.client, near), at,
    };
  }
}

import { Query } from '@nestjs/cqrs';
import type { AppealId, LocalDate, PlaceId } from '#libs/kernel';
import type { AppealOutcome } from '../appeal.store.js';

export type AppealView = Readonly<{
  appealId: AppealId; placeId: PlaceId; kind: 'measure' | 'refusal'; decisionId: string; grounds: string; statedAt: Date; answerDue: LocalDate;
  outcome: AppealOutcome | null; reasons: string | null; answeredAt: Date | null; answeredBy: string | null;
}>;
/** `placeId` null: of every place. `open`: those that nobody answered, or the others. */
export type AppealsAsked = Readonly<{ before: AppealId | null; rowsMax: number; placeId: PlaceId | null; open: boolean | null }>;

/** Newest first. */
export class ListAppeals extends Query<readonly AppealView[]> {
  constructor(readonly asked: AppealsAsked) {
    super();
  }
}

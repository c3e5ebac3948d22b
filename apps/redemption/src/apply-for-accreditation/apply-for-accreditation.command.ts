import { Command } from '@nestjs/cqrs';
import type { ApplicationId, PlaceId, ProgrammeId, Rejected } from '#libs/kernel';
import type { Meta } from '#libs/persistence';
import type { ApplicationState, Content } from '../application.decision.js';
import type { Score } from '../questionnaire.decision.js';

export type NotedApplication = Readonly<{ applicationId: ApplicationId; state: ApplicationState }>;

export class StartApplication extends Command<NotedApplication | Rejected> {
  constructor(readonly asked: Readonly<{ placeId: PlaceId; programmeId: ProgrammeId }>, readonly meta: Meta) {
    super();
  }
}

type Own = Readonly<{ applicationId: ApplicationId; placeId: PlaceId }>;
export type ScoredApplication = NotedApplication & Readonly<{ score: Score }>;

/** Replaces what stood there; nobody but the place reads it before it is submitted. */
export class WriteApplication extends Command<ScoredApplication | Rejected> {
  constructor(readonly own: Own, readonly content: Content, readonly meta: Meta) {
    super();
  }
}

export class SubmitApplication extends Command<ScoredApplication | Rejected> {
  constructor(readonly own: Own, readonly meta: Meta) {
    super();
  }
}

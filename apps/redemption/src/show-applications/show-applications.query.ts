import { Query } from '@nestjs/cqrs';
import type { ApplicationId, PlaceId, ProgrammeId } from '#libs/kernel';
import type { Application, ApplicationState } from '../application.decision.js';

export type StepView = Readonly<{
  stepId: string; step: string; explanation: string | null; points: number | null; accreditationVersion: number | null;
  takenAt: string; takenBy: string;
}>;
export type ApplicationView = Application & Readonly<{
  applicationId: ApplicationId; placeId: PlaceId; programmeId: ProgrammeId; questionnaireVersion: number;
  createdAt: Date; steps: readonly StepView[];
}>;
/** `placeId` null: of every place, but for drafts, which are the place's own. */
export type ApplicationsAsked = Readonly<{
  before: ApplicationId | null; rowsMax: number; placeId: PlaceId | null; withDrafts: boolean; state: ApplicationState | null;
}>;

/** Newest first. */
export class ListApplications extends Query<readonly ApplicationView[]> {
  constructor(readonly asked: ApplicationsAsked) {
    super();
  }
}

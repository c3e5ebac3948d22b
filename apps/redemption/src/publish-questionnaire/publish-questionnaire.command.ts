import { Command, Query } from '@nestjs/cqrs';
import type { LocalDate, ProgrammeId, Rejected } from '#libs/kernel';
import type { Meta } from '#libs/persistence';
import type { StoredQuestionnaire } from '../questionnaire.store.js';

export type AskedQuestionnaire = Omit<StoredQuestionnaire, 'version' | 'from'> & Readonly<{ from: LocalDate | null }>;

/** Applications begun from that day on answer it; those begun before go on with their own version. */
export class PublishQuestionnaire extends Command<StoredQuestionnaire | Rejected> {
  constructor(readonly asked: AskedQuestionnaire, readonly meta: Meta) {
    super();
  }
}

/** Of a programme, newest first. */
export class ListQuestionnaires extends Query<readonly StoredQuestionnaire[]> {
  constructor(readonly programmeId: ProgrammeId) {
    super();
  }
}

import { Command } from '@nestjs/cqrs';
import type { BodyOf, ProgrammePublishedV1 } from '#libs/contracts';
import type { Meta } from '#libs/persistence';

export class KeepProgramme extends Command<void> {
  constructor(readonly told: BodyOf<typeof ProgrammePublishedV1>, readonly meta: Meta) { super(); }
}

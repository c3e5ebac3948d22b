import { Command } from '@nestjs/cqrs';
import type { BodyOf, ProgrammePublishedV1 } from '#libs/contracts';
import type { Meta } from '#libs/persistence';

/** Issuance published rules of a programme: here only its name counts, and when it ends. */
export class KeepProgramme extends Command<null> {
  constructor(readonly programme: BodyOf<typeof ProgrammePublishedV1>, readonly meta: Meta) { super(); }
}

import { Command } from '@nestjs/cqrs';
import type { Rejected } from '#libs/kernel';
import type { RequestMeta } from '#libs/persistence';

/** For somebody who lost phone and sheet: their factor ends, and they begin another with their password. */
export class ResetSecondFactor extends Command<Readonly<{ userId: string }> | Rejected> {
  constructor(readonly userId: string, readonly meta: RequestMeta) {
    super();
  }
}

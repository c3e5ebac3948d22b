import { Command } from '@nestjs/cqrs';
import type { KeyReused, Meta } from '#libs/persistence';

export type StatedDay = Readonly<{ number: number; day: string; final: boolean; sha256: string }>;

/** Makes a statement of coverage of each day that all ledgers have told, and of the day that runs. */
export class StateCoverage extends Command<readonly StatedDay[] | KeyReused> {
  constructor(readonly meta: Meta) {
    super();
  }
}

import { dayIn, type LocalDate } from '#libs/kernel';
import { UnitOfWork, type Tx } from '#libs/persistence';
import { OPERATOR_ZONE } from './limits.js';

/** The write path of this service. A class of its own, because in one process every service has its own. */
export class IssuanceWork extends UnitOfWork {
  /** For what only reads; a command goes by the moment of its transaction. */
  async today(): Promise<LocalDate> {
    return dayIn(OPERATOR_ZONE, await this.now(this.client));
  }
}

/** Who did it, as facts keep it: `user:0190…`, `system:minter`. */
export const actorOf = ({ origin: { actor } }: Tx): string => `${actor.kind}:${actor.id}`;

import { UnitOfWork, type Tx } from '#libs/persistence';

/** The write path of this service. A class of its own, because in one process every service has its own. */
export class IssuanceWork extends UnitOfWork {}

/** Who did it, as facts keep it: `user:0190…`, `system:minter`. */
export const actorOf = ({ origin: { actor } }: Tx): string => `${actor.kind}:${actor.id}`;

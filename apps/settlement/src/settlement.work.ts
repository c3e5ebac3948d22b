import { assert } from '#libs/kernel';
import { UnitOfWork, type Meta, type Origin, type Tx } from '#libs/persistence';

/** Settlement's write path: a class of its own, because in one process every service has its own. */
export class SettlementWork extends UnitOfWork {
  /** By the same clock as transactions have, for a query that says what is due. */
  moment(): Promise<Date> {
    return this.now(this.client);
  }
}

/** Who did it, as facts keep it and as four eyes compare it: the id of the person, whatever role was used. */
export const personOf = ({ origin }: Tx): string => origin.actor.id;

/** For a command that needs several transactions: the later ones are done for whoever asked for the first. */
export function originOf(meta: Meta): Origin {
  assert(meta.kind !== 'message', 'a message is handled in the one transaction that took it');
  return meta.kind === 'request'
    ? { actor: meta.actor, correlationId: meta.correlationId, causationId: `request:${meta.key}` }
    : { actor: { kind: 'system', id: meta.name }, correlationId: meta.correlationId, causationId: null };
}

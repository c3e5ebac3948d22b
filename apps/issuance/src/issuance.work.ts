import { UnitOfWork, type Origin, type Tx } from '#libs/persistence';

/** The write path of this service. A class of its own, because in one process every service has its own. */
export class IssuanceWork extends UnitOfWork {
  private tellCommitted: () => void = () => undefined;

  /** `tell` is called after each commit: what was emitted need not wait until somebody looks for it. */
  onCommit(tell: () => void): void {
    this.tellCommitted = tell;
  }

  override async transaction<T>(origin: Origin, work: (tx: Tx) => Promise<T>): Promise<T> {
    const outcome = await super.transaction(origin, work);
    this.tellCommitted();
    return outcome;
  }
}

/** Who did it, as facts keep it: `user:0190…`, `system:minter`. */
export const actorOf = ({ origin: { actor } }: Tx): string => `${actor.kind}:${actor.id}`;

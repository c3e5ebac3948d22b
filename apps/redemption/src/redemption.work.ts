import { UnitOfWork, type Origin, type Tx } from '#libs/persistence';

/** The write path of everything but the till. A class of its own, because in one process every service has its own. */
export class RedemptionWork extends UnitOfWork {
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

import { UnitOfWork } from '#libs/persistence';

/** Identity's write path: a class of its own, because in one process every service has its own. */
export class IdentityWork extends UnitOfWork {}

import { UnitOfWork } from '#libs/persistence';

/** Audit's write path: a class of its own, so that Nest hands each service its own. */
export class AuditWork extends UnitOfWork {}

import { UnitOfWork } from '#libs/persistence';

/** The write path of everything but the till. A class of its own, because in one process every service has its own. */
export class RedemptionWork extends UnitOfWork {}

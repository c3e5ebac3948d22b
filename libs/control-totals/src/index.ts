export { TotalsLoop } from './totals-loop.js';
export { TallyPublisher } from './tally-publisher.js';
export { TotalsPublisher } from './totals-publisher.js';
export type { StatedBalance, Totals, TotalsSource } from './totals-publisher.js';
export { totalsController } from './totals.controller.js';

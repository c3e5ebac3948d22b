import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { reject } from '#libs/kernel';
import { OVERSEER, readAs } from '#libs/persistence';
import { filledPage } from '../filled-page.js';
import { IssuanceWork } from '../issuance.work.js';
import { draftState } from '../order-draft.decision.js';
import { listDrafts, type Draft } from '../order-draft.store.js';
import { payerNames } from '../payer-names.store.js';
import { readSteps } from '../order-step.store.js';
import { ListOrderDrafts, ShowOrderDraft, type DraftView } from './show-order-drafts.query.js';

@QueryHandler(ListOrderDrafts)
export class ListOrderDraftsHandler implements IQueryHandler<ListOrderDrafts> {
  constructor(private readonly work: IssuanceWork) {}

  async execute({ wanted: { payerId, state, before, rowsMax } }: ListOrderDrafts): Promise<readonly DraftView[]> {
    const today = await this.work.today();
    const drafts = await readAs(this.work, payerId ?? OVERSEER, (sql) => filledPage<Draft>(rowsMax,
      (after) => listDrafts(sql, { payerId, before: after?.orderId ?? before, orderId: null, rowsMax }),
      (draft) => state === null || draftState(draft, today) === state));
    return drafts.map((draft) => ({ ...draft, today }));
  }
}

@QueryHandler(ShowOrderDraft)
export class ShowOrderDraftHandler implements IQueryHandler<ShowOrderDraft> {
  constructor(private readonly work: IssuanceWork) {}

  async execute({ orderId, payerId }: ShowOrderDraft) {
    const today = await this.work.today();
    const shown = await readAs(this.work, payerId ?? OVERSEER, async (sql) => {
      const [draft] = await listDrafts(sql, { payerId, before: null, orderId, rowsMax: 1 });
      return draft && { ...draft, today, steps: await readSteps(sql, orderId) };
    });
    if (!shown) return reject('order_not_found');
    // Whoever sees the draft is told who shares it; their rows are their own.
    const payerIds = [...new Set([...shown.shares, ...shown.quote?.shares ?? []].map((share) => share.payerId))];
    return { ...shown, payers: await readAs(this.work, OVERSEER, (sql) => payerNames(sql, payerIds)) };
  }
}

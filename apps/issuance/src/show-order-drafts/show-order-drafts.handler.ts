import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { reject } from '#libs/kernel';
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
    const drafts = await filledPage<Draft>(rowsMax,
      (after) => listDrafts(this.work.client, { payerId, before: after?.orderId ?? before, orderId: null, rowsMax }),
      (draft) => state === null || draftState(draft, today) === state);
    return drafts.map((draft) => ({ ...draft, today }));
  }
}

@QueryHandler(ShowOrderDraft)
export class ShowOrderDraftHandler implements IQueryHandler<ShowOrderDraft> {
  constructor(private readonly work: IssuanceWork) {}

  async execute({ orderId, payerId }: ShowOrderDraft) {
    const [draft] = await listDrafts(this.work.client, { payerId, before: null, orderId, rowsMax: 1 });
    if (!draft) return reject('order_not_found');
    const payerIds = [...draft.shares, ...draft.quote?.shares ?? []].map((share) => share.payerId);
    return { ...draft, today: await this.work.today(), payers: await payerNames(this.work.client, [...new Set(payerIds)]),
      steps: await readSteps(this.work.client, orderId) };
  }
}

import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { IssuanceWork } from '../issuance.work.js';
import { extensionState } from './extension-state.decision.js';
import { ListExtensions, type ShownExtension } from './show-extensions.query.js';
import { listExtensions } from './show-extensions.store.js';

@QueryHandler(ListExtensions)
export class ListExtensionsHandler implements IQueryHandler<ListExtensions> {
  constructor(private readonly work: IssuanceWork) {}

  async execute({ page }: ListExtensions): Promise<readonly ShownExtension[]> {
    const [found, today] = await Promise.all([listExtensions(this.work.client, page), this.work.today()]);
    return found.map((one) => ({ ...one, state: extensionState(one, today) }));
  }
}

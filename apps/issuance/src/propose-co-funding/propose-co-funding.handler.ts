import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { proposeShares2019 } from './co-funding.decision.js';
import { ProposeCoFunding } from './propose-co-funding.query.js';

@QueryHandler(ProposeCoFunding)
export class ProposeCoFundingHandler implements IQueryHandler<ProposeCoFunding> {
  async execute({ total, state, others }: ProposeCoFunding) {
    return proposeShares2019(state, others, total);
  }
}

import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { IdentityWork } from '../identity.work.js';
import { TokenSigner } from '../issue-token/token-signer.js';
import { liveRevocations } from './revocation.store.js';
import { ShowRevocations } from './revocations.query.js';

@QueryHandler(ShowRevocations)
export class ShowRevocationsHandler implements IQueryHandler<ShowRevocations> {
  constructor(private readonly work: IdentityWork, private readonly signer: TokenSigner) {}

  async execute(): Promise<string> {
    return this.signer.signRevocations(await liveRevocations(this.work.client));
  }
}

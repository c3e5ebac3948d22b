import { Command } from '@nestjs/cqrs';
import type { OrganisationId, Rejected } from '#libs/kernel';
import type { KeyReused, Meta } from '#libs/persistence';
import type { Organisation } from '../organisation.store.js';
import type { RefusalCode } from '../refusals.js';

export class CreateOrganisation extends Command<{ organisationId: OrganisationId } | Rejected<RefusalCode> | KeyReused> {
  constructor(readonly organisation: Omit<Organisation, 'organisationId'>, readonly meta: Meta) {
    super();
  }
}

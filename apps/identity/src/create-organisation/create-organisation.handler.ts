import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { idOf, reject } from '#libs/kernel';
import { IdentityWork } from '../identity.work.js';
import { insertOrganisation } from '../organisation.store.js';
import { CreateOrganisation } from './create-organisation.command.js';

@CommandHandler(CreateOrganisation)
export class CreateOrganisationHandler implements ICommandHandler<CreateOrganisation> {
  constructor(private readonly work: IdentityWork) {}

  execute({ organisation, meta }: CreateOrganisation) {
    return this.work.once(meta, async (tx) => {
      const organisationId = idOf('organisation', tx.newId());
      const inserted = await insertOrganisation(tx, { organisationId, ...organisation });
      return inserted ? { organisationId } : reject('organisation_exists');
    });
  }
}

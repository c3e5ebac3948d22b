import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Api, idIn, idOut, idText, Meta, parse, Problem, textIn, type HttpMeta } from '#libs/http';
import { isRejected } from '#libs/kernel';
import { NAME_LENGTH_MAX } from '../limits.js';
import { CreateOrganisation } from './create-organisation.command.js';

const name = textIn(NAME_LENGTH_MAX);
// The kind is known by the party that it names: a payer or a distributor of issuance, a place of redemption, or none. There is one
// operator, made on the machine: of a second one nobody could ever be confirmed.
const Organisation = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('payer'), name, partyId: idIn('payer') }),
  z.strictObject({ kind: z.literal('place'), name, partyId: idIn('place') }),
  z.strictObject({ kind: z.literal('distributor'), name, partyId: idIn('distributor') }),
  z.strictObject({ kind: z.literal('auditor'), name }),
]);
const Created = z.strictObject({ organisationId: idText('organisation') });

@Controller('identity/organisations')
export class CreateOrganisationController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @HttpCode(201)
  @Api({
    summary: 'Create the organisation of a payer, a place, a distributor or an auditing body', who: ['operator'], body: Organisation,
    status: 201, answer: Created, refusals: ['organisation_exists'],
  })
  async create(@Body() body: unknown, @Meta() meta: HttpMeta) {
    const { kind, name, ...party } = parse(Organisation, body);
    const partyId = 'partyId' in party ? party.partyId : null;
    const outcome = await this.commands.execute(new CreateOrganisation({ kind, name, partyId }, meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    return { organisationId: idOut('organisation', outcome.organisationId) };
  }
}

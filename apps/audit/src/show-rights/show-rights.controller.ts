// Who had which rights when, from audit's own copy of what identity told. Ids and roles: names stay with identity.
import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Api, idIn, idOut, idText, instantIn, parse } from '#libs/http';
import { idOf, isUuid } from '#libs/kernel';
import type { HeldFactor, HeldMandate, HeldMembership, RightsEvent } from './rights.decision.js';
import { ShowRights } from './show-rights.query.js';

const query = z.strictObject({
  userId: idIn('user').optional(), organisationId: idIn('organisation').optional(), at: instantIn.optional().describe('left out: now'),
}).refine(({ userId, organisationId }) => (userId === undefined) !== (organisationId === undefined), { path: ['userId'], message: 'expected a person or an organisation' });

const proof = { eventId: idText('event').describe('the event that says so') };
const since = z.iso.datetime();
const answer = z.strictObject({
  at: z.iso.datetime(),
  memberships: z.array(z.strictObject({
    organisationId: idText('organisation'), kind: z.string(), partyId: z.string().nullable().describe('pyr_, plc_ or dst_<uuid>'), userId: idText('user'),
    roles: z.array(z.string()), state: z.enum(['in_force', 'proposed']), since, ...proof,
  })),
  secondFactors: z.array(z.strictObject({ userId: idText('user'), state: z.enum(['begun', 'in_force']), since, ...proof })),
  mandates: z.array(z.strictObject({
    mandateId: idText('mandate'), organisationId: idText('organisation'), programmeIds: z.array(idText('programme')), payerIds: z.array(idText('payer')),
    from: z.string(), until: z.string(), ...proof,
  })).describe('in force on that day'),
  history: z.array(z.strictObject({ at: since, type: z.string(), by: z.string().describe('usr_<uuid>, or what did it'), ...proof })).describe('all of time, the oldest first'),
});

@Controller('audit/rights')
export class ShowRightsController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @Api({
    summary: 'Which rights a person had, or who had rights at an organisation, at a moment', who: ['auditor', 'operator', 'approver'], query, answer,
  })
  async show(@Query() asked: unknown): Promise<z.output<typeof answer>> {
    const { userId, organisationId, at } = parse(query, asked);
    const rights = await this.queries.execute(new ShowRights(userId === undefined ? { organisationId: organisationId! } : { userId }, at));
    return {
      at: rights.at.toISOString(), memberships: rights.memberships.map(membership), secondFactors: rights.secondFactors.map(factor),
      mandates: rights.mandates.map(mandate), history: rights.history.map(entry),
    };
  }
}

const eventOut = (id: string) => idOut('event', idOf('event', id));
const userOut = (id: string) => idOut('user', idOf('user', id));
const organisationOut = (id: string) => idOut('organisation', idOf('organisation', id));
const PARTIES = ['payer', 'place', 'distributor'] as const;

function membership({ organisationId, kind, partyId, userId, roles, state, since: from, eventId }: HeldMembership) {
  const noun = PARTIES.find((one) => one === kind);
  return {
    organisationId: organisationOut(organisationId), kind, partyId: noun && partyId ? idOut(noun, idOf(noun,
    partyId)) : null, userId: userOut(userId),
    roles: [...roles], state, since: from.toISOString(), eventId: eventOut(eventId),
  };
}

const factor = ({ userId, state, since: from, eventId }: HeldFactor) =>
  ({ userId: userOut(userId), state, since: from.toISOString(), eventId: eventOut(eventId) });

const mandate = ({ mandateId, organisationId, programmeIds, payerIds, from, until, eventId }: HeldMandate) => ({
  mandateId: idOut('mandate', idOf('mandate', mandateId)), organisationId: organisationOut(organisationId),
  programmeIds: programmeIds.map((id) => idOut('programme', idOf('programme', id))), payerIds: payerIds.map((id) => idOut('payer', idOf('payer', id))),
  from, until, eventId: eventOut(eventId),
});

const entry = ({ at, type, actor, eventId }: RightsEvent) =>
  ({ at: at.toISOString(), type, by: isUuid(actor.id) ? userOut(actor.id) : actor.id, eventId: eventOut(eventId) });

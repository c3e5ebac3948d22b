// How a finding is shown, the same to both sides: what one wrote, the other reads.
import { z } from 'zod';
import { idOut, idText } from '#libs/http';
import { idOf } from '#libs/kernel';
import { OUTCOMES, SEVERITIES } from './finding.decision.js';
import type { Finding } from './finding.store.js';

export const findingAnswer = z.strictObject({
  findingId: idText('finding'), organisationId: idText('organisation').describe('the auditing body'), title: z.string(), observation: z.string(),
  severity: z.enum(SEVERITIES), replyDue: z.string().describe('the last day that was asked for; later replies are kept too'),
  addressee: z.strictObject({ kind: z.enum(['operator', 'payer', 'place']), partyId: z.string().nullable() }),
  sampleId: idText('sample').nullable(), position: z.int().nullable().describe('of the item in the sample'), eventId: idText('event').nullable().describe('of the item'),
  state: z.enum(['open', 'replied', 'closed']), outcome: z.enum(OUTCOMES).nullable(), raisedBy: idText('user'), raisedAt: z.iso.datetime(),
  steps: z.array(z.strictObject({
    version: z.int(), step: z.enum(['noted', 'replied', 'closed']), text: z.string(), outcome: z.enum(OUTCOMES).nullable(),
    late: z.boolean().nullable().describe('of a reply'), by: idText('user'), organisationId: idText('organisation'), at: z.iso.datetime(),
  })).describe('the oldest first'),
});

type Shown = z.output<typeof findingAnswer>;

export const shownFinding = ({ mandateIds: _, isClosed, addressee, sampleId, eventId, raisedAt, steps, ...row }: Finding): Shown => ({
  ...row, findingId: idOut('finding', idOf('finding', row.findingId)), organisationId: organisationOut(row.organisationId),
  addressee: { kind: addressee.kind, partyId: addressee.kind === 'operator' ? null : idOut(addressee.kind, idOf(addressee.kind, addressee.partyId)) },
  sampleId: sampleId && idOut('sample', idOf('sample', sampleId)), eventId: eventId && idOut('event', idOf('event', eventId)),
  state: isClosed ? 'closed' : steps.some(({ step }) => step === 'replied') ? 'replied' : 'open', outcome: steps.at(-1)?.outcome ?? null,
  raisedBy: userOut(row.raisedBy), raisedAt: raisedAt.toISOString(),
  steps: steps.map((step) => ({ ...step, by: userOut(step.by), organisationId: organisationOut(step.organisationId) })),
});

const userOut = (id: string) => idOut('user', idOf('user', id));
const organisationOut = (id: string) => idOut('organisation', idOf('organisation', id));

// An auditor's mandates, samples, findings and rights as the pages read them.
import { z } from 'zod';
import type { Read, Services } from '../services.js';

const list = <Item extends z.ZodType>(item: Item) => z.object({ items: z.array(item), nextCursor: z.string().nullable() });

const mandate = z.object({
  mandateId: z.string(), programmeIds: z.array(z.string()), payerIds: z.array(z.string()), from: z.string(),
  until: z.string(), purpose: z.string(),
  payerId: z.string().nullable(), state: z.enum(['proposed', 'given', 'ended']),
});
const sample = z.object({
  sampleId: z.string(), title: z.string(), population: z.string(), size: z.int(), stratum: z.string(), seed: z.string(),
  drawnAt: z.string(),
  frame: z.object({
    logSize: z.int(), root: z.string(), from: z.string().nullable(), until: z.string().nullable(), count: z.int(), amountCents: z.int(),
  }),
  progress: z.object({ ok: z.int(), notOk: z.int(), open: z.int() }),
});
const item = z.object({
  position: z.int(), eventId: z.string(), type: z.string(), occurredAt: z.string(), stratum: z.string(), amountCents: z.int(), verdict: z.enum(['ok', 'not_ok', 'open']),
  marks: z.array(z.object({ verdict: z.enum(['ok', 'not_ok', 'open']), note: z.string().nullable(), by: z.string(), at: z.string() })),
});
const finding = z.object({
  findingId: z.string(), title: z.string(), observation: z.string(), severity: z.enum(['minor', 'major', 'critical']), replyDue: z.string(),
  addressee: z.object({ kind: z.enum(['operator', 'payer', 'place']), partyId: z.string().nullable() }), sampleId: z.string().nullable(), position: z.int().nullable(),
  eventId: z.string().nullable(), state: z.enum(['open', 'replied', 'closed']), outcome: z.string().nullable(), raisedBy: z.string(), raisedAt: z.string(),
  steps: z.array(z.object({
    version: z.int(), step: z.enum(['noted', 'replied', 'closed']), text: z.string(), outcome: z.string().nullable(), late: z.boolean().nullable(), by: z.string(), at: z.string(),
  })),
});
const rights = z.object({
  at: z.string(),
  memberships: z.array(z.object({
    organisationId: z.string(), kind: z.string(), userId: z.string(), roles: z.array(z.string()), state: z.string(), since: z.string(),
    eventId: z.string(),
  })),
  secondFactors: z.array(z.object({ userId: z.string(), state: z.string(), since: z.string(), eventId: z.string() })),
  mandates: z.array(z.object({ mandateId: z.string(), from: z.string(), until: z.string(), eventId: z.string() })),
  history: z.array(z.object({ at: z.string(), type: z.string(), by: z.string(), eventId: z.string() })),
});

const rules = z.object({
  day: z.string(),
  rules: z.array(z.object({
    kind: z.string(), version: z.int(), from: z.string(), eventId: z.string(), toldAt: z.string(), body: z.unknown(),
  })),
});
const programmeName = z.object({ programmeId: z.string(), name: z.string() });
const repetition = z.object({ same: z.boolean(), frameCount: z.int(), frameCents: z.int(), eventIds: z.array(z.string()) });

export type Mandate = z.output<typeof mandate>;
export type Sample = z.output<typeof sample>;
export type Item = z.output<typeof item>;
export type Finding = z.output<typeof finding>;
export type Rights = z.output<typeof rights>;
export type Rules = z.output<typeof rules>;
export type ProgrammeName = z.output<typeof programmeName>;
export type Repetition = z.output<typeof repetition>;

const SHOWN_MAX = 50;

async function itemsOf<Shape extends z.ZodType>(
  services: Services, path: string, shape: Shape, bearer: string,
): Promise<Read<readonly z.output<Shape>[]>> {
  const read = await services.get(path, list(shape), bearer);
  return read.ok ? { ok: true, value: read.value.items } : read;
}

export const loadMandates = (services: Services, bearer: string) => itemsOf(services, `/identity/mandates?limit=${SHOWN_MAX}`, mandate, bearer);
export const loadSamples = (services: Services, bearer: string) => itemsOf(services, `/audit/samples?limit=${SHOWN_MAX}`, sample, bearer);
export const loadFindings = (services: Services, bearer: string) => itemsOf(services, `/audit/findings?limit=${SHOWN_MAX}`, finding, bearer);
export const loadSample = (services: Services, bearer: string, id: string) => services.get(`/audit/samples/${id}`, sample, bearer);
export const loadFinding = (services: Services, bearer: string, id: string) => services.get(`/audit/findings/${id}`, finding, bearer);

/** From the item after `after` on; the position of the last one where there are more. */
export const loadItems = (services: Services, bearer: string, id: string, cursor: string | undefined) =>
  services.get(`/audit/samples/${id}/items?limit=${SHOWN_MAX}${cursor ? `&cursor=${cursor}` : ''}`, list(item), bearer);

/** `of`: a person or an organisation, by its id with prefix. */
export function loadRights(services: Services, bearer: string, of: string, at: string | undefined): Promise<Read<Rights>> {
  const who = of.startsWith('usr_') ? 'userId' : 'organisationId';
  return services.get(`/audit/rights?${who}=${of}${at ? `&at=${encodeURIComponent(at)}` : ''}`, rights, bearer);
}

export const loadRepetition = (services: Services, bearer: string, id: string) => services.get(`/audit/samples/${id}/repetition`, repetition, bearer);

export const loadProgrammeNames = (services: Services, bearer: string) => itemsOf(services, `/issuance/programmes?limit=${PROGRAMMES_MAX}`, programmeName, bearer);
const PROGRAMMES_MAX = 200;

/** `day` is a local one: what held on it. */
export function loadRules(
  services: Services, bearer: string, { programmeId, placeId, day }: Readonly<{ programmeId: string; placeId: string; day: string }>,
): Promise<Read<Rules>> {
  return services.get(`/audit/rules?programmeId=${programmeId}&day=${day}${placeId && `&placeId=${placeId}`}`, rules, bearer);
}

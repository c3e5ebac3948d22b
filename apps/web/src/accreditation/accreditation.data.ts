// What a place's accreditation stands on, from two services: who it is, what it applied for, what was decided, what it accepted.
import { z } from 'zod';
import { MEASURE_REASONS } from '#libs/contracts';
import { loadDepartures, type Departure } from '../departures/departures.data.js';
import { loadOwnPlace, type OwnPlace } from '../place-sheet/own-place.data.js';
import type { Read, Services } from '../services.js';

const listOf = <Item extends z.ZodType>(item: Item) => z.object({ items: z.array(item) }).transform(({ items }) => items);
const score = z.object({
  points: z.int(), pointsMax: z.int(), threshold: z.int(), unanswered: z.array(z.string()), eliminatedBy: z.array(z.string()),
});
const application = z.object({
  applicationId: z.string(), programmeId: z.string(), questionnaireVersion: z.int(), state: z.string(), createdAt: z.string(),
  answers: z.record(z.string(), z.string()),
  documents: z.array(z.object({ kind: z.string(), name: z.string(), sha256: z.string(), bytes: z.int() })), score,
  steps: z.array(z.object({ stepId: z.string(), step: z.string(), explanation: z.string().nullable(), takenAt: z.string() })),
});
const measure = z.object({
  measureId: z.string(), programmeId: z.string(), kind: z.enum(['suspension', 'withdrawal']), from: z.string(), until: z.string().nullable(), reason: z.enum(MEASURE_REASONS),
  explanation: z.string(), decidedAt: z.string(), ends: z.array(z.object({ how: z.string(), from: z.string() })),
});
const appeal = z.object({
  appealId: z.string(), decisionId: z.string(), grounds: z.string(), answerDue: z.string(), outcome: z.enum(['upheld', 'rejected']).nullable(), reasons: z.string().nullable(),
});
const terms = z.object({ version: z.int(), sha256: z.string(), text: z.string(), from: z.string() });
const acceptance = z.object({ version: z.int(), acceptedAt: z.string() });
const account = z.object({
  paidTo: z.object({ iban: z.string(), blocked: z.boolean() }).nullable(), byStripe: z.boolean(), legalName: z.string().nullable(),
});
const questionnaire = z.object({
  programmeId: z.string(), version: z.int(), from: z.string(), threshold: z.int(), documents: z.array(z.string()),
  questions: z.array(z.object({ key: z.string(), text: z.string(), options: z.array(z.object({ key: z.string(), text: z.string() })) })),
});

export type Application = z.output<typeof application>;
export type Measure = z.output<typeof measure>;
export type Appeal = z.output<typeof appeal>;
export type Terms = z.output<typeof terms>;
export type Questionnaire = z.output<typeof questionnaire>;
export type Standing = Readonly<{
  place: Read<OwnPlace>; applications: Read<readonly Application[]>; measures: Read<readonly Measure[]>; appeals: Read<readonly Appeal[]>;
  departures: Read<readonly Departure[]>;
  account: Read<z.output<typeof account>>; terms: Read<readonly Terms[]>; acceptances: Read<readonly z.output<typeof acceptance>[]>;
}>;
const SHOWN_MAX = 100;

const loadApplications = (services: Services, bearer: string): Promise<Read<readonly Application[]>> =>
  services.get(`/redemption/applications?limit=${SHOWN_MAX}`, listOf(application), bearer);

export async function loadStanding(services: Services, bearer: string): Promise<Standing> {
  const [place, applications, measures, appeals, paid, netting, acceptances, departures] = await Promise.all([
    loadOwnPlace(services, bearer), loadApplications(services, bearer),
    services.get(`/redemption/measures?limit=${SHOWN_MAX}`, listOf(measure), bearer), services.get(`/redemption/appeals?limit=${SHOWN_MAX}`, listOf(appeal), bearer),
    services.get('/settlement/own-account', account, bearer), services.get('/settlement/netting-terms', listOf(terms), bearer),
    services.get('/settlement/netting-acceptances', listOf(acceptance), bearer), loadDepartures(services, bearer),
  ]);
  return { place, applications, measures, appeals, account: paid, terms: netting, acceptances, departures };
}

export type ApplicationView = Readonly<{ application: Application; questionnaire: Questionnaire }>;

/** With the questionnaire that it is written by; undefined for one that is not of this place. */
export async function loadApplication(
  services: Services, bearer: string, applicationId: string,
): Promise<Read<ApplicationView | undefined>> {
  const read = await loadApplications(services, bearer);
  if (!read.ok) return read;
  const found = read.value.find((one) => one.applicationId === applicationId);
  if (!found) return { ok: true, value: undefined };
  const questionnaires = await services.get(`/redemption/questionnaires?programmeId=${found.programmeId}`, listOf(questionnaire), bearer);
  if (!questionnaires.ok) return questionnaires;
  const by = questionnaires.value.find(({ version }) => version === found.questionnaireVersion);
  return { ok: true, value: by && { application: found, questionnaire: by } };
}

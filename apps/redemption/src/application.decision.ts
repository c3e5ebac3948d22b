// The life of an application for accreditation: who may do what in which state, and what an operator may decide of which score.
import { addDays, reject, type LocalDate, type Rejected } from '#libs/kernel';
import { PROVISIONAL_DAYS_MAX, RENEWAL_DAYS } from './limits.js';
import { decideScore, strangeAnswers, type Answers, type Questionnaire, type Score } from './questionnaire.decision.js';
import type { RefusalCode } from './refusals.js';

export const APPLICATION_STATES = ['draft', 'submitted', 'under_review', 'more_info', 'provisional', 'accredited', 'refused'] as const;
export type ApplicationState = (typeof APPLICATION_STATES)[number];
/** The file itself stays with the place: kept is which bytes it showed. */
export type Document = Readonly<{ kind: string; name: string; sha256: string; bytes: number }>;
export type Content = Readonly<{ answers: Answers; documents: readonly Document[] }>;
export type Application = Content & Readonly<{ state: ApplicationState; questionnaire: Questionnaire }>;

/** In these it is the place's turn. */
const WRITTEN_IN: readonly ApplicationState[] = ['draft', 'more_info', 'provisional'];

export type Standing = Readonly<{
  placeKnown: boolean;
  /** The version that counts today. */
  questionnaireVersion: number | null;
  /** The application that is not decided yet. */
  open?: Pick<Application, 'state'> & Readonly<{ questionnaireVersion: number }> | undefined;
  /** The last day of the latest accreditation, unless that is provisional, or suspended or withdrawn. */
  accreditedUntil: LocalDate | null;
  today: LocalDate;
}>;

/** Undefined: it may begin, or its draft anew. Whose accreditation ends soon applies for the next one. */
export function decideStart(standing: Standing): Rejected<RefusalCode> | undefined {
  const { placeKnown, questionnaireVersion, open, accreditedUntil, today } = standing;
  if (!placeKnown) return reject('place_not_found');
  if (questionnaireVersion === null) return reject('questionnaire_not_found');
  if (open && (open.state !== 'draft' || open.questionnaireVersion === questionnaireVersion)) return reject('application_open');
  const renewableFrom = accreditedUntil && addDays(accreditedUntil, -RENEWAL_DAYS);
  return renewableFrom && today < renewableFrom ? reject('accreditation_runs', { renewableFrom }) : undefined;
}

export function decideContent(application: Application | undefined, { answers }: Content): Rejected<RefusalCode> | undefined {
  if (!application) return reject('application_not_found');
  if (!WRITTEN_IN.includes(application.state)) return reject('application_closed', { state: application.state });
  const strange = strangeAnswers(application.questionnaire, answers);
  return strange.length > 0 ? reject('answers_strange', { questions: strange.join(' ') }) : undefined;
}

/** What still answers a question of another questionnaire. */
export function keptContent(questionnaire: Questionnaire, { answers, documents }: Content): Content {
  const strange = strangeAnswers(questionnaire, answers);
  return { answers: Object.fromEntries(Object.entries(answers).filter(([question]) => !strange.includes(question))), documents };
}

/**
 * `isReplaced`: another questionnaire counts by now. A draft may have been begun under a lenient one a year ago; what was submitted is
 * completed by the one that it was read by.
 */
export function decideSubmission(
  application: Application | undefined, isReplaced: boolean,
): Readonly<{ kind: 'submitted'; score: Score }> | Rejected<RefusalCode> {
  if (!application) return reject('application_not_found');
  const { state, questionnaire, answers, documents } = application;
  if (!WRITTEN_IN.includes(state)) return reject('application_closed', { state });
  if (state === 'draft' && isReplaced) return reject('questionnaire_replaced');
  const score = decideScore(questionnaire, answers);
  const missing = questionnaire.documents.filter((kind) => !documents.some((one) => one.kind === kind));
  if (score.unanswered.length + missing.length > 0) {
    return reject('application_incomplete', { questions: score.unanswered.join(' '), documents: missing.join(' ') });
  }
  return { kind: 'submitted', score };
}

export const decideTakeUp = (application: Application | undefined): Rejected<RefusalCode> | undefined => {
  if (!application) return reject('application_not_found');
  return application.state === 'submitted' ? undefined : reject('application_not_submitted', { state: application.state });
};

export type Verdict = Readonly<{ outcome: 'more_info' | 'refused' }> | Readonly<{ outcome: 'provisional' | 'accredited'; from: LocalDate; to: LocalDate }>;

/** What is short of the threshold, or ruled out by an answer, is accredited by nobody: then the questionnaire has to change. */
export function decideVerdict(application: Application | undefined, verdict: Verdict): Rejected<RefusalCode> | undefined {
  if (!application) return reject('application_not_found');
  if (application.state !== 'under_review') return reject('application_not_reviewed', { state: application.state });
  if (!('to' in verdict)) return undefined;
  const { points, threshold, eliminatedBy } = decideScore(application.questionnaire, application.answers);
  if (eliminatedBy.length > 0) return reject('answer_eliminates', { questions: eliminatedBy.join(' ') });
  if (points < threshold) return reject('score_below_threshold', { points, threshold });
  const lastDay = addDays(verdict.from, PROVISIONAL_DAYS_MAX - 1);
  return verdict.outcome === 'provisional' && verdict.to > lastDay ? reject('provisional_too_long', { lastDay }) : undefined;
}

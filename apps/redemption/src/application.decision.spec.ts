import { describe, expect, it } from '@jest/globals';
import { localDate } from '#libs/kernel';
import {
  APPLICATION_STATES, decideContent, decideStart, keptContent, decideSubmission, decideTakeUp, decideVerdict,
  type Application, type ApplicationState, type Standing, type Verdict,
} from './application.decision.js';

const day = localDate;
const option = (key: string, points: number, eliminates = false) => ({ key, text: key, points, eliminates });
const application = (over: Partial<Application> = {}): Application => ({
  state: 'draft', answers: { staff: 'trained' }, documents: [{ kind: 'statutes', name: 'statuts.pdf', sha256: 'a'.repeat(64), bytes: 5 }],
  questionnaire: {
    threshold: 10, documents: ['statutes'],
    questions: [{ key: 'staff', text: '?', options: [option('trained', 10), option('some', 9), option('nobody', 20, true)] }],
  },
  ...over,
});
const codeOf = (outcome: object | undefined) => (outcome && 'code' in outcome ? outcome.code : undefined);

describe('an application', () => {
  const standing: Standing = { placeKnown: true, questionnaireVersion: 2, accreditedUntil: null, today: day('2026-03-10') };
  it.each<[string, Partial<Standing>, string | undefined]>([
    ['begins for a place that is not accredited', {}, undefined],
    ['begins 90 days before an accreditation ends', { accreditedUntil: day('2026-06-08') }, undefined],
    ['begins after it has ended', { accreditedUntil: day('2025-12-31') }, undefined],
    ['waits before that', { accreditedUntil: day('2026-06-09') }, 'accreditation_runs'],
    ['is one at a time', { open: { state: 'draft', questionnaireVersion: 2 }, accreditedUntil: day('2027-01-01') }, 'application_open'],
    ['begins anew where it is a draft by a questionnaire that was replaced', { open: { state: 'draft', questionnaireVersion: 1 } }, undefined],
    ['goes on by it once it was submitted', { open: { state: 'more_info', questionnaireVersion: 1 } }, 'application_open'],
    ['needs a questionnaire', { questionnaireVersion: null }, 'questionnaire_not_found'],
    ['needs a place', { placeKnown: false }, 'place_not_found'],
  ])('%s', (_, over, code) => expect(codeOf(decideStart({ ...standing, ...over }))).toBe(code));

  const places: readonly ApplicationState[] = ['draft', 'more_info', 'provisional'];
  it.each(APPLICATION_STATES)('that is %s is written in and submitted, taken up or decided by whose turn it is', (state) => {
    const one = application({ state });
    expect(codeOf(decideContent(one, one))).toBe(places.includes(state) ? undefined : 'application_closed');
    expect(codeOf(decideSubmission(one, false))).toBe(places.includes(state) ? undefined : 'application_closed');
    expect(codeOf(decideTakeUp(one))).toBe(state === 'submitted' ? undefined : 'application_not_submitted');
    expect(codeOf(decideVerdict(one, { outcome: 'refused' }))).toBe(state === 'under_review' ? undefined : 'application_not_reviewed');
  });

  it.each<[string, Partial<Application>, string]>([
    ['without an answer', { answers: {} }, 'application_incomplete'],
    ['without a document that is asked for', { documents: [] }, 'application_incomplete'],
  ])('is not submitted %s', (_, over, code) => expect(codeOf(decideSubmission(application(over), false))).toBe(code));

  it('is not submitted by a questionnaire that was replaced, unless it was submitted by it before; anew it keeps what is still asked', () => {
    const words = (['draft', 'more_info', 'provisional'] as const).map((state) => codeOf(decideSubmission(application({ state }), true)));
    expect(words).toEqual(['questionnaire_replaced', undefined, undefined]);
    const { documents } = application();
    const written = { answers: { staff: 'trained', access: 'yes', kept: 'gone' }, documents };
    const { questionnaire } = application();
    const next = { ...questionnaire, questions: [...questionnaire.questions, { key: 'kept', text: '?', options: [option('other', 1)] }] };
    expect(keptContent(next, written)).toEqual({ answers: { staff: 'trained' }, documents });
  });

  it('has no answers to what nobody asked', () => {
    expect(codeOf(decideContent(application(), { answers: { staff: 'robots' }, documents: [] }))).toBe('answers_strange');
    for (const decided of [decideContent(undefined, application()), decideSubmission(undefined, false), decideTakeUp(undefined), decideVerdict(undefined, { outcome: 'refused' })]) {
      expect(codeOf(decided)).toBe('application_not_found');
    }
  });

  const days = { from: day('2026-03-10'), to: day('2027-03-09') };
  it.each<[string, string, Verdict, string | undefined]>([
    ['accredited with the points of the threshold', 'trained', { outcome: 'accredited', ...days }, undefined],
    ['provisional for a year', 'trained', { outcome: 'provisional', ...days }, undefined],
    ['not provisional for a day more', 'trained', { outcome: 'provisional', ...days, to: day('2027-03-10') }, 'provisional_too_long'],
    ['not accredited with a point less', 'some', { outcome: 'accredited', ...days }, 'score_below_threshold'],
    ['not accredited with an answer that rules it out, whatever its points', 'nobody', { outcome: 'accredited', ...days }, 'answer_eliminates'],
    ['refused with any points', 'trained', { outcome: 'refused' }, undefined],
    ['asked for more with too few', 'some', { outcome: 'more_info' }, undefined],
  ])('is %s', (_, staff, verdict, code) => {
    expect(codeOf(decideVerdict(application({ state: 'under_review', answers: { staff } }), verdict))).toBe(code);
  });
});

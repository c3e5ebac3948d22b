// A place answers a questionnaire, the operator decides, and what it decides is an accreditation like any other.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { uuidv7 } from 'uuidv7';
import { PlaceAccreditedV1, PlaceApplicationReviewedV1, PlaceApplicationSubmittedV1 } from '#libs/contracts';
import { CATALOGUE, inspect } from '#libs/invariants';
import { RedemptionScheme, type Till } from '../../../../test/builders/redemption-scheme.js';
import { NOON } from '../../../../test/builders/redemption-world.js';

jest.setTimeout(60_000);

let scheme: RedemptionScheme;
let colleague: string;
beforeAll(async () => {
  scheme = await RedemptionScheme.create();
  colleague = await scheme.app.operatorToken();
  expect(await publish(scheme.programmeId)).toMatchObject({ status: 201, body: { version: 1, from: '2026-03-10' } });
});
afterAll(async () => {
  const local = CATALOGUE.filter(({ tier, schema }) => tier === 'local' && schema === 'redemption');
  expect((await inspect(scheme.app.world.database.inspectorUrl, local)).broken).toEqual([]);
  await scheme.close();
});

const option = (key: string, points: number, eliminates = false) => ({ key, text: key, points, eliminates });
const QUESTIONS = [
  { key: 'staff', text: 'Who receives people?', options: [option('trained', 10), option('some', 4), option('nobody', 0, true)] },
  { key: 'access', text: 'Is it accessible?', options: [option('yes', 5), option('no', 0)] },
];
const publish = (programmeId: string, over: object = {}) => scheme.app.call('questionnaires', {
  token: scheme.operator, body: { programmeId: `prg_${programmeId}`, threshold: 10, questions: QUESTIONS, documents: ['statutes'], ...over },
});
const STATUTES = { kind: 'statutes', name: 'statuts.pdf', sha256: 'a'.repeat(64), bytes: 12_345 };
const GOOD = { staff: 'trained', access: 'yes' };
const start = ({ token }: Till, programmeId = scheme.programmeId) =>
  scheme.app.call('applications', { token, body: { programmeId: `prg_${programmeId}` } });
const write = (id: string, { token }: Till, answers: object = GOOD, documents: object[] = [STATUTES]) =>
  scheme.app.call(`applications/${id}/content`, { token, body: { answers, documents } });
const submit = (id: string, { token }: Till) => scheme.app.call(`applications/${id}/submission`, { token, body: {} });
const takeUp = (id: string) => scheme.app.call(`applications/${id}/review`, { token: scheme.operator, body: {} });
const decide = (id: string, outcome: string, over: object = {}) =>
  scheme.app.call(`applications/${id}/decisions`, { token: scheme.operator, body: { outcome, explanation: 'As we saw.', ...over } });
const YEAR = { from: '2026-03-10', to: '2026-12-31' };
const applied = async (till: Till, answers: object = GOOD): Promise<string> => {
  const id = String((await start(till)).body['applicationId']);
  for (const { status, body } of [await write(id, till, answers), await submit(id, till), await takeUp(id)]) {
    expect([status, body.code]).toEqual([200, undefined]);
  }
  return id;
};
const word = async (at: Till, over: object = {}) => {
  const { status, body } = await scheme.redeem((await scheme.batch(1)).codes[0]!, over, { at });
  return status === 201 ? 'redeemed' : body.code;
};
const shown = async (till: Till, token = till.token) =>
  ((await scheme.app.get(`applications?placeId=${till.placeId}`, token)).body['items'] as Record<string, unknown>[])[0];
const told = async (id: string) => {
  const of = ({ applicationId }: { applicationId: string }) => `app_${applicationId}` === id;
  const submitted = await scheme.app.emitted(PlaceApplicationSubmittedV1);
  return [submitted.filter(of), (await scheme.app.emitted(PlaceApplicationReviewedV1)).filter(of)] as const;
};
const stepsOf = (view: Record<string, unknown> | undefined) => view!['steps'] as { stepId: string; step: string; explanation: string | null; points: number | null }[];

describe('a questionnaire', () => {
  it('is published by version and day, and read by everybody signed in', async () => {
    const programmeId = await scheme.programme();
    await publish(programmeId);
    expect((await publish(programmeId, { threshold: 12, from: '2026-04-01' })).body).toMatchObject({ version: 2, from: '2026-04-01' });
    expect((await publish(programmeId, { from: '2026-03-09' })).body.code).toBe('questionnaire_day_past');
    expect((await publish(uuidv7())).body.code).toBe('programme_not_found');
    for (const token of [scheme.till.token, await scheme.app.auditorToken(), await scheme.app.distributorToken(uuidv7())]) {
      expect((await scheme.app.get(`questionnaires?programmeId=prg_${programmeId}`, token)).body['items']).toMatchObject([{ version: 2 }, { version: 1, questions: QUESTIONS }]);
    }
    // Begun today, it is by the version of today.
    const till = await scheme.openTill([]);
    await start(till, programmeId);
    expect(await shown(till)).toMatchObject({ questionnaireVersion: 1, score: { points: 0, threshold: 10, unanswered: ['staff', 'access'] } });
  });
});

describe('an application', () => {
  it('is written, submitted, taken up, and accredits the place for the services and days that were decided', async () => {
    const till = await scheme.openTill([]);
    expect(await word(till)).toBe('place_not_registered');
    const { status, body } = await start(till);
    const id = String(body['applicationId']);
    expect([status, body['state'], (await start(till)).body.code]).toEqual([201, 'draft', 'application_open']);
    expect((await write(id, till, { staff: 'robots' })).body.code).toBe('answers_strange');
    expect((await write(id, till, { staff: 'some' }, [])).body['score']).toMatchObject({
      points: 4, pointsMax: 15, threshold: 10, unanswered: ['access'], parts: [{ question: 'staff', answer: 'some', points: 4, pointsMax: 10 }, { question: 'access', points: 0 }],
    });
    expect((await submit(id, till)).body).toMatchObject({ code: 'application_incomplete', details: { questions: 'access', documents: 'statutes' } });
    expect(await shown(till, scheme.operator)).toBeUndefined();
    await write(id, till);
    expect((await submit(id, till)).body).toMatchObject({ state: 'submitted', score: { points: 15 } });
    expect((await write(id, till)).body.code).toBe('application_closed');
    expect((await decide(id, 'accredited', YEAR)).body.code).toBe('application_not_reviewed');
    await takeUp(id);
    expect((await takeUp(id)).body.code).toBe('application_not_submitted');
    expect((await decide(id, 'accredited', { ...YEAR, services: ['employment'] })).body)
      .toEqual({ applicationId: id, state: 'accredited', accreditation: { accreditationVersion: 1, ...YEAR } });
    expect([await word(till), await word(till, { service: 'safe_use' }), await word(till, { service: 'employment' })])
      .toEqual(['service_missing', 'service_not_accredited', 'redeemed']);
    expect((await scheme.app.emitted(PlaceAccreditedV1)).filter(({ placeId }) => `plc_${placeId}` === till.placeId))
      .toEqual([expect.objectContaining({ accreditationVersion: 1, ...YEAR, services: ['employment'] })]);
    expect(stepsOf(await shown(till)).map(({ step, points }) => [step, points])).toEqual([['submitted', 15], ['under_review', null], ['accredited', null]]);
    expect((await start(till)).body).toMatchObject({ code: 'accreditation_runs', details: { renewableFrom: '2026-10-02' } });
    const of = { applicationId: id.slice(4), placeId: till.placeId.slice(4), programmeId: scheme.programmeId };
    expect(await told(id)).toEqual([
      [{ ...of, questionnaireVersion: 1, points: 15 }], [{ ...of, outcome: 'accredited', accreditationVersion: 1 }],
    ]);
  });

  it('whose questionnaire was replaced before it was submitted is begun anew, with the answers that are still asked for', async () => {
    const programmeId = await scheme.programme();
    await publish(programmeId);
    const [draft, sent] = [await scheme.openTill([]), await scheme.openTill([])];
    const [id, other] = [String((await start(draft, programmeId)).body['applicationId']), String((await start(sent, programmeId)).body['applicationId'])];
    for (const [one, till] of [[id, draft], [other, sent]] as const) await write(one, till);
    await submit(other, sent);
    await takeUp(other);
    await decide(other, 'more_info');
    const questions = [QUESTIONS[0]!, { key: 'hours', text: 'When?', options: [option('daily', 3), option('weekly', 1)] }];
    expect((await publish(programmeId, { questions, from: '2026-03-11' })).status).toBe(201);
    expect((await start(draft, programmeId)).body.code).toBe('application_open');
    expect((await publish(programmeId, { questions })).status).toBe(201);
    expect((await submit(id, draft)).body.code).toBe('questionnaire_replaced');
    // The database says so by itself, and lets no other application change its questionnaire.
    const { service } = scheme.app.world;
    await expect(service.query(`insert into redemption.application_step (id, application_id, step, answers, documents, points, taken_by, taken_at)
      values (uuidv7(), $1, 'submitted', '{}', '[]', 0, 'x', '2026-03-10 12:00Z')`, [id.slice(4)])).rejects.toMatchObject({ code: '23514' });
    await expect(service.query('update redemption.application set questionnaire_version = 3 where id = $1', [other.slice(4)])).rejects.toMatchObject({ code: '23514' });
    const anew = await start(draft, programmeId);
    expect([anew.status, anew.body]).toEqual([201, { applicationId: id, state: 'draft' }]);
    expect(await shown(draft)).toMatchObject({ questionnaireVersion: 3, answers: { staff: 'trained' }, score: { points: 10, unanswered: ['hours'] } });
    expect((await submit(id, draft)).body).toMatchObject({ code: 'application_incomplete', details: { questions: 'hours', documents: '' } });
    await write(id, draft, { staff: 'trained', hours: 'daily' });
    expect((await submit(id, draft)).body['state']).toBe('submitted');
    // Asked for more, it is completed by the questions that it was read by.
    expect((await submit(other, sent)).body['state']).toBe('submitted');
  });

  it('with too few points or an answer that rules out is accredited by nobody; it is asked for more and submitted again', async () => {
    const till = await scheme.openTill([]);
    const id = await applied(till, { staff: 'some', access: 'yes' });
    expect((await decide(id, 'accredited', YEAR)).body).toMatchObject({ code: 'score_below_threshold', details: { points: 9, threshold: 10 } });
    expect((await decide(id, 'more_info')).body['state']).toBe('more_info');
    await write(id, till, { staff: 'nobody', access: 'yes' });
    // What is being written is not what the operator reads.
    expect((await shown(till, scheme.operator))!['answers']).toEqual({ staff: 'some', access: 'yes' });
    await submit(id, till);
    await takeUp(id);
    expect((await decide(id, 'provisional', YEAR)).body.code).toBe('answer_eliminates');
    const [submitted, reviewed] = await told(id);
    expect(submitted.map(({ points }) => points).sort()).toEqual([5, 9]);
    expect(reviewed.map(({ outcome }) => outcome)).toEqual(['more_info']);
  });

  it('accredits for a while, and is completed into the next version without a gap', async () => {
    const till = await scheme.openTill([]);
    const id = await applied(till);
    expect((await decide(id, 'provisional', { from: '2026-03-10', to: '2027-03-10' })).body.code).toBe('provisional_too_long');
    expect((await decide(id, 'provisional', { from: '2026-03-10', to: '2026-06-30' })).body).toMatchObject({ state: 'provisional', accreditation: { accreditationVersion: 1 } });
    expect(await word(till)).toBe('redeemed');
    await write(id, till, GOOD, [STATUTES, { ...STATUTES, kind: 'insurance' }]);
    await submit(id, till);
    await takeUp(id);
    expect((await decide(id, 'accredited', { from: '2026-07-01', to: '2026-12-31' })).body['accreditation'])
      .toEqual({ accreditationVersion: 2, from: '2026-07-01', to: '2026-12-31' });
    expect(await word(till)).toBe('redeemed');
  });

  it('renews what ends soon from the day that was decided, by the earlier accreditation until then, and begins anew what was withdrawn', async () => {
    const [ending, withdrawn] = [await scheme.openTill(), await scheme.openTill()];
    await scheme.measure(withdrawn, 'withdrawals');
    const again = await applied(withdrawn);
    expect((await decide(again, 'accredited', YEAR)).body['accreditation']).toEqual({ accreditationVersion: 2, ...YEAR });
    expect(await word(withdrawn)).toBe('redeemed');
    expect((await start(ending)).body.code).toBe('accreditation_runs');
    scheme.app.clock.set('2026-11-10T12:00:00.000Z');
    const later = { ...ending, token: await scheme.app.tillToken(ending.placeId) };
    const operator = await scheme.app.operatorToken();
    const id = String((await start(later)).body['applicationId']);
    await write(id, later);
    await submit(id, later);
    await scheme.app.call(`applications/${id}/review`, { token: operator, body: {} });
    expect((await scheme.app.call(`applications/${id}/decisions`, {
      token: operator, body: { outcome: 'accredited', explanation: 'Renewed.', from: '2027-01-01', to: '2027-12-31' },
    })).body['accreditation']).toEqual({ accreditationVersion: 2, from: '2027-01-01', to: '2027-12-31' });
    expect(await word(later, { serviceDate: '2026-11-10' })).toBe('redeemed');
    scheme.app.clock.set(NOON);
  });

  it('is its own place\'s, one at a time, and decided once however many decide', async () => {
    const [till, other] = [await scheme.openTill([]), await scheme.openTill([])];
    const begun = await Promise.all([start(till), start(till)]);
    expect(begun.map(({ status, body }) => body.code ?? status).sort()).toEqual([201, 'application_open']);
    const id = String(begun.find(({ status }) => status === 201)!.body['applicationId']);
    expect([(await write(id, other)).body.code, (await submit(id, other)).body.code]).toEqual(['application_not_found', 'application_not_found']);
    expect(await shown({ ...till, token: other.token }, other.token)).toBeUndefined();
    await write(id, till);
    await submit(id, till);
    await takeUp(id);
    expect((await scheme.app.call(`applications/${id}/decisions`, { token: till.token, body: { outcome: 'accredited', explanation: 'Mine.', ...YEAR } })).status).toBe(403);
    expect((await decide(id, 'refused', YEAR)).status).toBe(400);
    const decided = await Promise.all([decide(id, 'accredited', YEAR), decide(id, 'refused'), decide(id, 'accredited', YEAR)]);
    expect(decided.map(({ status, body }) => body.code ?? status).sort()).toEqual([200, 'application_not_reviewed', 'application_not_reviewed']);
    const { rows } = await scheme.app.world.inspector.query('select from redemption.accreditation where place_id = $1', [till.placeId.slice(4)]);
    expect(rows).toHaveLength(decided[1]!.status === 200 ? 0 : 1);
  });

  it('that was refused is reviewed again once an appeal was upheld by somebody else', async () => {
    const till = await scheme.openTill([]);
    const id = await applied(till);
    await decide(id, 'refused');
    const refusal = stepsOf(await shown(till)).at(-1)!;
    expect(refusal).toMatchObject({ step: 'refused', explanation: 'As we saw.' });
    const { body: { appealId } } = await scheme.app.call(`refusals/${refusal.stepId}/appeals`, { token: till.token, body: { grounds: 'We are good.' } });
    const answer = (token: string) => scheme.app.call(`appeals/${String(appealId)}/answers`, { token, body: { outcome: 'upheld', reasons: 'They are.' } });
    expect((await answer(scheme.operator)).body.code).toBe('answerer_decided');
    expect((await answer(colleague)).status).toBe(201);
    expect((await scheme.app.get('appeals', till.token)).body['items']).toMatchObject([{ decisionId: refusal.stepId, outcome: 'upheld' }]);
    expect((await decide(id, 'accredited', YEAR)).body['state']).toBe('accredited');
  });

  it('is moved as the database allows, and written in only when it is the place\'s turn', async () => {
    const till = await scheme.openTill([]);
    const id = (await applied(till)).slice(4);
    const refused = (sql: string) => scheme.app.world.service.query(sql, [id]).then(() => 'done', ({ code }: { code: string }) => code);
    expect(await refused(`update redemption.application set state = 'draft' where id = $1`)).toBe('23514');
    expect(await refused(`update redemption.application set answers = '{}' where id = $1`)).toBe('23514');
    expect(await refused(`update redemption.application set place_id = place_id where id = $1`)).toBe('42501');
  });
});

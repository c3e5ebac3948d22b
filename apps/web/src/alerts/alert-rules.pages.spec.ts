// The figures of alerts: what counts today beside what is proposed, and two people for each version.
import 'reflect-metadata';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { alertRuleSets } from '../../../../test/builders/audit-pages.js';
import { answers, as, asked, closePages, get, openPages, post, resetPages, text, uuid } from '../../../../test/builders/pages.js';

beforeAll(openPages);
afterAll(closePages);
beforeEach(() => {
  resetPages();
  as('operator', ['operator']);
});

const PROPOSE = 'POST /audit/alert-rules';
const CONFIRM = 'POST /audit/alert-rules/2/confirmation';
const english = { 'accept-language': 'en' };
const sent = (route: string) => asked.find((one) => one.route === route);
/** What a browser would post of the form as it stands. */
function filledIn(body: string): Record<string, string> {
  const form = /<form[^>]*id="form-propose"[\s\S]*?<\/form>/.exec(body)?.[0] ?? '';
  const inputs = [...form.matchAll(/name="(\w+)"[^>]*? value="(\d+)"/g)].map(([, name, value]) => [name!, value!]);
  const choices = [...form.matchAll(/<select[^>]*name="(\w+)"[\s\S]*?<option value="(\d+)" selected>/g)].map(([, name, value]) => [name!, value!]);
  return Object.fromEntries([...inputs, ...choices]) as Record<string, string>;
}

describe('the figures of alerts', () => {
  it('stand beside those that are proposed, what differs told apart, times as times', async () => {
    const { body } = await get('/alert-rules', english);
    expect(text(body)).toMatch(/Workshops of a place in a day, at most 4 6/);
    expect(body).toContain('<b>6</b>');
    expect(text(body)).toContain('Night ends at 6 h 15');
  });

  it('are proposed as a whole, those that nobody changed as they are', async () => {
    answers[PROPOSE] = [201, {}];
    const { statusCode } = await post('/alert-rules/propose', { ...filledIn((await get('/alert-rules')).body), key: uuid(10), effectiveFrom: '2999-02-01', reason: 'Marchés de Noël', nightAttendancesMax: '9' });
    expect([statusCode, sent(PROPOSE)?.body]).toEqual([303, { effectiveFrom: '2999-02-01', reason: 'Marchés de Noël', figures: { ...alertRuleSets[1]!.figures, nightAttendancesMax: 9 } }]);
  });

  it('are confirmed with a code, and by another person than who proposed them', async () => {
    answers[CONFIRM] = [403, { code: 'second_factor_stale' }];
    expect((await post('/alert-rules/confirm-2', { key: uuid(10) })).body).toContain('name="code"');
    answers[CONFIRM] = [403, { code: 'alert_rules_confirmer' }];
    expect(text((await post('/alert-rules/confirm-2', { key: uuid(11) }, english)).body)).toContain('You proposed them: another person confirms.');
  });

  it('are not confirmed once, nor after their day: they are proposed anew', async () => {
    answers['GET /audit/alert-rules'] = [200, { items: [{ ...alertRuleSets[0], effectiveFrom: '2001-01-01' }, alertRuleSets[1]] }];
    expect((await get('/alert-rules')).body).not.toContain('confirm-2');
    expect((await post('/alert-rules/confirm-2', { key: uuid(10) })).statusCode).toBe(409);
  });

  it('are read by an auditor, who proposes none, from the board of alerts', async () => {
    as('auditor', ['auditor']);
    expect((await get('/alerts')).body).toContain('href="/alert-rules"');
    expect((await get('/alert-rules')).body).not.toContain('id="form-');
  });
});

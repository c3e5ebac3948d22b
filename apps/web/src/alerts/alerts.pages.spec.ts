// The board and what a place is told: forms pass on what a person wrote and no more, and a refusal is told in plain words.
import 'reflect-metadata';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { alert, answers, as, asked, closePages, get, openAlert, openPages, post, resetPages, text, uuid } from '../../../../test/builders/pages.js';

beforeAll(openPages);
afterAll(closePages);
beforeEach(resetPages);

const KEY = uuid(20);
const english = { 'accept-language': 'en' };
const sent = (route: string) => asked.find((one) => one.route === route);

describe('the board of the operator', () => {
  it('lists what is open before what was upheld, and leads to each', async () => {
    as('operator', ['operator']);
    const { body } = await get('/alerts', english);
    expect(text(body)).toContain('An alert accuses nobody');
    expect(body.indexOf(`href="/alerts/${openAlert.alertId}"`)).toBeGreaterThan(0);
    expect(text(body)).toContain('To be answered');
  });

  it.each([['dismissal', { explanation: 'a workshop' }], ['upholding', { explanation: 'a workshop' }]])('sends a %s with its explanation', async (step, body) => {
    as('operator', ['operator']);
    const route = `POST /audit/alerts/${openAlert.alertId}/${step}`;
    answers[route] = [201, {}];
    const answer = await post(`/alerts/${openAlert.alertId}/${step}`, { key: KEY, explanation: 'a workshop' });
    expect([answer.statusCode, answer.headers['location'], sent(route)?.body, sent(route)?.headers['idempotency-key']]).toEqual([303, `/alerts/${openAlert.alertId}`, body, KEY]);
  });

  it('offers no hold where there is no cent at stake', async () => {
    as('operator', ['operator']);
    const path = `GET /audit/alerts/${openAlert.alertId}`;
    answers[path] = [200, { alert: { ...openAlert, amountCents: 0 }, facts: [] }];
    const { body } = await get(`/alerts/${openAlert.alertId}`);
    expect([body.includes('/dismissal"'), body.includes('/upholding"')]).toEqual([true, false]);
  });

  it('says why it was refused, and shows the alert again', async () => {
    as('operator', ['operator']);
    answers[`POST /audit/alerts/${openAlert.alertId}/upholding`] = [403, { code: 'decider_behind_account' }];
    const { statusCode, body } = await post(`/alerts/${openAlert.alertId}/upholding`, { key: KEY, explanation: 'x' }, english);
    expect([statusCode, text(body).includes('another person must decide')]).toEqual([403, true]);
  });

  it.each([['dismissal', 'alerts', openAlert.alertId], ['upholding', 'alerts', openAlert.alertId]])('asks for a code before a %s, and keeps what was written', async (step, path, id) => {
    as('operator', ['operator']);
    answers[`POST /audit/${path}/${id}/${step}`] = [403, { code: 'second_factor_stale' }];
    const { statusCode, body } = await post(`/alerts/${id}/${step}`, { key: KEY, explanation: 'a workshop of mine' }, english);
    expect([statusCode, body.includes('name="code"'), body.includes('a workshop of mine')]).toEqual([403, true, true]);
  });

  it('is read by an auditor, who decides nothing', async () => {
    as('auditor', ['auditor']);
    const { body } = await get(`/alerts/${openAlert.alertId}`);
    expect([text(body).includes('24 personnes'), body.includes('/upholding"')]).toEqual([true, false]);
  });

  it('answers an appeal with its reasons', async () => {
    as('operator', ['operator']);
    const route = `POST /audit/alert-appeals/${alert.appeal.appealId}/answers`;
    answers[route] = [201, {}];
    const { statusCode } = await post(`/alerts/${alert.alertId}/answer`, { key: KEY, reasons: 'it was one', outcome: 'upheld' });
    expect([statusCode, sent(route)?.body]).toEqual([303, { outcome: 'upheld', reasons: 'it was one' }]);
  });

  it.each(['/alerts/alr_1', '/alerts/plc_01902c7b-5d2a-7c3e-9f00-000000000012'])('asks no service for %s', async (url) => {
    as('operator', ['operator']);
    expect((await get(url)).statusCode).toBe(400);
    expect(asked.filter(({ route }) => route.includes('/audit/'))).toEqual([]);
  });
});

describe('a place', () => {
  it('reads why, what is held, and may appeal once', async () => {
    as('place', ['till']);
    const { body } = await get('/alerts', english);
    expect(text(body)).toContain('On 2026-11-24: 24 people');
    expect(text(body)).toContain('Held');
    expect(body.match(/action="\/alerts\/alr_[0-9a-f-]+\/appeal"/g)).toHaveLength(1);
  });

  it('sends its grounds, and reads why they were not taken', async () => {
    as('place', ['till']);
    const route = `POST /audit/alerts/${alert.alertId}/appeals`;
    answers[route] = [409, { code: 'alert_appeal_too_late' }];
    const { statusCode, body } = await post(`/alerts/${alert.alertId}/appeal`, { key: KEY, text: 'we hold workshops' }, english);
    expect([statusCode, sent(route)?.body, text(body).includes('The 60 days are over')]).toEqual([409, { grounds: 'we hold workshops' }, true]);
  });
});

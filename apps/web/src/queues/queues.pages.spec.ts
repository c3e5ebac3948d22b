// The pages of messages: what waits by service, one letter in words, and asking that it is tried again.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { answers, as, asked, closePages, get, OPERATOR_IDS, openPages, post, resetPages, text, uuid } from '../../../../test/builders/pages.js';

beforeAll(openPages);
afterAll(closePages);
beforeEach(() => {
  resetPages();
  as('operator', ['operator']);
});

const PATH = `/dead-letters/settlement/${OPERATOR_IDS.letter}`;
const replay = (more: Record<string, string> = {}) => post(`${PATH}/replays`, { key: uuid(12), note: 'The place is there now', ...more });
const letter = (over: object) => [200, { items: [{
  deadLetterId: OPERATOR_IDS.letter, sender: 'issuance', seq: 7, type: 'a.b.v1', errorCode: 'too_slow', state: 'open', failedAt: '2026-11-20T13:32:00.000Z', replayedAt: null, asked: [], ...over,
}], nextCursor: null, totals: { count: 1, sums: {} } }] as [number, unknown];

describe('the page of queues', () => {
  it('sums what waits by service, with the way to the letters, and says which service is away', async () => {
    answers['GET /redemption/queues'] = [503, { code: 'unavailable' }];
    answers['GET /audit/queues'] = [200, { items: [] }];
    const page = await get('/queues', { 'accept-language': 'en' });
    const words = text(page.body);
    // Issuance, settlement and identity, with two each.
    expect(words).toContain('6 messages');
    expect(words).toMatch(/Redemption – The service did not answer/);
    expect(words).toContain('nothing waits');
    expect(page.body).toContain('href="/dead-letters/settlement?state=open,waiting"');
  });

  it('says that nothing is to do where all services say so, and not where one is silent', async () => {
    for (const service of ['issuance', 'redemption', 'settlement', 'audit', 'identity']) answers[`GET /${service}/queues`] = [200, { items: [] }];
    expect(text((await get('/queues', { 'accept-language': 'en' })).body)).toContain('Nothing to take up');
    answers['GET /audit/queues'] = [503, {}];
    expect(text((await get('/queues', { 'accept-language': 'en' })).body)).not.toContain('Nothing to take up');
  });

  it('is counted among the work lists, once for all services', async () => {
    answers['GET /issuance/dead-letters'] = [200, { items: [{ failedAt: '2026-11-02T08:00:00.000Z' }], totals: { count: 3, sums: {} } }];
    const words = text((await get('/home', { 'accept-language': 'en' })).body);
    expect(words).toMatch(/Messages not handled\s*the oldest: 2 Nov[^]*?\b7\b/);
    expect(asked.filter(({ route }) => route.endsWith('/dead-letters'))).toHaveLength(5);
  });
});

describe('one letter', () => {
  it('says in words what failed and what to do, and what a try will do before it is asked for', async () => {
    const words = text((await get(PATH, { 'accept-language': 'en' })).body);
    expect(words).toContain('The sender is newer than this service');
    expect(words).toMatch(/Settlement takes message 1,234 of Issuance/);
    expect(words).toContain('its effects are done once');
  });

  it('is tried again with the reason that was written, and asks for a code where the service does', async () => {
    answers[`POST /settlement/dead-letters/${OPERATOR_IDS.letter}/replays`] = [202, { deadLetterId: OPERATOR_IDS.letter, askedAt: '2026-11-24T13:32:00.000Z' }];
    const done = await replay();
    expect([done.statusCode, done.headers['location']]).toEqual([303, PATH]);
    expect(asked.filter(({ route }) => route.startsWith('POST /settlement'))).toMatchObject([{ route: `POST /settlement/dead-letters/${OPERATOR_IDS.letter}/replays`, body: { note: 'The place is there now' } }]);

    answers[`POST /settlement/dead-letters/${OPERATOR_IDS.letter}/replays`] = [403, { code: 'second_factor_stale' }];
    const stale = await replay();
    expect(stale.statusCode).toBe(403);
    expect(stale.body).toContain('name="code"');
    expect(stale.body).toContain('The place is there now');
  });

  it('asks nothing of the service without a reason', async () => {
    expect((await replay({ note: ' ' })).statusCode).toBe(400);
    expect(asked.some(({ route }) => route.startsWith('POST /settlement'))).toBe(false);
  });

  it.each([['waiting', 'Being tried'], ['replayed', 'Handled']])('that is %s is not asked for again', async (state, word) => {
    answers['GET /settlement/dead-letters'] = letter({ state, replayedAt: state === 'replayed' ? '2026-11-21T13:32:00.000Z' : null });
    const page = await get(PATH, { 'accept-language': 'en' });
    expect(text(page.body)).toContain(word);
    expect(page.body).not.toContain(`action="${PATH}/replays"`);
  });

  it('is for an operator to try, not for an approver', async () => {
    as('operator', ['approver']);
    expect((await get(PATH)).body).not.toContain(`action="${PATH}/replays"`);
    expect((await replay()).statusCode).toBe(409);
  });
});

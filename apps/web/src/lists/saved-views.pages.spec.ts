// A person's own views above a list: kept, called otherwise and taken away with plain forms.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { answers, as, asked, closePages, get, openPages, post, resetPages, text, uuid } from '../../../../test/builders/pages.js';

beforeAll(openPages);
afterAll(closePages);
beforeEach(() => {
  resetPages();
  as('place', ['till']);
});

const KEPT = 'GET /identity/me/saved-views';
const KEEP = 'POST /identity/me/saved-views';
const ID = `svw_${uuid(30)}`;
const english = { 'accept-language': 'en' };
const keep = (more: Record<string, string> = {}, headers = {}) =>
  post('/redemptions/views', { key: uuid(12), name: 'Undone', question: 'state=undone&sort=-redeemedAt', ...more }, headers);
const change = (act: string, name: string) => post(`/redemptions/views/${ID}`, { key: uuid(12), name, question: 'state=undone', act });
const sent = () => asked.filter(({ route }) => route.startsWith('POST /identity/me/')).map(({ route, body }) => [route, body]);

describe('the views above a list', () => {
  it('lead to what was kept, without what the list does not know, and mark the one that is looked at', async () => {
    const { body } = await get('/redemptions?state=undone&sort=-redeemedAt', english);
    expect(body).toContain('<a href="/redemptions?sort=-redeemedAt&amp;state=undone" aria-current="page">');
    expect(body).toMatch(/<a href="\/redemptions" >Tout<\/a>/);
    expect(body).not.toContain('colour');
  });

  it('are not missed where identity does not tell them: the list stands', async () => {
    answers[KEPT] = [503, { code: 'unavailable' }];
    const { statusCode, body } = await get('/redemptions', english);
    expect([statusCode, text(body).includes('2 redemptions'), body.includes('/redemptions/views')]).toEqual([200, true, false]);
  });

  it('are kept with the filters, order and columns that the list knows, and no page of it', async () => {
    answers[KEEP] = [201, { savedViewId: ID }];
    const { statusCode, headers } = await keep({ question: 'state=undone&cursor=abc&colour=red&token=secret&columns=state&state=redeemed' });
    expect([statusCode, headers.location]).toEqual([303, '/redemptions?columns=state&state=undone%2Credeemed']);
    expect(sent()).toEqual([[KEEP, { list: '/redemptions', name: 'Undone', question: 'columns=state&state=undone%2Credeemed' }]]);
    expect(asked.find(({ route }) => route === KEEP)!.headers['idempotency-key']).toBe(uuid(12));
  });

  it.each([
    [409, 'saved_view_exists', 'Another of your views'], [409, 'saved_views_too_many', 'twenty views'], [400, 'request_malformed', '1 to 60 characters'], [503, 'unavailable', 'did not answer'],
  ])('say why one is not kept (%s %s), beside what was typed', async (status, code, words) => {
    answers[KEEP] = [status, { code }];
    const { statusCode, body } = await keep({ name: 'My "view"' }, english);
    expect([statusCode, text(body).includes(words)]).toEqual([status, true]);
    expect(body).toContain('value="My &quot;view&quot;"');
    expect(body).toContain('value="sort=-redeemedAt&amp;state=undone"');
  });

  it('are called otherwise and taken away, each by its own button', async () => {
    answers[`${KEEP}/${ID}/name`] = [200, { savedViewId: ID }];
    answers[`${KEEP}/${ID}/removal`] = [200, { savedViewId: ID }];
    expect((await change('name', 'Other')).headers.location).toBe('/redemptions?state=undone');
    expect((await change('removal', 'Other')).statusCode).toBe(303);
    expect(sent()).toEqual([[`${KEEP}/${ID}/name`, { name: 'Other' }], [`${KEEP}/${ID}/removal`, {}]]);
    expect((await change('else', 'Other')).statusCode).toBe(400);
  });

  it('take no form of another site', async () => {
    expect((await keep({}, { origin: 'https://elsewhere.example' })).statusCode).toBe(403);
    expect(sent()).toEqual([]);
  });
});

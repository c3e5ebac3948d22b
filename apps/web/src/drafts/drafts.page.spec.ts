// An order from the first question to its quote's answer: what is asked, what is sent, and what stands after a no.
import 'reflect-metadata';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { answers, as, asked, closePages, draft, get, invoice, openPages, order, post, programme, resetPages, text, uuid } from '../../../../test/builders/pages.js';

beforeAll(openPages);
afterAll(closePages);
beforeEach(() => {
  resetPages();
  as('payer', ['payer']);
});

const ENGLISH = { 'accept-language': 'en' };
const OTHER = `pyr_${uuid(23)}`;
const said = { programmeId: order.programmeId, count: '1 200', face: '', carrier: 'paper', funder1: OTHER, part1: '40' };
const form = async (more: object) => {
  const { statusCode, body } = await get(`/orders/new?${new URLSearchParams({ ...said, ...more })}`, ENGLISH);
  expect(statusCode).toBe(200);
  return body;
};
const page = async (url: string) => text((await get(url, ENGLISH)).body).replaceAll('\u00A0', ' ');

describe('the form of an order', () => {
  it('carries what was said from step to step', async () => {
    const funders = await form({ step: 'funders' });
    expect(funders).toContain('<input type="hidden" name="count" value="1 200">');
    expect(funders).toContain(`value="${OTHER}"`);
    expect(text(funders)).toContain(`Your own identifier, for those who name you: pyr_${uuid(20)}`);
  });

  it('checks with the amount, the parts, and a way back to each answer', async () => {
    const check = await form({ step: 'check' });
    for (const words of ['€12,000.00', '1,200 vouchers of €10.00', 'You 60%', 'Ask for a quote for €12,000.00']) expect(text(check)).toContain(words);
    expect(check.match(/href="\/orders\/new\?step=(programme|vouchers|funders)/g)).toHaveLength(6);
  });

  it.each([
    ['no programme', { programmeId: '' }, 'Of which programme?'],
    ['too few', { count: '9' }, 'This number does not fit this programme.'],
    ['too many', { count: '5001' }, 'This number does not fit this programme.'],
    ['no number', { count: 'douze' }, 'This number does not fit this programme.'],
    ['a value that is not allowed', { face: '20,01' }, 'This value is not allowed.'],
    ['a co-funder without a part', { part1: '' }, 'An identifier begins with pyr_'],
    ['a part for nobody', { funder1: '' }, 'An identifier begins with pyr_'],
    ['nothing left for oneself', { part1: '100' }, 'An identifier begins with pyr_'],
    ['somebody twice', { funder2: OTHER, part2: '10' }, 'An identifier begins with pyr_'],
  ])('goes no further with %s', async (_, more, sentence) => {
    expect(text(await form({ ...more, step: 'check' }))).toContain(sentence);
  });

  it('asks nothing of a programme that is not in force', async () => {
    answers['GET /issuance/programmes'] = [200, { items: [{ ...programme, state: 'to_come' }], nextCursor: null }];
    expect(text(await form({ step: 'check' }))).toContain('No programme is open.');
  });
});

describe('keeping a draft', () => {
  const DRAFTS = 'POST /issuance/order-drafts';
  const keep = (more: object = {}) => post('/orders/new', { key: uuid(30), ...said, ...more }, ENGLISH);

  it('sends it once, the own part first, and shows it', async () => {
    answers[DRAFTS] = [201, { orderId: draft.orderId, revision: 1 }];
    const { statusCode, headers } = await keep();
    expect([statusCode, headers.location]).toEqual([303, `/drafts/${draft.orderId}`]);
    expect(asked.find(({ route }) => route === DRAFTS)).toMatchObject({
      headers: { 'idempotency-key': uuid(30) }, body: {
        programmeId: order.programmeId, count: 1_200, paper: true, sharing: 'pro_rata',
        shares: [{ payerId: `pyr_${uuid(20)}`, basisPoints: 6_000 }, { payerId: OTHER, basisPoints: 4_000 }],
      },
    });
  });

  it('names no shares where one pays alone, and a value that is not the usual one', async () => {
    answers[DRAFTS] = [201, { orderId: draft.orderId, revision: 1 }];
    await keep({ funder1: '', part1: '', face: '12,50', carrier: 'file' });
    const sent = asked.find(({ route }) => route === DRAFTS)?.body;
    expect(sent).toEqual({ programmeId: order.programmeId, count: 1_200, faceCents: 1_250, paper: false });
  });

  it('writes a draft anew where it changes one', async () => {
    answers[`${DRAFTS}/${draft.orderId}/revisions`] = [201, { orderId: draft.orderId, revision: 2 }];
    expect((await keep({ draft: draft.orderId })).statusCode).toBe(303);
  });

  it('keeps all that was said after a no', async () => {
    answers[DRAFTS] = [404, { code: 'payer_not_found' }];
    const { statusCode, body } = await keep();
    expect([statusCode, text(body)]).toEqual([404, expect.stringContaining('One of the co-funders is not known.')]);
    expect(body).toContain(`<input type="hidden" name="funder1" value="${OTHER}">`);
  });

  it('sends nothing that cannot be ordered', async () => {
    expect(text((await keep({ count: '9' })).body)).toContain('This number does not fit');
    expect(asked.some(({ route }) => route === DRAFTS)).toBe(false);
  });
});

describe('a draft of several payers', () => {
  it('names those who are known, and shows the id of another', async () => {
    answers[`GET /issuance/order-drafts/${draft.orderId}`] = [200, { ...draft, steps: [], payers: [{ payerId: OTHER, name: 'Département du Val' }] }];
    answers['GET /issuance/invoices'] = [200, { items: [] }];
    const shown = await page(`/drafts/${draft.orderId}`);
    expect(shown).toContain('Département du Val');
    expect(shown).not.toContain(OTHER.slice(-8));
  });
});

describe('a quote', () => {
  const PATH = `/drafts/${draft.orderId}`;
  const DRAFT = `GET /issuance/order-drafts/${draft.orderId}`;
  const ANSWER = `POST /issuance/order-drafts/${draft.orderId}/quotes/2/answers`;
  const answerDraft = (more: object) => { answers[DRAFT] = [200, { ...draft, steps: [], ...more }]; };
  const answer = (given: Record<string, string>) => post(`${PATH}/answer`, { key: uuid(30), version: '2', ...given }, ENGLISH);

  it('is priced with fee and VAT, and the button names the amount', async () => {
    answers['GET /issuance/invoices'] = [200, { items: [{ ...invoice, kind: 'quote', faceCents: 7_200, feeCents: 180, vatCents: 36, totalCents: 7_416 }], nextCursor: null }];
    const shown = await page(PATH);
    expect(shown).toContain('€74.16 to pay for your share of 12 vouchers, fee and VAT included.');
    for (const words of ['Fee €1.80', 'VAT €0.36', 'You 60% €72.00 Awaited', '40% €48.00 Accepted', 'Accept €74.16']) expect(shown).toContain(words);
  });

  it('says so where fee and VAT are not known', async () => {
    answers['GET /issuance/invoices'] = [0, null];
    expect(await page(PATH)).toContain('€72.00 for your share of 12 vouchers, without fee and VAT.');
  });

  it('asks no more once accepted, and is no price once it is over', async () => {
    answerDraft({ quote: { ...draft.quote, shares: draft.quote.shares.map((share) => ({ ...share, answer: 'accepted' })) } });
    expect(await page(PATH)).toContain('You have accepted.');
    answerDraft({ state: 'draft' });
    const shown = await page(PATH);
    expect(shown).toContain('12 vouchers in this draft. Your operator makes the quote; nothing is owed.');
    expect(shown).not.toContain('Accept €');
    expect(shown).toContain('Change the draft');
  });

  it.each([
    { sharing: 'priority' }, { shares: draft.shares.map((share) => ({ ...share, capCents: 5_000 })) },
    { shares: [...draft.shares, ...draft.shares, ...draft.shares] },
  ])('is not changed by a form that would lose its sharing (%j)', async (more) => {
    answerDraft({ state: 'draft', ...more });
    const shown = await page(PATH);
    expect(shown).toContain('Its sharing between payers is not changed here: ask your operator.');
    expect(shown).not.toContain('Change the draft');
  });

  it.each([['RF18539007547034', `/orders/${draft.orderId}`], [null, PATH]])('leads on after it is accepted (%s)', async (reference, location) => {
    answers[ANSWER] = [201, { orderId: draft.orderId, version: 2, answer: 'accepted', reference }];
    expect((await answer({ answer: 'accepted' })).headers.location).toBe(location);
    expect(asked.find(({ route }) => route === ANSWER)).toMatchObject({ body: { answer: 'accepted' }, headers: { 'idempotency-key': uuid(30) } });
  });

  it('is refused with a reason, and not without', async () => {
    answers[ANSWER] = [201, { orderId: draft.orderId, version: 2, answer: 'refused', reference: null }];
    expect((await answer({ answer: 'refused', reason: 'Trop cher' })).statusCode).toBe(303);
    expect((await answer({ answer: 'refused' })).statusCode).toBe(400);
    expect(asked.filter(({ route }) => route === ANSWER).map(({ body }) => body)).toEqual([{ answer: 'refused', reason: 'Trop cher' }]);
  });

  it('says why an answer was not taken', async () => {
    answers[ANSWER] = [409, { code: 'quote_lapsed' }];
    const { statusCode, body } = await answer({ answer: 'accepted' });
    expect([statusCode, text(body)]).toEqual([409, expect.stringContaining('This quote is no longer valid.')]);
  });

  it('is an order once all have accepted', async () => {
    answerDraft({ state: 'accepted' });
    expect((await get(PATH)).headers.location).toBe(`/orders/${draft.orderId}`);
  });

  it('may be given up with its draft', async () => {
    answers[`POST /issuance/orders/${draft.orderId}/cancellation`] = [201, {}];
    expect((await post(`${PATH}/cancel`, { key: uuid(30), reason: 'Plus besoin' })).headers.location).toBe(PATH);
  });
});

// What a payer reads of an order, how it pays it, and what it is told where that does not go.
import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import { answers, as, asked, closePages, get, openPages, order, orderWithHistory, post, resetPages, text, uuid } from '../../../../test/builders/pages.js';

beforeAll(openPages);
afterAll(closePages);
beforeEach(() => {
  resetPages();
  as('payer', ['payer']);
});

const PATH = `/orders/${order.orderId}`;
const shown = async (language = 'en') => text((await get(PATH, { 'accept-language': language })).body).replaceAll('\u00A0', ' ');
const answerOrder = (more: object, share: object = {}) => {
  answers[`GET /issuance${PATH}`] = [200, { ...orderWithHistory, ...more, shares: [{ ...order.shares[0], ...share }] }];
};

describe('the page of an order', () => {
  it('says first what is still to pay, fee and all, and how', async () => {
    answerOrder({}, { feeDueCents: 360 });
    const page = await shown();
    expect(page).toContain('€78.60 remain to be paid for your share.');
    for (const words of ['Vouchers €75.00', 'Fee and VAT invoiced €3.60', 'RF18539007547034', 'FR76 3000 6000 0112 3456 7890 189', 'Pay €78.60']) expect(page).toContain(words);
  });

  it('shows the square that a bank reads: the twelve lines of EPC069-12', async () => {
    expect(await read((await get(PATH)).body)).toBe([
      'BCD', '002', '1', 'SCT', '', 'Méreau', 'FR7630006000011234567890189', 'EUR75.00', '', 'RF18539007547034', '', '',
    ].join('\n'));
  });

  it('asks for nothing of a share that is paid, and tells what co-funders bear', async () => {
    answerOrder({ amountCents: 20_000 }, { missingCents: 0, fundedCents: 12_000 });
    const page = await shown();
    expect(page).toContain('€120.00 is your share, and it is paid.');
    expect(page).toContain('Your co-funders together €80.00');
    expect(page).not.toContain('IBAN');
  });

  it('names the co-funders, where it is known who they are, and nobody twice', async () => {
    answerOrder({ amountCents: 20_000, payers: [{ payerId: `pyr_${uuid(20)}`, name: 'Own town' }, { payerId: `pyr_${uuid(23)}`, name: 'Département <b>' }] }, {});
    const page = await shown();
    expect(page).toContain('Your co-funders together Département &lt;b&gt; €80.00');
    expect(page).not.toContain('Own town');
  });

  it('asks for nothing of an order that is cancelled', async () => {
    answerOrder({ state: 'cancelled' });
    expect(await shown()).not.toContain('IBAN');
  });

  it('tells what happened in sentences, oldest first', async () => {
    expect(await shown()).toMatch(/Order placed 12 vouchers, €120\.00.*Proof sent back Le logo.*Vouchers made 12 vouchers.*Your money arrived €45\.00/);
  });

  it('stands without its invoices, and is not there where the order is not', async () => {
    answers['GET /issuance/invoices'] = [0, null];
    expect(await shown()).toContain('Quotes and invoices – The service did not answer');
    answers[`GET /issuance${PATH}`] = [404, { code: 'order_not_found' }];
    expect((await get(PATH)).statusCode).toBe(404);
  });
});

describe('paying online', () => {
  const PAY = `POST /issuance${PATH}/card-payments`;
  const pay = () => post(`${PATH}/card-payments`, { key: uuid(30), method: 'card' }, { 'accept-language': 'en' });

  it('opens the page of the provider once, and links to it', async () => {
    answers[PAY] = [201, { cardPaymentId: `cpy_${uuid(31)}`, sessionId: 'cs_1', url: 'https://checkout.stripe.com/c/pay/cs_1', amountCents: 7_500, currency: 'EUR' }];
    const { statusCode, body } = await pay();
    expect([statusCode, body]).toEqual([200, expect.stringContaining('href="https://checkout.stripe.com/c/pay/cs_1"')]);
    expect(text(body)).toContain('Go and pay €75.00');
    expect(asked.find(({ route }) => route === PAY)).toMatchObject({ body: { method: 'card' }, headers: { 'idempotency-key': uuid(30) } });
  });

  it('links to nothing that is no safe page', async () => {
    answers[PAY] = [201, { url: 'javascript:alert(1)', amountCents: 7_500 }];
    const { statusCode, body } = await pay();
    expect([statusCode, body.includes('javascript:')]).toEqual([503, false]);
  });

  it.each([['card_payments_off', 'Card payment is closed here.'], ['order_fully_funded', 'Your share is paid already.'], ['never_heard_of', 'Refused: never_heard_of']])(
    'says why not: %s', async (code, sentence) => {
      answers[PAY] = [409, { code }];
      const { statusCode, body } = await pay();
      expect([statusCode, text(body)]).toEqual([409, expect.stringContaining(sentence)]);
    });
});

describe('the proof of a printed order', () => {
  const ANSWER = `POST /issuance${PATH}/proof-answers`;
  const sha256 = 'cd'.repeat(32);
  const answer = (given: Record<string, string>) => post(`${PATH}/proof`, { key: uuid(30), sha256, ...given }, { 'accept-language': 'en' });
  const submitted = { step: 'proof_submitted', takenAt: order.placedAt, reason: null, count: null, amountCents: null, reference: 'javascript:alert(1)', sha256 };

  it('is asked for while it waits, with where it is and its fingerprint', async () => {
    expect(await shown()).not.toContain('The proof waits');
    answerOrder({ proof: 'pending', history: [{ ...submitted, sha256: 'ab'.repeat(32) }, submitted] });
    const { body } = await get(PATH, { 'accept-language': 'en' });
    expect(text(body)).toMatch(/The proof waits for your approval .* javascript:alert\(1\) .*(cd){32} Approve the proof/);
    expect(body).not.toContain('href="javascript:');
    expect(body).toContain(`name="sha256" value="${sha256}"`);
  });

  it('is approved, or sent back with what has to change', async () => {
    answers[ANSWER] = [201, {}];
    expect((await answer({ answer: 'approved' })).headers.location).toBe(PATH);
    expect((await answer({ answer: 'sent_back', reason: 'Le logo' })).statusCode).toBe(303);
    expect((await answer({ answer: 'sent_back' })).statusCode).toBe(400);
    expect(asked.filter(({ route }) => route === ANSWER).map(({ body }) => body)).toEqual([
      { sha256, answer: 'approved' }, { sha256, answer: 'sent_back', reason: 'Le logo' },
    ]);
  });

  it('says why not', async () => {
    answers[ANSWER] = [409, { code: 'payer_not_leading' }];
    expect(text((await answer({ answer: 'approved' })).body)).toContain('The first payer of the order approves the proof.');
  });
});

describe('documents', () => {
  it('go out as they come, and a document of somebody else is not there', async () => {
    const { statusCode, headers } = await get(`/order-invoices/inv_${uuid(21)}/pdf`);
    expect([statusCode, headers['content-type']]).toEqual([404, expect.not.stringContaining('pdf')]);
    answers[`GET /issuance/invoices/inv_${uuid(21)}/pdf`] = [200, 'a document'];
    const found = await get(`/order-invoices/inv_${uuid(21)}/pdf`);
    expect([found.statusCode, found.headers['content-type'], found.body]).toEqual([200, 'application/pdf', '"a document"']);
  });
});

/** As a telephone would, from the shapes of the picture. */
async function read(page: string): Promise<string | undefined> {
  const [, size, path] = /viewBox="0 0 (\d+) \d+" role="img"[^]*?<path d="([^"]*)"/.exec(page) ?? [];
  const [scale, modules] = [4, Number(size)];
  const [width, data] = [modules * scale, new Uint8ClampedArray((modules * scale) ** 2 * 4).fill(255)];
  for (const [, x, y] of path!.matchAll(/M(\d+) (\d+)h1v1h-1z/g)) {
    for (let at = 0; at < scale * scale; at += 1) {
      const pixel = (Number(y) * scale + Math.floor(at / scale)) * width + Number(x) * scale + (at % scale);
      data.fill(0, pixel * 4, pixel * 4 + 3);
    }
  }
  const bytes = readFileSync(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm'));
  await prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(bytes).buffer }, fireImmediately: true });
  const [found] = await readBarcodes({ data, width, height: width, colorSpace: 'srgb' } as Parameters<typeof readBarcodes>[0], { formats: ['QRCode'] });
  return found?.text;
}

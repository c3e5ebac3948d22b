// The operator's page of an order: the forms that its state allows and no others, and what each sends.
import 'reflect-metadata';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ORDER_IDS } from '../../../../test/builders/order-pages.js';
import { answers, as, asked, batch, closePages, get, openPages, order, orderWithHistory, post, resetPages, text, uuid } from '../../../../test/builders/pages.js';

beforeAll(openPages);
afterAll(closePages);
beforeEach(() => {
  resetPages();
  as('operator', ['operator']);
});

const PATH = `/all-orders/${order.orderId}`;
const ORDER = `GET /issuance/orders/${order.orderId}`;
const COVER = `GET /issuance/programmes/${order.programmeId}/coverage`;
const stands = (more: object, batches: object[] = []) => { answers[ORDER] = [200, { ...orderWithHistory, batches, ...more }]; };
const steps = async () => [...(await get(PATH)).body.matchAll(/action="\/all-orders\/[^/]+\/([a-z-]+)"/g)].map(([, step]) => step);
const sends = async (step: string, route: string, form: Record<string, string>, status = 201, answer: object = {}) => {
  answers[route] = [status, answer];
  const { statusCode } = await post(`${PATH}/${step}`, { key: uuid(10), ...form });
  return [statusCode, asked.find((one) => one.route === route)?.body];
};
const invoiced = () => { answers['GET /issuance/invoices'] = [200, { items: [{ ...(answers['GET /issuance/invoices']![1] as { items: object[] }).items[0] }] }]; };
const covered = (availableCents: number) => { answers[COVER] = [200, { payers: [{ payerId: order.shares[0]!.payerId, name: 'Ville', availableCents }, { payerId: `pyr_${uuid(99)}`, name: 'Autre', availableCents: 99_900 }] }]; };

describe('the forms of an order', () => {
  it.each<[string, object, object[], string[]]>([
    ['that is printed and has no proof', { state: 'accepted', paper: true, nextSteps: ['submit_proof', 'pay'] }, [], ['proof']],
    ['that may be made', { state: 'accepted', nextSteps: ['mint', 'pay'] }, [], ['mint']],
    ['whose batch is still being made', { state: 'made', mintedCount: 12, nextSteps: ['pay'] }, [{ ...batch, state: 'minting' }], ['extension']],
    ['that is expired', { state: 'expired', mintedCount: 12, nextSteps: ['sign_statement'] }, [batch], ['statement-again']],
    ['that is cancelled', { state: 'cancelled', mintedCount: 12, nextSteps: [] }, [batch], []],
  ])('%s are those that its state allows', async (_, more, batches, expected) => {
    invoiced();
    stands(more, batches);
    expect(await steps()).toEqual(expected);
  });

  it('offer activation with the cover of its own payers alone, and say how much there is', async () => {
    invoiced();
    stands({ state: 'made', mintedCount: 12, activatedCents: 0, nextSteps: ['activate'] }, [batch]);
    covered(0);
    expect(await steps()).toEqual(['printed', 'ship', 'print-file', 'extension']);
    covered(4_500);
    expect(await steps()).toEqual(['activate', 'printed', 'ship', 'print-file', 'extension']);
    expect(text((await get(PATH, { 'accept-language': 'en' })).body)).toContain('Free cover: €45.00. Not active yet: €120.00.');
  });

  it('are read by an auditor nowhere, and by the operator from the address of the order too', async () => {
    const { statusCode, headers } = await get(`/orders/${order.orderId}`);
    expect([statusCode, headers['location']]).toEqual([303, PATH]);
    as('auditor', ['auditor']);
    expect((await get(`/orders/${order.orderId}`)).statusCode).toBe(200);
  });
});

describe('what they send', () => {
  it('is the proof with its fingerprint in small letters', async () => {
    stands({ nextSteps: ['submit_proof'] });
    expect(await sends('proof', `POST /issuance/orders/${order.orderId}/proofs`, { reference: 'https://x.example/p.pdf', sha256: 'AB'.repeat(32) }))
      .toEqual([303, { reference: 'https://x.example/p.pdf', sha256: 'ab'.repeat(32) }]);
  });

  it.each([[{ count: '' }, {}], [{ count: '20' }, { count: 20 }]])('is a batch of %j', async (form, body) => {
    stands({ nextSteps: ['mint'] });
    expect(await sends('mint', `POST /issuance/orders/${order.orderId}/batches`, { bookletSize: '5', ...form })).toEqual([303, { bookletSize: 5, ...body }]);
  });

  it.each([
    [{}, {}], [{ firstBooklet: '2' }, { booklets: { first: 2, last: 2 } }], [{ firstBooklet: '2', lastBooklet: '3' }, { booklets: { first: 2, last: 3 } }], [{ lastBooklet: '3' }, { booklets: { first: 3, last: 3 } }],
  ])('is a range: %j', async (range, body) => {
    stands({ mintedCount: 12, nextSteps: ['activate'] }, [batch]);
    covered(1_000);
    expect(await sends('activate', `POST /issuance/batches/${batch.batchId}/activations`, { batchId: batch.batchId, ...range })).toEqual([303, body]);
  });

  it('is a shipment to a distributor that is chosen by name', async () => {
    stands({ mintedCount: 12, nextSteps: ['ship'] }, [batch]);
    expect(text((await get(PATH)).body)).toContain('Médiathèque');
    expect(await sends('ship', `POST /issuance/batches/${batch.batchId}/deliveries`, { batchId: batch.batchId, distributorId: ORDER_IDS.distributor }))
      .toEqual([303, { distributorId: ORDER_IDS.distributor }]);
  });

  it('asks for a file, which comes as the service made it, and asks for a code where it wants one', async () => {
    stands({ mintedCount: 12 }, [batch]);
    const route = `POST /issuance/batches/${batch.batchId}/print-files`;
    expect(await sends('print-file', route, { batchId: batch.batchId, form: ORDER_IDS.printerKey }, 200, { secret: 1 })).toEqual([200, { format: 'pgp', printerKeyId: ORDER_IDS.printerKey }]);
    answers[route] = [403, { code: 'second_factor_stale' }];
    const { statusCode, body } = await post(`${PATH}/print-file`, { key: uuid(10), batchId: batch.batchId, form: 'pdf' });
    expect([statusCode, body.includes('name="code"')]).toEqual([403, true]);
  });

  it('is an account with later dates where both are given, and leads to it', async () => {
    stands({ state: 'expired', nextSteps: ['sign_statement'] });
    answers['GET /issuance/contradictory-statements'] = [200, { items: [] }];
    const route = 'POST /issuance/contradictory-statements';
    answers[route] = [201, { statementId: ORDER_IDS.statement }];
    const { headers } = await post(`${PATH}/statement`, { key: uuid(10), usableUntil: '2027-06-30', claimableUntil: '2027-07-31' });
    expect([headers['location'], asked.find((one) => one.route === route)?.body]).toEqual([`/contradictory-statements/${ORDER_IDS.statement}`,
      { orderId: order.orderId, extension: { usableUntil: '2027-06-30', claimableUntil: '2027-07-31' } }]);
  });

  it('says in words why there is not enough cover', async () => {
    stands({ mintedCount: 12, nextSteps: ['activate'] }, [batch]);
    covered(1_000);
    answers[`POST /issuance/batches/${batch.batchId}/activations`] = [409, { code: 'insufficient_coverage' }];
    expect(text((await post(`${PATH}/activate`, { key: uuid(10), batchId: batch.batchId })).body)).toContain('L’argent des financeurs ne couvre pas ces chèques');
  });
});

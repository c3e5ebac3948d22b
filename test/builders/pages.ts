// The pages as they are served, against services that answer what a spec tells them to. One set of pages per spec file.
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createLocalJWKSet } from 'jose';
import { WebModule } from '../../apps/web/src/web.module.js';
import { TokenVerifier } from '#libs/auth';
import { newHttpAdapter, NEST_OPTIONS, secureApp } from '#libs/http';

export const EVIL = '<script>alert("é")</script>';
export const uuid = (n: number) => `01902c7b-5d2a-7c3e-9f00-${String(n).padStart(12, '0')}`;
export const membership = (kind: string, roles: string[]) =>
  ({ organisationId: `org_${uuid(1)}`, kind, name: `Org ${EVIL}`, partyId: null, roles });
export const tokenOf = (kind: string, roles: string[]) => ({
  token: `token-${kind}`, expiresAt: new Date(Date.now() + 300_000).toISOString(), name: `Person ${EVIL}`,
  membership: membership(kind, roles), memberships: [membership(kind, roles), { ...membership('auditor', ['auditor']), organisationId: `org_${uuid(2)}` }],
});
export const order = {
  orderId: `ord_${uuid(3)}`, reference: 'RF18539007547034', programmeId: `prg_${uuid(4)}`, programmeName: `Cap numérique ${EVIL}`,
  placedAt: '2026-11-01T08:00:00.000Z', funding: 'part_funded', activation: 'inactive', count: 12, mintedCount: 0, faceCents: 1000, amountCents: 12_000,
  fundedCents: 4_500, missingCents: 7_500, activatedCents: 3_000, currency: 'EUR', shares: [{ reference: 'RF18539007547034', missingCents: 7_500 }],
  creditor: { name: 'Méreau', iban: 'FR7630006000011234567890189', bic: null },
};
export const run = {
  runId: `run_${uuid(5)}`, state: 'drafted', messageId: 'MRX-2611-0001', executionOn: '2026-12-07', paymentCount: 2, amountCents: 3_761_280,
  sha256: 'ab'.repeat(32), createdBy: uuid(6), createdAt: '2026-12-01T08:50:00.000Z', releasedAt: null as string | null, approvals: [] as object[],
};
export const redemption = { redemptionId: `red_${uuid(7)}`, amountCents: 1_000, coPaymentCents: 0, balanceCents: 250, serviceDate: '2026-11-24', redeemedAt: '2026-11-24T13:32:00.000Z' };
export const event = {
  id: `evt_${uuid(8)}`, sender: 'issuance', seq: 1, type: 'order.placed.v1', subject: `order:${EVIL}`, occurredAt: '2026-11-24T13:32:00.000Z',
  causationId: null, correlationId: 'r', actor: { kind: 'user', id: 'x' }, body: { text: EVIL },
};
export const content = {
  madeAt: '2026-11-25T00:00:05.000Z',
  custodyAccounts: [{
    custodyAccountId: uuid(10), state: 'gap', assetsCents: 9_000, liabilitiesCents: 9_072, underWayCents: 100, gapCents: 172, surplusCents: 0,
    assets: [{ kind: 'bank', statedOn: '2026-11-24', statedCents: 9_000, ledgerCents: 8_000, unaccountedCents: 880, differences: [{ what: 'unexplained_debit', amountCents: 120 }] }],
    liabilities: [{ account: 'outstanding', amountCents: 9_072 }], gap: [{ account: 'bank_fees', amountCents: 172 }],
  }],
  programmes: [{ programmeId: uuid(4), prefundCents: 1, outstandingCents: 9_072, expiredCents: 0 }],
};
export const coverage = {
  number: 7, previous: 'cd'.repeat(32), day: '2026-11-24', final: true, content: JSON.stringify(content), sha256: 'ef'.repeat(32), keyId: 'k', signature: 's',
};
export const release = {
  month: '2026-10', madeAt: '2026-11-08T06:00:00.000Z', sha256: 'ab'.repeat(32),
  content: JSON.stringify({
    month: '2026-10', peopleMin: 11,
    programmes: [{
      programmeId: uuid(4), name: `Cap numérique ${EVIL}`, activatedCents: 100_000, expiredCents: 0, handedOver: null, redemptions: 40, redeemedCents: 40_000,
      places: 3, timeToPay: { lines: 30, medianDays: 12, ninthDecileDays: 20, longestDays: 25 }, hiddenGroups: 2,
    }],
    services: [{ programmeId: uuid(4), departement: '42', service: 'employment', redemptions: 30, amountCents: 30_000, places: 2 }],
  }),
};
/** What a rule found, upheld, and an appeal that waits. */
export const alert = {
  alertId: `alr_${uuid(12)}`, rule: 'place_velocity', textFr: `Le 24/11/2026 : 24 personnes ${EVIL}.`, textEn: `On 2026-11-24: 24 people ${EVIL}.`,
  windowFrom: '2026-11-24', windowTo: '2026-11-24', amountCents: 24_000, currency: 'EUR', explanation: `Cachet ${EVIL}`, decidedAt: '2026-11-25T08:00:00.000Z',
  appeal: { appealId: `ala_${uuid(13)}`, grounds: `Atelier ${EVIL}`, answerDue: '2026-12-25', outcome: null, reasons: null },
  ruleVersion: 1, severity: 5, state: 'upheld', placeId: `plc_${uuid(2)}`, placeName: EVIL, deviceId: null, distributorId: null, measured: { most: 24 },
  facts: 24, firstAt: '2026-11-24T13:32:00.000Z', lastAt: '2026-11-24T13:40:00.000Z', raisedAt: '2026-11-24T13:41:00.000Z', decidedBy: `usr_${uuid(1)}`,
};
export const openAlert = { ...alert, alertId: `alr_${uuid(14)}`, state: 'open', explanation: null, decidedAt: null, appeal: null, decidedBy: null };
const alertFact = {
  eventId: `evt_${uuid(7)}`, type: 'voucher.redeemed.v1', at: '2026-11-24T13:32:00.000Z', logIndex: 41, batchId: `bat_${uuid(9)}`, voucherIndex: 7,
  amountCents: 1_000, undone: true,
};
export const delivery = {
  deliveryId: `dlv_${uuid(20)}`, kind: 'shipping', distributorId: `dst_${uuid(19)}`, batchId: `bat_${uuid(9)}`, label: '7K3M9Q2T', bookletSize: 10,
  agentId: null, fromDistributorId: null, first: 0, last: 29, shippedAt: '2026-11-23T08:00:00.000Z', receivedCount: 0, lostCount: 0, inTransitCount: 30,
};
export const handOver = {
  handOverId: `hnd_${uuid(21)}`, batchId: `bat_${uuid(9)}`, label: '7K3M9Q2T', bookletSize: 10, agentId: null, first: 20, last: 29, inseeCode: '69266',
  publicCategory: 'seniors', handedOverAt: '2026-11-24T13:32:00.000Z', returnedAt: null,
};
type Answers = Record<string, [status: number, body: unknown]>;
/** By method and path; a status of 0 breaks the connection. */
const usual: Answers = {
  'GET /audit/open-data/months': [200, { items: [release] }],
  'GET /audit/checkpoints/latest': [200, { size: 12_345, root: 'ab'.repeat(32), time: '2026-11-25T00:00:05.000Z' }],
  'POST /identity/tokens': [200, tokenOf('place', ['till'])],
  'GET /identity/second-factors': [200, { state: 'none', recoveryCodesLeft: null }],
  'POST /identity/auth/sign-in/email': [200, { signedIn: true }],
  'POST /identity/auth/sign-out': [200, { signedIn: false }],
  'GET /issuance/orders': [200, { items: [order], nextCursor: null }],
  [`GET /issuance/orders/${order.orderId}`]: [200, { ...order, batches: [{ redeemedCount: 2, redeemedCents: 2_000 }] }],
  'GET /issuance/programmes': [200, { items: [{ programmeId: order.programmeId, name: order.programmeName, usableUntil: '2027-01-31' }], nextCursor: null }],
  [`GET /issuance/programmes/${order.programmeId}/coverage`]: [200, { programmeId: order.programmeId, availableCents: 1_500, announcedCents: 7_500, activatedCents: 3_000, payers: [] }],
  'GET /issuance/credits/unmatched': [200, { items: [{ leftCents: 990, bookedOn: '2026-11-02' }], nextCursor: null }],
  'GET /redemption/redemptions': [200, { day: '2026-11-24', count: 1, amountCents: 1_000, currency: 'EUR', items: [redemption] }],
  'GET /redemption/redemptions/history': [200, {
    items: [
      { redemptionId: redemption.redemptionId, redeemedAt: redemption.redeemedAt, serviceDate: '2026-11-24', programmeName: `Cap ${EVIL}`, service: 'safe_use', amountCents: 1_250, keptCents: 1_250, state: 'redeemed' },
      { redemptionId: `red_${uuid(17)}`, redeemedAt: redemption.redeemedAt, serviceDate: '2026-11-23', programmeName: '=1+1', service: null, amountCents: 750, keptCents: 0, state: 'undone' },
    ],
    nextCursor: null, totals: { count: 2, sums: { keptCents: 1_250 } },
  }],
  'POST /redemption/redemptions': [201, redemption],
  'POST /redemption/checks': [200, { kind: 'balance', availableCents: 1_000, takeableCents: 700, usableUntil: '2027-01-31', services: ['safe_use'] }],
  'POST /redemption/sessions': [200, {
    sessionId: `ses_${uuid(10)}`, serviceDate: '2026-11-24', redeemedCount: 1, refusedCount: 1, amountCents: 1_000,
    lines: [{ outcome: 'redeemed', redemption }, { outcome: 'refused', code: 'voucher_used', details: {} }],
  }],
  'GET /redemption/device-rule': [200, { devicesOnly: false }],
  'GET /redemption/devices': [200, { items: [{ deviceId: `dev_${uuid(11)}`, name: `Tablette ${EVIL}`, enrolledAt: '2026-11-24T13:32:00.000Z', revokedAt: null, lastUsedAt: null }], nextCursor: null }],
  'GET /redemption/batches': [200, { items: [{ batchId: `bat_${uuid(9)}`, count: 12, loadedCount: 12, spendableCount: 3, leftCents: 1_000, usableUntil: '2027-01-31' }], nextCursor: null }],
  'GET /settlement/statements': [200, { items: [
    { statementId: 's', lines: 2, grossCents: 2_000, feeCents: 40, vatCents: 8, commonsCents: 30, netCents: 1_922, closedAt: '2026-12-01T07:00:00.000Z', state: 'not_ordered', sha256: '' },
    { statementId: 't', lines: 1, grossCents: 1_000, feeCents: 20, vatCents: 4, commonsCents: 15, netCents: 961, closedAt: '2026-11-01T07:00:00.000Z', state: 'booked', sha256: '' },
  ], nextCursor: null }],
  'GET /issuance/stock': [200, { items: [{
    batchId: `bat_${uuid(9)}`, label: '7K3M9Q2T', bookletSize: 10, programmeId: order.programmeId, programmeName: `Cap ${EVIL}`, faceCents: 1_000,
    usableUntil: '2027-01-31', sent: { vouchers: 0, booklets: 0 }, lost: { vouchers: 0, booklets: 0 }, inTransit: { vouchers: 30, booklets: 3 }, inStock: { vouchers: 70, booklets: 7 }, handedOver: { vouchers: 1_900, booklets: 190 },
  }], nextCursor: 'abc' }],
  'GET /issuance/deliveries': [200, { items: [delivery], nextCursor: null }],
  'GET /issuance/hand-overs': [200, { items: [handOver, { ...handOver, handOverId: `hnd_${uuid(23)}`, returnedAt: '2026-11-24T13:40:00.000Z' }], nextCursor: null }],
  'GET /issuance/whereabouts': [200, {
    batchId: `bat_${uuid(9)}`, first: 20, last: 29, place: 'handed_over', since: handOver.handedOverAt, isStopped: false,
    moves: [{ place: 'stock', agentId: null, movedAt: delivery.shippedAt }, { place: 'handed_over', agentId: null, movedAt: handOver.handedOverAt }],
  }],
  [`GET /issuance/distributors/${delivery.distributorId}/replacement-quota`]: [200, { month: '2026-11', vouchersPerMonth: 20, used: 5 }],
  'GET /issuance/stock-alerts': [200, { days: 60, alerts: [
    { kind: 'never_used', batchId: `bat_${uuid(9)}`, vouchers: 140, booklets: 14, since: '2026-08-01T08:00:00.000Z' },
    { kind: 'sleeping_stock', batchId: `bat_${uuid(9)}`, vouchers: 70, booklets: 7, since: '2026-08-02T08:00:00.000Z' },
  ] }],
  'GET /issuance/funnel': [200, { rows: [{
    delivered: { vouchers: 2_000, booklets: 200 }, inStock: { vouchers: 70, booklets: 7 },
    handedOver: { vouchers: 1_900, booklets: 190 }, firstUse: 116, usedUp: 40,
  }] }],
  'GET /issuance/agents': [200, { items: [{ agentId: `agt_${uuid(22)}`, name: `Accueil ${EVIL}` }], nextCursor: null }],
  'GET /settlement/settlement-runs': [200, { items: [run], nextCursor: null }],
  [`GET /settlement/settlement-runs/${run.runId}`]: [200, run],
  [`GET /settlement/settlement-runs/${run.runId}/preview`]: [200, {
    totals: { lastAmountCents: 3_000_000, differenceCents: 761_280, newAccounts: 1 }, breakers: [],
    payments: [{ legalName: EVIL, iban: 'FR76 •••• 0189', stripeAccountId: null, amountCents: 3_761_280, lastAmountCents: 0, newPayee: true, newAccount: true }],
    leftOut: [{ legalName: `Commune ${EVIL}`, amountCents: 900, reason: 'cooling_off' }],
  }],
  'GET /settlement/payments': [200, { items: [{ paymentId: 'p', legalName: EVIL, iban: 'FR76 •••• 0189', amountCents: 3_761_280, state: 'instructed', reasonCode: null }], nextCursor: null }],
  'GET /settlement/payees': [200, { items: [{ state: 'to_complete', bankState: 'none', payableCents: 1_922 }], nextCursor: null }],
  'GET /settlement/bank-lines': [200, { items: [], nextCursor: null }],
  'GET /settlement/bank-accounts': [200, { items: [{ name: 'Cantonné', statedOn: null, statedCents: null, ledgerCents: 5_000, differenceCents: null }] }],
  'GET /audit/alerts': [200, { items: [openAlert, alert], nextCursor: null }],
  'GET /audit/place-alerts': [200, { items: [alert, { ...alert, appeal: null }], nextCursor: null }],
  [`GET /audit/alerts/${alert.alertId}`]: [200, { alert, facts: [alertFact] }],
  [`GET /audit/alerts/${openAlert.alertId}`]: [200, { alert: openAlert, facts: [alertFact] }],
  'GET /settlement/holds': [200, { items: [
    { holdId: `hld_${uuid(15)}`, reason: 'alert_upheld', lines: 24, grossCents: 24_000, state: 'held', alertId: alert.alertId, note: null },
  ], nextCursor: null }],
  'GET /audit/coverage': [200, { items: [coverage], nextCursor: null }],
  'GET /audit/coverage/2026-11-24': [200, coverage],
  'GET /audit/completeness': [200, { senders: [{ sender: 'issuance', events: 1_234, lastSeq: 1_234, missing: 0 }] }],
  'GET /audit/events': [200, { items: [event], nextCursor: 'abc' }],
  [`GET /audit/events/${event.id}`]: [200, event],
};

export type Asked = Readonly<{ route: string; headers: IncomingMessage['headers']; body: unknown; text: string }>;
export const answers: Answers = {};
/** What the pages asked the services, in order, and what they wrote as gone wrong. */
export const asked: Asked[] = [];
export const logged: string[] = [];
let services: Server;
let app: NestFastifyApplication;

export const pagesApp = (): NestFastifyApplication => app;

export async function openPages(): Promise<void> {
  services = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => {
      const route = `${request.method} ${request.url?.split('?')[0]}`;
      const text = Buffer.concat(chunks).toString();
      asked.push({ route, headers: request.headers, body: text && !request.headers['content-type']?.startsWith('text/csv') ? JSON.parse(text) : undefined, text });
      const [status, body] = answers[route] ?? [404, { code: 'route_not_found' }];
      if (status === 0) return request.socket.destroy();
      if (route.includes('/identity/auth/') && status === 200) response.setHeader('set-cookie', 'mereau.session_token=new; Path=/; HttpOnly; SameSite=Strict');
      if (status === 429) response.setHeader('retry-after', '600');
      return response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
  }).listen(0, '127.0.0.1');
  await once(services, 'listening');
  const origin = `http://127.0.0.1:${(services.address() as AddressInfo).port}`;
  const log = { warn: () => undefined, error: (_: object, message: string) => { logged.push(message); } };
  const origins = { issuance: origin, redemption: origin, settlement: origin, audit: origin, identity: origin };
  app = await NestFactory.create<NestFastifyApplication>(
    WebModule.register({ origins, baseUrl: 'https://mereau.example', log }), newHttpAdapter({ log }), NEST_OPTIONS);
  secureApp(app, { verifier: new TokenVerifier(createLocalJWKSet({ keys: [] })), log });
  await app.init();
}

export async function closePages(): Promise<void> {
  await app.close();
  services.close();
}

/** Every service answers as usual again. */
export function resetPages(): void {
  for (const route of Object.keys(answers)) delete answers[route];
  Object.assign(answers, usual);
  asked.length = 0;
  logged.length = 0;
}

/** A browser of its own each time, so that no token is remembered from the case before. */
let browsers = 0;
export const cookie = () => `mereau.session_token=browser${browsers += 1}`;
export const as = (kind: string, roles: string[]) => { answers['POST /identity/tokens'] = [200, tokenOf(kind, roles)]; };
export const get = (url: string, headers: Record<string, string> = {}) => app.inject({ url, headers: { cookie: cookie(), ...headers } });
export const post = (url: string, form: Record<string, string>, headers: Record<string, string> = {}) => app.inject({
  method: 'POST', url, payload: new URLSearchParams(form).toString(),
  headers: { 'content-type': 'application/x-www-form-urlencoded', origin: 'https://mereau.example', cookie: cookie(), ...headers },
});
export const text = (page: string) => page.replace(/<[^>]*>/g, ' ').replaceAll('&#39;', '\'').replace(/\s+/g, ' ');

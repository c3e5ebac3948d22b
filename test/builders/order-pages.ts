// What issuance answers about the making and the end of orders where a spec says nothing else.
import { batch, EVIL, order, uuid, type Answers } from './page-samples.js';

const page = (...items: object[]): [number, object] => [200, { items, nextCursor: null }];
export const ORDER_IDS = { statement: `cst_${uuid(50)}`, extension: `ext_${uuid(51)}`, distributor: `dst_${uuid(52)}`, printerKey: `pky_${uuid(53)}` } as const;

const OWN = `pyr_${uuid(20)}`;
const money = { activatedCents: 12_000, redeemedCents: 9_000, rejectedCents: 100, expiredCents: 3_000 };
export const accountOfOrder = {
  statementId: ORDER_IDS.statement, orderId: order.orderId, version: 1, outcome: 'refund', extension: null, sha256: 'cd'.repeat(32), ...money, currency: 'EUR', state: 'to_sign',
  drawnUpAt: '2027-03-02T08:00:00.000Z', drawnUpBy: 'user:x', operatorSignedAt: null,
  shares: [{ payerId: OWN, name: `Ville ${EVIL}`, ...money, signedAt: null as string | null }, { payerId: `pyr_${uuid(23)}`, name: 'Département', ...money, signedAt: '2027-03-03T08:00:00.000Z' }],
};
export const laterDates = {
  extensionId: ORDER_IDS.extension, orderId: order.orderId, reference: order.reference, programmeName: order.programmeName, amountCents: 12_000, currency: 'EUR', state: 'to_agree',
  now: { usableUntil: '2027-01-31', claimableUntil: '2027-02-28' }, asked: { usableUntil: '2027-06-30', claimableUntil: '2027-07-31' }, proposedAt: '2026-11-24T08:00:00.000Z', proposedBy: 'user:x',
  payers: [{ payerId: OWN, name: `Ville ${EVIL}`, agreedAt: null as string | null }, { payerId: `pyr_${uuid(23)}`, name: 'Département', agreedAt: '2026-11-25T08:00:00.000Z' }],
};

export const orderAnswers: Answers = {
  'GET /issuance/contradictory-statements': page(accountOfOrder),
  [`GET /issuance/contradictory-statements/${ORDER_IDS.statement}`]: [200, accountOfOrder],
  'GET /issuance/extensions': page(laterDates),
  'GET /issuance/distributors': page({ distributorId: ORDER_IDS.distributor, name: `Médiathèque ${EVIL}`, siret: '20005478100011', communes: [] }),
  'GET /issuance/printer-keys': page({ printerKeyId: ORDER_IDS.printerKey, name: `Imprimerie ${EVIL}`, fingerprint: 'AB', registeredAt: '2026-11-01T08:00:00.000Z', withdrawnAt: null }),
  [`GET /issuance/batches/${batch.batchId}/places`]: [200, { batchId: batch.batchId, count: 12, bookletSize: 4, parts: [{ place: 'printer', distributorId: null, agentId: null, vouchers: 12, booklets: 3, stoppedVouchers: 0 }] }],
  [`GET /issuance/batches/${batch.batchId}/print-files`]: page({ first: 0, last: 11 }),
  'GET /issuance/upstream-fee-rules': page({
    ruleId: 'ufr_1', programmeId: null, version: 1, from: '2026-01-01', feeBasisPoints: 300, vatBasisPoints: 2_000, vatRegime: 'multi_purpose', vatProvision: null, orderMaxCents: null, agreement: null, services: [],
  }),
  [`POST /issuance/programmes/${order.programmeId}/rules/simulate`]: [200, {
    programmeId: order.programmeId, currency: 'EUR', decided: { count: 4, amountCents: 40_000 }, accepted: { count: 3, amountCents: 28_000 }, refused: [{ code: 'face_not_allowed', count: 1, amountCents: 12_000 }],
    repriced: { count: 1, differenceCents: -500 }, differentCount: 2, differences: [{ orderId: order.orderId, code: 'face_not_allowed', amountCents: 12_000, simulatedCents: null }],
  }],
  [`POST /redemption/programmes/${order.programmeId}/rules/simulate`]: [200, {
    programmeId: order.programmeId, currency: 'EUR', decided: { count: 50, amountCents: 50_000 }, taken: { count: 47, amountCents: 47_000 },
    refused: [{ code: 'service_not_allowed', service: 'safe_use', count: 3, amountCents: 3_000, placeCount: 2 }], unplacedCount: 1,
  }],
  'POST /issuance/upstream-fee-rules/simulate': [200, {
    sample: null, window: { chargedCents: 300, chargedVatCents: 60, feeCents: 500, vatCents: 100, orders: [
      { orderId: order.orderId, amountCents: 12_000, chargedCents: 300, chargedVatCents: 60, feeCents: 500, vatCents: 100, capped: null },
    ] },
  }],
};

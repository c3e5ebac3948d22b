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
import { auditAnswers } from './audit-pages.js';
import { isDocumented } from './documented-routes.js';
import { placeAnswers } from './place-pages.js';

export const EVIL = '<script>alert("é")</script>';
export const uuid = (n: number) => `01902c7b-5d2a-7c3e-9f00-${String(n).padStart(12, '0')}`;
export const membership = (kind: string, roles: string[]) =>
  ({ organisationId: `org_${uuid(1)}`, kind, name: `Org ${EVIL}`, partyId: kind === 'payer' ? `pyr_${uuid(20)}` : null, roles });
export const tokenOf = (kind: string, roles: string[]) => ({
  token: `token-${kind}`, expiresAt: new Date(Date.now() + 300_000).toISOString(), name: `Person ${EVIL}`,
  membership: membership(kind, roles), memberships: [membership(kind, roles), { ...membership('auditor', ['auditor']), organisationId: `org_${uuid(2)}` }],
});
export const order = {
  orderId: `ord_${uuid(3)}`, reference: 'RF18539007547034', programmeId: `prg_${uuid(4)}`, programmeName: `Cap numérique ${EVIL}`,
  placedAt: '2026-11-01T08:00:00.000Z', state: 'in_production', proof: 'none', paper: false, onExpiry: 'refund', funding: 'part_funded', activation: 'inactive', count: 12, mintedCount: 0, faceCents: 1000, amountCents: 12_000,
  fundedCents: 4_500, missingCents: 7_500, activatedCents: 3_000, currency: 'EUR', shares: [{
    payerId: `pyr_${uuid(20)}`, basisPoints: 10_000, amountCents: 12_000, fundedCents: 4_500, missingCents: 7_500, feeDueCents: 0, reference: 'RF18539007547034',
  }],
  creditor: { name: 'Méreau', iban: 'FR7630006000011234567890189', bic: null },
};
export const batch = {
  batchId: `bat_${uuid(9)}`, state: 'loaded', count: 12, bookletSize: 4, activatedCount: 3, handedOverCount: 8, redeemedCount: 2, redeemedCents: 2_000,
  expiredCents: 0, replacedBatchId: null,
};
/** The order as it is asked for by its id. */
export const orderWithHistory = {
  ...order, batches: [batch], history: [
    { step: 'accepted', takenAt: order.placedAt, reason: null, count: 12, amountCents: 12_000, reference: null, sha256: null },
    { step: 'proof_sent_back', takenAt: '2026-11-02T08:00:00.000Z', reason: `Le logo ${EVIL}`, count: null, amountCents: null, reference: null, sha256: null },
    { step: 'minted', takenAt: '2026-11-03T08:00:00.000Z', reason: null, count: 12, amountCents: null, reference: null, sha256: null },
    { step: 'funded', takenAt: '2026-11-04T08:00:00.000Z', reason: null, count: null, amountCents: 4_500, reference: null, sha256: null },
  ],
};
export const invoice = {
  invoiceId: `inv_${uuid(21)}`, kind: 'invoice', number: 'F-2026-0001', issuedOn: '2026-11-02', dueOn: '2026-12-02', orderId: order.orderId,
  faceCents: 12_000, feeCents: 300, vatCents: 60, totalCents: 12_360, creditedCents: 0,
};
/** A draft with a quote that this payer and another are asked to accept. */
export const draft = {
  orderId: `ord_${uuid(22)}`, state: 'quoted', draftedAt: '2026-11-01T08:00:00.000Z', programmeId: order.programmeId, programmeName: order.programmeName, count: 12,
  faceCents: null, paper: true, sharing: 'pro_rata',
  shares: [{ payerId: `pyr_${uuid(20)}`, basisPoints: 6_000, capCents: null }, { payerId: `pyr_${uuid(23)}`, basisPoints: 4_000, capCents: null }],
  quote: {
    version: 2, validUntil: '2026-12-01', count: 12, faceCents: 1_000, amountCents: 12_000,
    shares: [
      { payerId: `pyr_${uuid(20)}`, basisPoints: 6_000, capCents: null, amountCents: 7_200, answer: null as string | null },
      { payerId: `pyr_${uuid(23)}`, basisPoints: 4_000, capCents: null, amountCents: 4_800, answer: 'accepted' },
    ],
  },
};
export const programme = {
  programmeId: order.programmeId, name: order.programmeName, state: 'in_force', kind: 'balance', faceCents: 1_000, faceCentsMin: 500, faceCentsMax: 2_000,
  usableUntil: '2027-01-31', targetPublicLabel: `Habitants ${EVIL}`, limits: { orderCountMin: 10, orderCountMax: 5_000 },
};
/** Of which the fifteenth day is to be signed. */
export const vintage = {
  programmeId: order.programmeId, programmeName: order.programmeName, usableUntil: '2026-12-31', step: 'fifteen_days', dueOn: '2026-12-16', state: 'to_sign',
  figures: JSON.stringify({ batches: [
    { batchId: batch.batchId, issuedCount: 12, handedOverCount: 8, notHandedOverCount: 4, startedCount: 2, leftCents: 10_000 },
  ] }),
  sha256: 'ab'.repeat(32), signedAt: null,
};
export const funnelRow = {
  programmeId: null, month: '2026-11', distributorId: null, departement: null, ordered: { vouchers: 120, booklets: 12 }, delivered: { vouchers: 100, booklets: 10 },
  inStock: { vouchers: 60, booklets: 6 }, handedOver: { vouchers: 40, booklets: 4 }, firstUse: 7, usedUp: null,
};
export const run = {
  runId: `run_${uuid(5)}`, state: 'drafted', messageId: 'MRX-2611-0001', executionOn: '2026-12-07', paymentCount: 2, amountCents: 3_761_280,
  sha256: 'ab'.repeat(32), createdBy: uuid(6), createdAt: '2026-12-01T08:50:00.000Z', releasedAt: null as string | null, approvals: [] as object[],
  cancelReason: null as string | null, cancelledBy: null as string | null, cancelledAt: null as string | null,
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
/** What redemption tells whoever holds a voucher, and whoever looks for a place. */
export const heldVoucher = {
  state: 'usable', kind: 'unit', faceCents: 1_000, availableCents: 1_000, usableUntil: '2099-12-31', programmeId: `prg_${uuid(4)}`,
  programmeName: `Cap numérique ${EVIL}`, services: ['safe_use'], usedOn: null as string | null, stoppedOn: null as string | null,
};
export const placeToGo = {
  placeId: `plc_${uuid(2)}`, name: `Médiathèque ${EVIL}`, street: `1 rue ${EVIL}`, complement: null, postalCode: '42000', commune: EVIL,
  telephone: '+33477000001', website: 'https://lieu.example', appointmentPage: 'javascript:alert(1)', accessibilityPage: null, distanceKm: 2.14,
  openingHours: { text: 'Mo-Fr 09:00-12:00', state: 'open', nextChange: '2026-11-24T11:00:00.000Z', timeZone: 'Europe/Paris' },
  programmes: [{ programmeId: `prg_${uuid(4)}`, name: EVIL, services: ['safe_use'] }],
};
export const lossReport = {
  reportId: `lrp_${uuid(16)}`, reference: 'K7QX-2M4P', number: `ABCDEFGH-B000001-X`, batchId: `bat_${uuid(9)}`, first: 5, last: 9,
  reportedAt: '2026-11-24T13:32:00.000Z', stopped: false,
};
const alertFact = {
  eventId: `evt_${uuid(7)}`, type: 'voucher.redeemed.v1', at: '2026-11-24T13:32:00.000Z', logIndex: 41, batchId: `bat_${uuid(9)}`, voucherIndex: 7,
  amountCents: 1_000, undone: true,
};
export const OPERATOR_IDS = {
  incident: `icd_${uuid(20)}`, debitNote: `dbn_${uuid(21)}`, stop: `pst_${uuid(22)}`, allocation: `alc_${uuid(23)}`, bankLine: `bkn_${uuid(24)}`, hold: `hld_${uuid(25)}`,
  payee: `pye_${uuid(26)}`, statement: `stm_${uuid(27)}`, place: `plc_${uuid(28)}`, programme: `prg_${uuid(4)}`, redemption: `red_${uuid(29)}`, payer: `pyr_${uuid(31)}`, report: `prp_${uuid(30)}`,
} as const;
export const delivery = {
  deliveryId: `dlv_${uuid(20)}`, kind: 'shipping', distributorId: `dst_${uuid(19)}`, batchId: `bat_${uuid(9)}`, label: '7K3M9Q2T', bookletSize: 10,
  agentId: null, fromDistributorId: null, first: 0, last: 29, shippedAt: '2026-11-23T08:00:00.000Z', receivedCount: 0, lostCount: 0, inTransitCount: 30,
};
export const handOver = {
  handOverId: `hnd_${uuid(21)}`, batchId: `bat_${uuid(9)}`, label: '7K3M9Q2T', bookletSize: 10, agentId: null, first: 20, last: 29, inseeCode: '69266',
  publicCategory: 'seniors', handedOverAt: '2026-11-24T13:32:00.000Z', returnedAt: null,
};
type Answers = Record<string, [status: number, body: unknown]>;
const statementOf = { payeeId: OPERATOR_IDS.payee, legalName: EVIL, period: '2026-11', upToSeq: 9, toPayCents: 1_922 };
const programmeRule = {
  programmeId: order.programmeId, name: order.programmeName, usableUntil: '2027-01-31', claimableUntil: '2027-02-28', ruleVersion: 1, effectiveFrom: '2026-01-01T00:00:00.000Z',
  state: 'in_force', faceCents: 1_000, faceCentsMin: 1_000, faceCentsMax: 1_000, onExpiry: 'refund', services: [],
};
const credit = {
  bankLineId: OPERATOR_IDS.bankLine, bookedOn: '2026-11-02', amountCents: 990, leftCents: 990, outcome: 'unknown_reference', setAside: null,
  candidates: [{ orderId: order.orderId, payerId: `pyr_${uuid(31)}`, reference: order.reference, dueCents: 7_500, why: ['amount'] }],
};
const by = { maker: `usr_${uuid(1)}`, proposedAt: '2026-11-24T13:32:00.000Z', checker: null, approvedAt: null, replacedAt: null, blockedAt: null, blockedReason: null };

/** What settlement and redemption tell an operator. */
function operatorAnswers(): Answers {
  const page = (item: object, sums: object = { amountCents: 3_761_280 }): [number, unknown] => [200, { items: [item], nextCursor: null,
  totals: { count: 1, sums } }];
  const { payee, statement, place, redemption: redemptionId } = OPERATOR_IDS;
  const note = {
    debitNoteId: OPERATOR_IDS.debitNote, number: 'ND-2026-000001', payeeId: payee, legalName: EVIL, reference: 'RF18539007547034', amountCents: 9_000, paidCents: 1_000, setOffCents: 0, lostCents: 0,
    leftCents: 8_000, state: 'open', negativeSince: '2026-08-01', issuedOn: '2026-11-01', dueOn: '2026-12-01', lossProposed: 'yes',
  };
  const line = { redemptionId, serviceDate: '2026-11-01', grossCents: -1_000, netCents: -961, incidentId: OPERATOR_IDS.incident };
  return {
    'GET /settlement/incidents': page({
      incidentId: OPERATOR_IDS.incident, kind: 'overpaid', state: 'stated', redemptionId, payeeId: payee, legalName: EVIL, placeId: place, programmeId: order.programmeId, serviceDate: '2026-11-01',
      amountCents: 1_000, note: EVIL, createdBy: `usr_${uuid(1)}`, createdAt: '2026-11-24T13:32:00.000Z', decisionNote: null, decidedBy: null, decidedAt: null, dueSeq: null,
    }),
    'GET /settlement/debit-notes': page(note, { amountCents: 9_000, leftCents: 8_000 }),
    [`GET /settlement/debit-notes/${OPERATOR_IDS.debitNote}`]: [200, {
      ...note, claimLines: [line], discharges: [{ kind: 'paid', amountCents: 1_000, at: '2026-11-10T08:00:00.000Z', bankLineId: OPERATOR_IDS.bankLine, statementId: null }],
      losses: [{ lossId: `dbl_${uuid(32)}`, amountCents: 8_000, note: EVIL, proposedBy: 'u', proposedAt: '2026-11-20T08:00:00.000Z', state: 'proposed', decisionNote: null, decidedBy: null, decidedAt: null }],
    }],
    'GET /settlement/payout-stops': page({
      stopId: OPERATOR_IDS.stop, service: 'settlement', invariant: 'S1', sentence: `Sums agree ${EVIL}`, rowNamed: 'r', detail: 'd', foundAt: '2026-11-24T13:32:00.000Z', stoppedAt: '2026-11-24T13:33:00.000Z',
      note: null, liftedBy: null, liftedAt: null,
    }),
    'GET /settlement/allocations': page({
      allocationId: OPERATOR_IDS.allocation, payeeId: payee, legalName: EVIL, amountCents: 50_000, reason: EVIL, proposedBy: 'u', proposedAt: '2026-11-24T13:32:00.000Z', state: 'proposed',
      voices: [{ userId: 'v', voice: 'for', note: EVIL, at: '2026-11-25T13:32:00.000Z' }],
    }),
    'GET /settlement/payments': page({
      paymentId: 'p', runId: run.runId, createdAt: '2026-12-01T08:50:00.000Z', rail: 'sepa', purpose: 'place', payeeId: payee, legalName: EVIL, iban: 'FR76 •••• 0189', stripeAccountId: null,
      amountCents: 3_761_280, endToEndId: 'E', state: 'instructed', bookedOn: null, returnedOn: null, reasonCode: null,
      paidAgain: null, leftCents: 0, againPaymentId: null, againRunId: null,
    }),
    'GET /settlement/payment-reports': page({
      reportId: OPERATOR_IDS.report, runId: run.runId, messageId: EVIL, originalMessageId: EVIL, importedBy: uuid(6), importedAt: '2026-12-01T08:50:00.000Z', statuses: 2, rejected: 1, findings: 1, rejectedCents: 1_932,
    }, { statuses: 2, rejected: 1, findings: 1, rejectedCents: 1_932 }),
    [`GET /settlement/payment-reports/${OPERATOR_IDS.report}/statuses`]: [200, { nextCursor: null, items: [
      { level: 'payment', endToEndId: EVIL, paymentId: `pin_${uuid(31)}`, status: 'RJCT', reasonCode: 'AC01', outcome: 'rejected', finding: null },
      { level: 'file', endToEndId: null, paymentId: null, status: EVIL, reasonCode: null, outcome: 'finding', finding: 'status_unknown' },
    ] }],
    'GET /settlement/refunds': page({
      refundId: `rfd_${uuid(33)}`, payerId: null, bankLineId: OPERATOR_IDS.bankLine, payeeId: payee, legalName: EVIL, amountCents: 700, takenAt: '2026-11-24T13:32:00.000Z', way: 'bank', state: 'owed', bankState: 'none',
    }),
    'GET /settlement/bank-lines': page({
      bankLineId: OPERATOR_IDS.bankLine, bankAccountId: `bac_${uuid(30)}`, kind: 'unknown_credit', finding: 'reference_missing', side: 'credit', amountCents: 990, bookedOn: '2026-11-02', references: [EVIL],
      endToEndId: null, counterparty: EVIL, remittance: EVIL, reasonCode: null, bankCode: null, statementRef: 'S', identifiedAs: null, waits: 'yes', matches: [],
    }),
    'GET /settlement/place-invoices': page({
      placeInvoiceId: `piv_${uuid(34)}`, number: 'FL-2026-000001', payeeName: EVIL, payeeId: payee, issuedOn: '2026-11-02', chargeId: `pcg_${uuid(35)}`, totalCents: 1_200, leftCents: 1_200,
    }),
    'GET /settlement/own-money': page({
      bankAccountId: `bac_${uuid(30)}`, ownCents: 5_000, shortfallCents: 100, takeableCents: 4_000, takenOutCents: 0, earnedOfPayersCents: 6_000, toldAt: '2026-11-24T13:32:00.000Z',
    }),
    'GET /settlement/stripe-balance': [200, {
      bankAccountId: `bac_${uuid(30)}`, readAt: '2026-11-24T13:32:00.000Z', statedCents: 1, ledgerCents: 1, chargedCents: 1, refundedCents: 0, transferredCents: 0, inTransitCents: 0, feesCents: 0, gapCents: 0,
      unexplained: [{ movementId: 'm', stripeType: EVIL, netCents: 1, movedAt: '2026-11-24T13:32:00.000Z' }],
    }],
    'GET /settlement/closing-calendar': [200, {
      today: '2026-11-30', lastClosedOn: '2026-11-01', programmes: [{
        programmeId: order.programmeId, name: EVIL, rule: { version: 1, from: '2026-01-01', frequency: 'monthly', minimumCents: 100, waitDaysMax: 90, payDaysMax: 30 }, isDue: true, nextEnds: ['2026-11-30', '2026-12-31'],
      }],
    }],
    'GET /settlement/closing-rules': page({ version: 1, from: '2026-01-01', frequency: 'monthly', minimumCents: 100, waitDaysMax: 90, payDaysMax: 30 }),
    'GET /settlement/early-payments': page({
      earlyPaymentId: `epy_${uuid(42)}`, payeeId: payee, legalName: EVIL, amountCents: 9_000, dueCents: 10_000, leftCents: 4_000, askedBy: 'u', askedAt: '2026-11-24T13:32:00.000Z', state: 'booked',
      ends: [{ kind: 'netted', statementId: statement, amountCents: 5_000, at: '2026-12-01T07:00:00.000Z' }],
    }, { amountCents: 9_000, leftCents: 4_000 }),
    'GET /settlement/early-payment-rules': page({ version: 1, from: '2026-01-01', shareBasisPoints: 8_000, ceilingCents: 200_000, monthsMin: 3, redemptionsMin: 50 }),
    'GET /settlement/fee-rules': page({ version: 1, from: '2026-01-01', feeBasisPoints: 250, vatBasisPoints: 2_000, commonsBasisPoints: 150, promisedCapBasisPoints: null }),
    'GET /settlement/carry-overs': page({ payeeId: payee, legalName: EVIL, reason: 'not_due', grossCents: 10, since: '2026-11-01', nextEnd: null }),
    'GET /settlement/place-charge-rules': page({ version: 1, from: '2026-06-01', amountCents: 1_000, vatCents: 200, vatBasisPoints: 2_000 }),
    'GET /settlement/holds': page({
      holdId: OPERATOR_IDS.hold, payeeId: payee, legalName: EVIL, period: '2026-11', reason: 'alert_upheld', measureReason: null, alertId: alert.alertId, alertTextFr: EVIL, alertTextEn: EVIL, appeal: 'open', lines: 24,
      grossCents: 24_000, heldAt: '2026-11-24T13:32:00.000Z', ageDays: 6, state: 'held', note: null, decidedBy: null, decidedAt: null,
    }),
    'GET /settlement/payees': page({
      payeeId: payee, legalName: EVIL, siren: '200054781', state: 'complete', places: [{ placeId: place, name: EVIL, siret: null }], accruedCents: 1, payableCents: 1_922, inTransitCents: 0, paidCents: 0, iban: null,
      bankVersion: null, bankState: 'proposed',
    }),
    [`GET /settlement/payees/${payee}/bank-accounts`]: page({
      ...by, bankAccountId: `pba_${uuid(36)}`, version: 1, iban: 'FR76…0189', bic: null, holder: EVIL, holderDiffers: true, placeId: `plc_${uuid(28)}`, state: 'proposed', approvalReason: null,
      verification: { outcome: 'close_match', bankText: EVIL, answeredAt: '2026-11-25T13:32:00.000Z', importedBy: 'u' },
    }),
    [`GET /settlement/payees/${payee}/destinations`]: page({ ...by, destinationId: `dsn_${uuid(37)}`, version: 1, stripeAccountId: 'acct_1', country: 'FR', legalName: EVIL, businessName: null, state: 'proposed' }),
    'GET /settlement/iban-shares': page({
      shareId: `ibs_${uuid(38)}`, payeeId: payee, legalName: EVIL, iban: 'FR76…0189', reason: EVIL, proposedBy: 'u', proposedAt: '2026-11-24T13:32:00.000Z', approvedBy: null, approvedAt: null, withdrawnBy: null, withdrawnAt: null,
    }),
    [`GET /settlement/statements/${statement}`]: [200, {
      ...statementOf, statementId: statement, lines: 1, grossCents: 2_000, feeCents: 40, vatCents: 8, commonsCents: 30, netCents: 1_922, closedAt: '2026-12-01T07:00:00.000Z', state: 'not_ordered', sha256: '',
      setOffs: [{ debitNoteId: OPERATOR_IDS.debitNote, earlyPaymentId: null, number: 'ND-2026-000001', amountCents: 5 }], claimLines: [{ ...line, claimLineId: 'c' }],
    }],
    [`GET /settlement/statements/${statement}/shares`]: [200, { grossCents: 2_000, parts: [{ to: 'place', amountCents: 1_922 }, { to: 'operator', amountCents: 78 }] }],
    [`GET /settlement/redemptions/${redemptionId}/shares`]: [200, { redemptionId, lines: [{ claimLineId: 'c', programmeId: order.programmeId, feeRuleVersion: 1, grossCents: 1_000, parts: [{ to: 'place', amountCents: 1_000 }], statementId: statement }] }],
    'GET /settlement/reconciliation': page({ account: 'bank', bankAccountId: 'b', statedAsOf: '2026-11-24', statedCents: 1, ledgerCents: 1, differenceCents: 0, explainedCents: 0, unexplainedCents: 0 }),
    'GET /settlement/reconciliation/lines': page({ account: 'bank', source: 'bank_line', id: OPERATOR_IDS.bankLine, day: '2026-11-24', amountCents: 1, why: 'not_posted', detail: EVIL }),
    'GET /settlement/books/balances': [200, { items: [{ bankAccountId: 'b', account: 'bank_unknown', debitCents: 1, creditCents: 2, balanceCents: 1, transfers: 2 }], asOf: '2026-11-24T13:32:00.000Z', isFinal: false, nextCursor: null }],
    'GET /settlement/books/transfers': [200, { items: [{ eventId: uuid(39), rule: '3', debit: 'bank', credit: 'bank_unknown', amountCents: 2, bookedAt: '2026-11-24T13:32:00.000Z' }], asOf: '2026-11-24T13:32:00.000Z', nextCursor: 'n' }],
    'GET /redemption/places': page({
      placeId: place, siret: null, name: EVIL, accreditable: false, street: null, postalCode: '42000', commune: EVIL,
      accreditations: [{ programmeId: order.programmeId, accreditationVersion: 1, from: '2026-01-01', to: '2026-12-31', services: ['safe_use'] }],
    }),
    'GET /redemption/measures': page({
      measureId: `msr_${uuid(40)}`, programmeId: order.programmeId, kind: 'suspension', from: '2026-11-01', until: null, reason: 'other', explanation: EVIL, decidedAt: '2026-11-01T13:32:00.000Z', decidedBy: null, ends: [],
    }),
    'GET /redemption/appeals': page({ appealId: `apl_${uuid(41)}`, placeId: place, grounds: EVIL, statedAt: '2026-11-05T13:32:00.000Z', answerDue: '2026-12-05', outcome: null, reasons: null, answeredAt: null }),
    'GET /issuance/payers': page({ payerId: `pyr_${uuid(31)}`, name: EVIL, siren: '200054781', siret: null, territories: [{ kind: 'commune', code: '42218', name: EVIL }] }),
    [`GET /issuance/payers/${OPERATOR_IDS.payer}`]: [200, {
      payerId: OPERATOR_IDS.payer, name: EVIL, siren: '200054781', siret: null, territories: [{ kind: 'commune', code: '42218', name: EVIL }], currency: 'EUR',
      programmes: [{
        programmeId: order.programmeId, name: EVIL, orders: 1, orderedCents: 12_000, paidCents: 4_500, missingCents: 7_500,
        availableCents: 1_500, activatedCents: 3_000, usedCents: 1_700, spendableCents: 1_000, expiredCents: 300, refundedCents: 100,
      }],
    }],
    [`GET /issuance/payers/${OPERATOR_IDS.payer}/billing`]: [200, {
      version: 1, address: { street: EVIL, streetMore: null, postalCode: '42000', city: EVIL, country: 'FR' }, vatNumber: null, needsServiceCode: true, needsEngagementNumber: false,
    }],
    'GET /issuance/refunds': page({
      refundId: `rfd_${uuid(42)}`, payerId: OPERATOR_IDS.payer, payerName: EVIL, statementId: null, programmeId: order.programmeId, orderId: null, amountCents: 100, currency: 'EUR',
      requestedAt: '2026-11-24T13:32:00.000Z', way: 'bank', state: 'returned', paidOn: null, reasonCode: 'AC04',
    }),
    [`GET /issuance/programmes/${order.programmeId}/rules`]: page(programmeRule),
  };
}
/** By method and path; a status of 0 breaks the connection. */
const usual: Answers = {
  ...placeAnswers,
  ...operatorAnswers(), ...auditAnswers,
  'GET /audit/open-data/months': [200, { items: [release] }],
  'GET /audit/checkpoints/latest': [200, { size: 12_345, root: 'ab'.repeat(32), time: '2026-11-25T00:00:05.000Z' }],
  'POST /identity/tokens': [200, tokenOf('place', ['till'])],
  'GET /identity/sessions': [200, { items: [
    { sessionId: uuid(20), isThis: true, userAgent: `Firefox/140.0 Linux ${EVIL}`, since: '2026-11-24T08:00:00.000Z', seenAt: '2026-11-24T13:32:00.000Z' },
    { sessionId: uuid(21), isThis: false, userAgent: null, since: '2026-11-23T08:00:00.000Z', seenAt: null },
  ] }],
  'POST /identity/sessions/endings': [200, { ended: 1 }],
  'GET /identity/me': [200, { userId: `usr_${uuid(22)}` }],
  'GET /identity/members': [200, { items: [
    { userId: `usr_${uuid(22)}`, name: `Zoé ${EVIL}`, email: 'zoe@example.org', roles: ['till', 'manager'], since: '2026-11-01T08:00:00.000Z', state: 'in_force', invitedUntil: null, hasSecondFactor: true },
    { userId: `usr_${uuid(23)}`, name: 'Ali', email: 'ali@example.org', roles: ['till'], since: '2026-11-20T08:00:00.000Z', state: 'invited', invitedUntil: '2026-11-27T08:00:00.000Z', hasSecondFactor: false },
    { userId: `usr_${uuid(24)}`, name: 'Léa', email: 'lea@example.org', roles: ['operator'], since: '2026-11-20T08:00:00.000Z', state: 'proposed', invitedUntil: null, hasSecondFactor: false },
  ] }],
  'POST /identity/links/looks': [200, { purpose: 'invitation', name: `Zoé ${EVIL}`, email: 'zoe@example.org', expiresAt: '2026-12-01T08:00:00.000Z' }],
  'POST /identity/links': [202, { taken: true }],
  'GET /identity/second-factors': [200, { state: 'none', recoveryCodesLeft: null }],
  'POST /identity/auth/sign-in/email': [200, { signedIn: true }],
  'POST /identity/auth/sign-out': [200, { signedIn: false }],
  'GET /issuance/orders': [200, { items: [order], nextCursor: null }],
  [`GET /issuance/orders/${order.orderId}`]: [200, orderWithHistory],
  'GET /issuance/invoices': [200, { items: [invoice], nextCursor: null }],
  'GET /issuance/order-drafts': [200, { items: [draft], nextCursor: null }],
  [`GET /issuance/order-drafts/${draft.orderId}`]: [200, { ...draft, steps: [{ step: 'quote_refused', takenAt: '2026-11-02T08:00:00.000Z', reason: EVIL }] }],
  'GET /issuance/vintages': [200, { items: [vintage], nextCursor: null }],
  'GET /issuance/funnel': [200, { rows: [funnelRow] }],
  'GET /issuance/card-payments': [200, { items: [], nextCursor: null }],
  'GET /issuance/programmes': [200, { items: [{ ...programmeRule, ...programme }], nextCursor: null }],
  [`GET /issuance/programmes/${order.programmeId}/coverage`]: [200, { programmeId: order.programmeId, availableCents: 1_500, announcedCents: 7_500, activatedCents: 3_000, payers: [] }],
  'GET /issuance/credits/unmatched': [200, { items: [credit], nextCursor: null }],
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
  'POST /redemption/voucher-look-ups': [200, heldVoucher],
  'POST /redemption/lost-vouchers': [200, { serial: 'ABCDEFGH-1234567-X', stoppedOn: '2026-11-24', stoppedBefore: false }],
  'POST /redemption/loss-reports': [200, { reference: lossReport.reference }],
  'GET /redemption/loss-reports': [200, { items: [lossReport], nextCursor: null }],
  [`POST /redemption/loss-reports/${lossReport.reportId}/answers`]: [201, { outcome: 'stopped' }],
  'GET /redemption/accredited-places': [200, { items: [placeToGo] }],
  'GET /redemption/device-rule': [200, { devicesOnly: false }],
  'GET /redemption/devices': [200, { items: [{ deviceId: `dev_${uuid(11)}`, name: `Tablette ${EVIL}`, enrolledAt: '2026-11-24T13:32:00.000Z', revokedAt: null, lastUsedAt: null }], nextCursor: null }],
  'GET /redemption/batches': [200, { items: [{ batchId: `bat_${uuid(9)}`, count: 12, loadedCount: 12, spendableCount: 3, leftCents: 1_000, usableUntil: '2027-01-31' }], nextCursor: null }],
  'GET /settlement/statements': [200, { items: [
    { statementId: 's', ...statementOf, lines: 2, grossCents: 2_000, feeCents: 40, vatCents: 8, commonsCents: 30, netCents: 1_922, closedAt: '2026-12-01T07:00:00.000Z', state: 'not_ordered', sha256: '' },
    { statementId: 't', ...statementOf, lines: 1, grossCents: 1_000, feeCents: 20, vatCents: 4, commonsCents: 15, netCents: 961, closedAt: '2026-11-01T07:00:00.000Z', state: 'booked', sha256: '' },
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
  'GET /issuance/agents': [200, { items: [{ agentId: `agt_${uuid(22)}`, name: `Accueil ${EVIL}` }], nextCursor: null }],
  'GET /settlement/settlement-runs': [200, { items: [run], nextCursor: null }],
  [`GET /settlement/settlement-runs/${run.runId}`]: [200, run],
  [`GET /settlement/settlement-runs/${run.runId}/preview`]: [200, {
    totals: { lastAmountCents: 3_000_000, differenceCents: 761_280, newAccounts: 1 }, breakers: [],
    payments: [{ legalName: EVIL, iban: 'FR76 •••• 0189', stripeAccountId: null, amountCents: 3_761_280, lastAmountCents: 0, newPayee: true, newAccount: true }],
    leftOut: [{ legalName: `Commune ${EVIL}`, amountCents: 900, reason: 'cooling_off' }],
  }],
  'GET /settlement/bank-accounts': [200, { items: [{ bankAccountId: `bac_${uuid(30)}`, name: 'Cantonné', statedOn: null, statedCents: null, ledgerCents: 5_000, differenceCents: null }] }],
  'GET /audit/alerts': [200, { items: [openAlert, alert], nextCursor: null }],
  'GET /audit/place-alerts': [200, { items: [alert, { ...alert, appeal: null }], nextCursor: null }],
  [`GET /audit/alerts/${alert.alertId}`]: [200, { alert, facts: [alertFact] }],
  [`GET /audit/alerts/${openAlert.alertId}`]: [200, { alert: openAlert, facts: [alertFact] }],
  'GET /settlement/fee-book': [200, { currency: 'EUR', grossCents: 1_000, items: [{
    version: 1, from: '2026-01-01', state: 'in_force', feeBasisPoints: 200, vatBasisPoints: 2_000, commonsBasisPoints: 100, promisedCapBasisPoints: null, platformCapBasisPoints: 1_000,
    parts: [{ to: 'place', amountCents: 966 }, { to: 'operator', amountCents: 20 }, { to: 'state', amountCents: 4 }, { to: 'commons', amountCents: 10 }],
  }] }],
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
const undocumented = new Set<string>();
let services: Server;
let app: NestFastifyApplication;

export const pagesApp = (): NestFastifyApplication => app;

export async function openPages(): Promise<void> {
  services = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => {
      const route = `${request.method} ${request.url?.split('?')[0]}`;
      const text = Buffer.concat(chunks).toString();
      asked.push({ route, headers: request.headers, body: text && request.headers['content-type']?.startsWith('application/json') ? JSON.parse(text) : undefined, text });
      if (!isDocumented(route)) undocumented.add(route);
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

/** Throws when a page asked what no service answers. */
export async function closePages(): Promise<void> {
  await app.close();
  services.close();
  if (undocumented.size > 0) throw new Error(`no service has: ${[...undocumented].join(', ')}`);
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
/** One route tells a place and the operator different things of one world. Call it before an answer is changed. */
export const as = (kind: string, roles: string[]) => {
  if (kind === 'place') Object.assign(answers, placeAnswers);
  answers['POST /identity/tokens'] = [200, tokenOf(kind, roles)];
};
export const get = (url: string, headers: Record<string, string> = {}) => app.inject({ url, headers: { cookie: cookie(), ...headers } });
export const post = (url: string, form: Record<string, string>, headers: Record<string, string> = {}) => app.inject({
  method: 'POST', url, payload: new URLSearchParams(form).toString(),
  headers: { 'content-type': 'application/x-www-form-urlencoded', origin: 'https://mereau.example', cookie: cookie(), ...headers },
});
export const text = (page: string) => page.replace(/<[^>]*>/g, ' ').replaceAll('&#39;', '\'').replace(/\s+/g, ' ');

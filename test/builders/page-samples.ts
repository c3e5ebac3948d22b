// One of each thing that services tell pages, with a name that is no name wherever somebody may type one.
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
  placedAt: '2026-11-01T08:00:00.000Z', state: 'in_production', proof: 'none', paper: false, onExpiry: 'refund', funding: 'part_funded', activation: 'inactive', count: 12, mintedCount: 0, shippedCount: 0, receivedCount: 0, lostCount: 0, activateOn: 'cover',
  nextSteps: ['mint', 'pay'], faceCents: 1000, amountCents: 12_000,
  fundedCents: 4_500, missingCents: 7_500, activatedCents: 3_000, currency: 'EUR', shares: [{
    payerId: `pyr_${uuid(20)}`, basisPoints: 10_000, amountCents: 12_000, fundedCents: 4_500, missingCents: 7_500, feeDueCents: 0, reference: 'RF18539007547034',
  }],
  creditor: { name: 'Méreau', iban: 'FR7630006000011234567890189', bic: null },
};
export const batch = {
  batchId: `bat_${uuid(9)}`, state: 'loaded', count: 12, loadedCount: 12, bookletSize: 4, activatedCount: 3, handedOverCount: 8, redeemedCount: 2, redeemedCents: 2_000,
  expiredCents: 0, replacedBatchId: null,
};
/** The order as it is asked for by its id. */
export const orderWithHistory = {
  ...order, payers: [] as object[], batches: [batch], history: [
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
  faceCents: null, paper: true, sharing: 'pro_rata', payers: [] as object[],
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
  usableUntil: '2027-01-31', targetPublicLabel: `Habitants ${EVIL}`, limits: { orderCountMin: 10, orderCountMax: 5_000, orderedCentsMax: null, redemptionCentsMax: null },
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
  runId: `run_${uuid(5)}`, state: 'drafted', purpose: 'place', rail: 'sepa', messageId: 'MRX-2611-0001', executionOn: '2026-12-07', paymentCount: 2, amountCents: 3_761_280,
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
      places: 3, timeToPay: { lines: 30, medianDays: 12, ninthDecileDays: 20, longestDays: 25 }, hiddenGroups: 2, hiddenCommunes: 1,
      impact: [
        { measure: 'jobs', coefficient: { code: 'legal_year_hours', version: 1 }, estimate: { low: 0.01, value: 0.0124, high: 0.02 }, unknown: null },
        { measure: 'avoided_cost_cents', coefficient: null, estimate: null, unknown: 'no_coefficient' },
      ],
    }],
    counted: { leaves: 12_000, lastSeqs: { redemption: 9_000 } },
    coefficients: [{ code: 'legal_year_hours', version: 1, low: 1_607, value: 1_607, high: 1_607, source: `A law ${EVIL}`, sourceYear: 2000, scope: 'France' }],
    communes: [
      { programmeId: uuid(4), commune: '26362', redemptions: 20, amountCents: 20_000, places: 1 },
      { programmeId: uuid(4), commune: '42218', redemptions: 12, amountCents: 12_000, places: 1 },
    ],
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
export const usedVoucher = {
  redemptionId: `red_${uuid(16)}`, placeName: `Médiathèque ${EVIL}`, commune: EVIL, programmeName: `Cap numérique ${EVIL}`, service: 'safe_use', serviceDate: '2026-11-24',
  redeemedAt: '2026-11-24T13:32:00.000Z', amountCents: 700, coPaymentCents: 200, currency: 'EUR', leftAfterCents: 300, undoneOn: null as string | null, state: 'usable', kind: 'balance',
  availableCents: 300, usableUntil: '2099-12-31',
};
export const placeToGo = {
  placeId: `plc_${uuid(2)}`, name: `Médiathèque ${EVIL}`, street: `1 rue ${EVIL}`, complement: null, postalCode: '42000', commune: EVIL,
  telephone: '+33477000001', website: 'https://lieu.example', appointmentPage: 'javascript:alert(1)', accessibilityPage: null, distanceKm: 2.14,
  latitude: 45.44, longitude: 4.39,
  openingHours: { text: 'Mo-Fr 09:00-12:00', state: 'open', nextChange: '2026-11-24T11:00:00.000Z', timeZone: 'Europe/Paris' },
  programmes: [{ programmeId: `prg_${uuid(4)}`, name: EVIL, services: ['safe_use'] }],
};
export const lossReport = {
  reportId: `lrp_${uuid(16)}`, reference: 'K7QX-2M4P', number: `ABCDEFGH-B000001-X`, batchId: `bat_${uuid(9)}`, first: 5, last: 9,
  reportedAt: '2026-11-24T13:32:00.000Z', stopped: false,
};
export const alertFact = {
  eventId: `evt_${uuid(7)}`, type: 'voucher.redeemed.v1', at: '2026-11-24T13:32:00.000Z', logIndex: 41, batchId: `bat_${uuid(9)}`, voucherIndex: 7,
  amountCents: 1_000, undone: true,
};
export const OPERATOR_IDS = {
  incident: `icd_${uuid(20)}`, debitNote: `dbn_${uuid(21)}`, stop: `pst_${uuid(22)}`, allocation: `alc_${uuid(23)}`, bankLine: `bkn_${uuid(24)}`, hold: `hld_${uuid(25)}`,
  payee: `pye_${uuid(26)}`, statement: `stm_${uuid(27)}`, place: `plc_${uuid(28)}`, programme: `prg_${uuid(4)}`, redemption: `red_${uuid(29)}`, payer: `pyr_${uuid(31)}`, report: `prp_${uuid(30)}`, letter: `dlt_${uuid(32)}`,
} as const;
export const delivery = {
  deliveryId: `dlv_${uuid(20)}`, kind: 'shipping', distributorId: `dst_${uuid(19)}`, batchId: `bat_${uuid(9)}`, label: '7K3M9Q2T', bookletSize: 10,
  agentId: null, fromDistributorId: null, first: 0, last: 29, shippedAt: '2026-11-23T08:00:00.000Z', receivedCount: 0, lostCount: 0, inTransitCount: 30,
};
export const handOver = {
  handOverId: `hnd_${uuid(21)}`, batchId: `bat_${uuid(9)}`, label: '7K3M9Q2T', bookletSize: 10, agentId: null, first: 20, last: 29, inseeCode: '69266',
  publicCategory: 'seniors', handedOverAt: '2026-11-24T13:32:00.000Z', returnedAt: null,
};
export const statementOf = { payeeId: OPERATOR_IDS.payee, legalName: EVIL, period: '2026-11', upToSeq: 9, toPayCents: 1_922 };
export const programmeRule = {
  programmeId: order.programmeId, name: order.programmeName, usableUntil: '2027-01-31', claimableUntil: '2027-02-28', ruleVersion: 1, effectiveFrom: '2026-01-01T00:00:00.000Z',
  state: 'in_force', faceCents: 1_000, faceCentsMin: 1_000, faceCentsMax: 1_000, onExpiry: 'refund', services: [], custodyAccountId: `bac_${uuid(30)}`, offline: false,
  territory: [{ kind: 'departement', code: '42' }, { kind: 'epci', code: '200054781', communes: ['42218'] }], servicePrices: [{ service: 'safe_use', priceCentsMax: 5_000 }],
  targetPublics: ['seniors'], targetPublicLabel: null as string | null, tariffRaiseNeedsApproval: false,
  limits: { orderCountMin: 10, orderCountMax: null, orderedCentsMax: null, redemptionCentsMax: 2_000 },
};
export const credit = {
  bankLineId: OPERATOR_IDS.bankLine, bookedOn: '2026-11-02', amountCents: 990, leftCents: 990, outcome: 'unknown_reference', setAside: null,
  candidates: [{ orderId: order.orderId, payerId: `pyr_${uuid(31)}`, reference: order.reference, dueCents: 7_500, why: ['amount'] }],
};

/** By method and path; a status of 0 breaks the connection. */
export type Answers = Record<string, [status: number, body: unknown]>;

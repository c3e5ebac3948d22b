// What the services answer an operator: a list of one for each thing that it decides about.
import { alert, EVIL, OPERATOR_IDS, order, programmeRule, run, statementOf, uuid, type Answers } from './page-samples.js';

const by = { maker: `usr_${uuid(1)}`, proposedAt: '2026-11-24T13:32:00.000Z', checker: null, approvedAt: null, replacedAt: null, blockedAt: null, blockedReason: null };

/** What settlement and redemption tell an operator. */
export function operatorAnswers(): Answers {
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
    ...Object.fromEntries(['issuance', 'redemption', 'settlement', 'audit', 'identity'].flatMap((service): [string, [number, unknown]][] => [
      [`GET /${service}/queues`, [200, { items: [
        { queue: 'dead', other: 'issuance', count: 2, oldestAt: '2026-11-20T13:32:00.000Z', lastErrorCode: 'refused_by_database' },
        { queue: 'unnumbered', other: null, count: 1, oldestAt: new Date().toISOString(), lastErrorCode: null },
      ] }]],
      [`GET /${service}/dead-letters`, page({
        deadLetterId: OPERATOR_IDS.letter, sender: 'issuance', seq: 1_234, type: `voucher.flown.v1 ${EVIL}`, errorCode: 'unknown_type', state: 'open', failedAt: '2026-11-20T13:32:00.000Z', replayedAt: null,
        asked: [{ note: EVIL, askedBy: `usr_${uuid(1)}`, askedAt: '2026-11-21T13:32:00.000Z' }],
      }, {})],
    ])),
    'GET /settlement/payout-stops': page({
      stopId: OPERATOR_IDS.stop, service: 'settlement', invariant: 'S1', sentence: `Sums agree ${EVIL}`, rowNamed: 'r', detail: 'd', foundAt: '2026-11-24T13:32:00.000Z', stoppedAt: '2026-11-24T13:33:00.000Z',
      note: null, liftedBy: null, liftedAt: null,
    }),
    'GET /settlement/allocations': page({
      allocationId: OPERATOR_IDS.allocation, pool: 'general', payeeId: payee, legalName: EVIL, amountCents: 50_000, reason: EVIL, proposedBy: 'u', proposedAt: '2026-11-24T13:32:00.000Z', state: 'proposed',
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
    'GET /settlement/sharing-rules': page({ version: 1, from: '2026-01-01', operatorCapBasisPoints: 300, localBasisPoints: 6_000, deciders: [`usr_${uuid(22)}`, `usr_${uuid(24)}`], state: 'confirmed', proposedBy: `usr_${uuid(29)}`, confirmedBy: `usr_${uuid(22)}` }),
    'GET /settlement/early-payment-rules': page({ version: 1, from: '2026-01-01', shareBasisPoints: 8_000, ceilingCents: 200_000, monthsMin: 3, redemptionsMin: 50 }),
    'GET /settlement/fee-rules': page({ version: 1, from: '2026-01-01', feeBasisPoints: 250, vatBasisPoints: 2_000, commonsBasisPoints: 150, promisedCapBasisPoints: null }),
    'GET /settlement/carry-overs': page({ payeeId: payee, legalName: EVIL, reason: 'not_due', grossCents: 10, since: '2026-11-01', nextEnd: null }),
    'GET /settlement/place-charge-rules': page({ version: 1, from: '2026-06-01', amountCents: 1_000, vatCents: 200, vatBasisPoints: 2_000 }),
    'GET /settlement/holds': page({
      holdId: OPERATOR_IDS.hold, payeeId: payee, legalName: EVIL, period: '2026-11', reason: 'alert_upheld', measureId: null, measureReason: null, alertId: alert.alertId, alertTextFr: EVIL, alertTextEn: EVIL, appeal: 'open', lines: 24,
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
    'GET /redemption/departures': page({
      departureId: `dpt_${uuid(43)}`, placeId: place, programmeId: order.programmeId, programmeName: EVIL, from: '2026-12-01', until: null, reason: EVIL,
      statedAt: '2026-11-20T13:32:00.000Z', statedBy: 'u', end: null,
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

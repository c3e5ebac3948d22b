// What the services answer where a spec says nothing else.
import { giftReference } from '#libs/contracts';
import { auditAnswers } from './audit-pages.js';
import { operatorAnswers } from './operator-pages.js';
import { orderAnswers } from './order-pages.js';
import {
  alert, alertFact, coverage, credit, delivery, draft, event, EVIL, funnelRow, handOver, heldVoucher, invoice, lossReport,
  openAlert, order, orderWithHistory, placeToGo, programme, programmeRule, redemption, release, run, statementOf, tokenOf, usedVoucher,
  uuid, vintage, type Answers,
} from './page-samples.js';
import { placeAnswers } from './place-pages.js';
import { territoryAnswers } from './territory-pages.js';

const giftTo = (programmeId: string | null) => ({
  reference: giftReference(programmeId), accounts: [{ holder: `MEREAU ${EVIL}`, iban: 'FR7630001007941234567890185', bic: 'PSSTFRPP' }],
});

export const usual: Answers = {
  ...placeAnswers,
  ...operatorAnswers(), ...auditAnswers, ...orderAnswers,
  'GET /audit/open-data/months': [200, { items: [release] }],
  'GET /audit/checkpoints/latest': [200, { size: 12_345, root: 'ab'.repeat(32), time: '2026-11-25T00:00:05.000Z' }],
  'POST /identity/tokens': [200, tokenOf('place', ['till'])],
  'GET /identity/sessions': [200, { items: [
    { sessionId: uuid(20), isThis: true, userAgent: `Firefox/140.0 Linux ${EVIL}`, since: '2026-11-24T08:00:00.000Z', seenAt: '2026-11-24T13:32:00.000Z' },
    { sessionId: uuid(21), isThis: false, userAgent: null, since: '2026-11-23T08:00:00.000Z', seenAt: null },
  ] }],
  'POST /identity/sessions/endings': [200, { ended: 1 }],
  'GET /identity/me/saved-views': [200, { items: [
    { savedViewId: `svw_${uuid(30)}`, name: `Mes ${EVIL}`, question: 'sort=-redeemedAt&state=undone&colour=red' },
    { savedViewId: `svw_${uuid(31)}`, name: 'Tout', question: '' },
  ] }],
  'GET /identity/me': [200, { userId: `usr_${uuid(22)}` }],
  'GET /identity/members': [200, { items: [
    { userId: `usr_${uuid(22)}`, name: `Zoé ${EVIL}`, email: 'zoe@example.org', roles: ['till', 'manager'], since: '2026-11-01T08:00:00.000Z', state: 'in_force', invitedUntil: null, hasSecondFactor: true },
    { userId: `usr_${uuid(23)}`, name: 'Ali', email: 'ali@example.org', roles: ['till'], since: '2026-11-20T08:00:00.000Z', state: 'invited', invitedUntil: '2026-11-27T08:00:00.000Z', hasSecondFactor: false },
    { userId: `usr_${uuid(24)}`, name: 'Léa', email: 'lea@example.org', roles: ['operator'], since: '2026-11-20T08:00:00.000Z', state: 'proposed', invitedUntil: null, hasSecondFactor: false },
  ] }],
  'POST /identity/links/looks': [200, { purpose: 'invitation', name: `Zoé ${EVIL}`, email: 'zoe@example.org', expiresAt: '2026-12-01T08:00:00.000Z' }],
  'POST /identity/links': [202, { taken: true }],
  'GET /identity/organisations': [200, { items: [{ organisationId: `org_${uuid(1)}`, kind: 'place', name: `Médiathèque ${EVIL}` }] }],
  'POST /identity/impersonations': [201, { impersonationId: `ipn_${uuid(80)}`, expiresAt: '2099-11-24T08:15:00.000Z' }],
  'GET /identity/impersonations': [200, { items: [
    { impersonationId: `ipn_${uuid(80)}`, organisationId: `org_${uuid(1)}`, organisationName: `Médiathèque ${EVIL}`, userId: `usr_${uuid(22)}`, userName: `Aïcha ${EVIL}`, role: 'manager', reason: `Why ${EVIL}`,
      begunAt: '2026-11-24T08:00:00.000Z', expiresAt: '2026-11-24T08:15:00.000Z', endedAt: null, endedBy: null, isOpen: true, readingCount: 2 },
    { impersonationId: `ipn_${uuid(81)}`, organisationId: `org_${uuid(1)}`, organisationName: 'Médiathèque', userId: `usr_${uuid(22)}`, userName: 'Aïcha', role: 'till', reason: 'They asked on the phone',
      begunAt: '2026-11-23T08:00:00.000Z', expiresAt: '2026-11-23T08:15:00.000Z', endedAt: '2026-11-23T08:05:00.000Z', endedBy: 'person', isOpen: false, readingCount: 0 },
  ], nextCursor: null }],
  [`GET /identity/impersonations/ipn_${uuid(80)}/readings`]: [200, { items: [
    { at: '2026-11-24T08:01:00.000Z', method: 'GET', route: '/settlement/statements', asked: `/settlement/statements?limit=50&q=${EVIL}` },
  ], nextCursor: null }],
  'GET /identity/api-keys': [200, { items: [
    { keyId: `key_${uuid(25)}`, label: `Caisse ${EVIL}`, prefix: '0123456789', scopes: ['vouchers.redeem', 'redemptions.read'], state: 'in_force', madeBy: `Zoé ${EVIL}`, madeById: `usr_${uuid(22)}`, madeAt: '2026-11-01T08:00:00.000Z', expiresAt: '2027-01-30T08:00:00.000Z', endedAt: null, endedBy: null, lastUsedAt: '2026-11-24T13:00:00.000Z' },
    { keyId: `key_${uuid(26)}`, label: 'Compta', prefix: 'abcdef0123', scopes: ['statements.read'], state: 'ended', madeBy: 'Zoé', madeById: `usr_${uuid(22)}`, madeAt: '2026-10-01T08:00:00.000Z', expiresAt: '2026-12-30T08:00:00.000Z', endedAt: '2026-11-02T08:00:00.000Z', endedBy: 'Léa', lastUsedAt: null },
    { keyId: `key_${uuid(27)}`, label: 'Essai', prefix: 'fedcba9876', scopes: ['redemptions.read'], state: 'too_old', madeBy: 'Zoé', madeById: `usr_${uuid(22)}`, madeAt: '2026-08-01T08:00:00.000Z', expiresAt: '2026-09-01T08:00:00.000Z', endedAt: null, endedBy: null, lastUsedAt: null },
  ] }],
  ...Object.fromEntries(['issuance', 'redemption', 'settlement', 'identity'].map((service) => [`GET /${service}/key-requests`, [200, {
    items: [{ keyId: `key_${uuid(25)}`, askedAt: '2026-11-24T13:00:00.000Z', method: 'GET', route: `/${service}/things/:id`, status: 200, tookMs: 12, requestId: `req_${uuid(28)}` },
      { keyId: `key_${uuid(25)}`, askedAt: '2026-11-24T12:00:00.000Z', method: 'POST', route: `/${service}/things`, status: 403, tookMs: 1, requestId: `req_${uuid(29)}` }],
    nextCursor: null, totals: { count: 2, sums: {} },
  }]])) as Answers,
  'GET /identity/second-factors': [200, { state: 'none', recoveryCodesLeft: null, passkeys: 0 }],
  'GET /identity/passkeys': [200, { items: [
    { passkeyId: uuid(25), name: `Phone ${EVIL}`, addedAt: '2026-11-20T08:00:00.000Z', usedAt: '2026-11-24T08:00:00.000Z' },
    { passkeyId: uuid(26), name: 'Key', addedAt: '2026-11-01T08:00:00.000Z', usedAt: null },
  ] }],
  'POST /identity/passkeys/challenges': [201, { challenge: `AAAA${EVIL}`, rp: { id: 'mereau.example' } }],
  'POST /identity/passkeys': [201, { passkeyId: uuid(25) }],
  'POST /identity/passkeys/names': [200, { passkeyId: uuid(25) }],
  'POST /identity/passkeys/endings': [200, { passkeyId: uuid(25) }],
  'POST /identity/auth/passkey-challenges': [200, { challenge: 'BBBB', allowCredentials: [] }],
  'POST /identity/auth/sign-in/passkey': [200, { signedIn: true }],
  'POST /identity/second-factors/passkey-challenges': [200, { challenge: 'CCCC', allowCredentials: [] }],
  'POST /identity/second-factors/passkeys': [200, { proved: true }],
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
  'POST /redemption/voucher-receipts': [200, usedVoucher],
  'POST /redemption/lost-vouchers': [200, { serial: 'ABCDEFGH-1234567-X', stoppedOn: '2026-11-24', stoppedBefore: false }],
  'POST /redemption/loss-reports': [200, { reference: lossReport.reference }],
  'GET /redemption/loss-reports': [200, { items: [lossReport], nextCursor: null }],
  [`POST /redemption/loss-reports/${lossReport.reportId}/answers`]: [201, { outcome: 'stopped' }],
  'GET /redemption/accredited-places': [200, { items: [placeToGo] }],
  ...territoryAnswers,
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
  'GET /settlement/bank-accounts': [200, { items: [{ bankAccountId: `bac_${uuid(30)}`, name: 'Cantonné', iban: 'FR7630006000011234567890189', bic: 'AGRIFRPP', statedOn: null, statedCents: null, ledgerCents: 5_000, differenceCents: null }] }],
  'GET /audit/alerts': [200, { items: [openAlert, alert], nextCursor: null }],
  'GET /audit/place-alerts': [200, { items: [alert, { ...alert, appeal: null }], nextCursor: null }],
  [`GET /audit/alerts/${alert.alertId}`]: [200, { alert, facts: [alertFact] }],
  [`GET /audit/alerts/${openAlert.alertId}`]: [200, { alert: openAlert, facts: [alertFact] }],
  'GET /settlement/fee-book': [200, { currency: 'EUR', grossCents: 1_000, items: [{
    version: 1, from: '2026-01-01', state: 'in_force', feeBasisPoints: 200, vatBasisPoints: 2_000, commonsBasisPoints: 100, promisedCapBasisPoints: null, platformCapBasisPoints: 1_000,
    parts: [{ to: 'place', amountCents: 966 }, { to: 'operator', amountCents: 20 }, { to: 'state', amountCents: 4 }, { to: 'commons', amountCents: 10 }],
  }] }],
  'GET /settlement/commons-pools': [200, { items: [
    { programmeId: null, programmeName: null, inCents: 10_001, outCents: 500, balanceCents: 9_501, setAsideCents: 0, movements: 2, gift: giftTo(null), currency: 'EUR', rule: null, announced: null },
    {
      programmeId: `prg_${uuid(4)}`, programmeName: 'Pass <numérique>', inCents: 6_001, outCents: 700, balanceCents: 5_301, setAsideCents: 700, movements: 2, gift: giftTo(uuid(4)), currency: 'EUR',
      rule: { version: 1, from: '2026-01-01', operatorCapBasisPoints: 300, localBasisPoints: 6_000, deciders: 5 }, announced: null,
    },
  ] }],
  'GET /settlement/commons-pools/movements': [200, { items: [
    {
      number: 3, eventId: `evt_${uuid(33)}`, at: '2026-11-24T10:00:00.000Z', kind: 'allocation', postingRule: '28', amountCents: -500, parts: 1, balanceCents: 9_501, currency: 'EUR',
      sharingRules: [], allocation: { allocationId: `alc_${uuid(34)}`, legalName: 'Association <des> ateliers', reason: 'un camion & des ateliers', votes: 2 },
    },
    { number: 2, eventId: `evt_${uuid(32)}`, at: '2026-11-23T10:00:00.000Z', kind: 'statement', postingRule: '12', amountCents: 4_000, parts: 2, balanceCents: 10_001, currency: 'EUR', sharingRules: [{ programmeId: `prg_${uuid(4)}`, version: 1 }], allocation: null },
  ], nextCursor: null }],
  'GET /audit/coverage': [200, { items: [coverage], nextCursor: null }],
  'GET /audit/coverage/2026-11-24': [200, coverage],
  'GET /audit/completeness': [200, { senders: [{ sender: 'issuance', events: 1_234, lastSeq: 1_234, missing: 0 }] }],
  'GET /audit/events': [200, { items: [event], nextCursor: 'abc' }],
  [`GET /audit/events/${event.id}`]: [200, event],
};

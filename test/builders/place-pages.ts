// What the services answer a place about its money, its tariffs and its accreditation; merged into `pages.ts`.
import { EVIL, uuid, type Answers } from './page-samples.js';

export const STATEMENT = `stm_${uuid(30)}`;
export const REDEMPTION = `red_${uuid(7)}`;
export const APPLICATION = `app_${uuid(31)}`;
export const MEASURE = `msr_${uuid(32)}`;
const PROGRAMME = `prg_${uuid(4)}`;
const rule = { programmeId: PROGRAMME, feeRuleVersion: 3, feeBasisPoints: 250, vatBasisPoints: 2_000, commonsBasisPoints: 150 };
const parts = [{ to: 'place', amountCents: 1_922 }, { to: 'operator', amountCents: 40 }, { to: 'state', amountCents: 8 }, { to: 'commons', amountCents: 30 }];
const money = { grossCents: 2_000, feeCents: 40, vatCents: 8, commonsCents: 30, netCents: 1_922 };

export const nextPayment = {
  payeeId: `pay_${uuid(33)}`, legalName: `Commune ${EVIL}`, currency: 'EUR',
  unpaid: [{ statementId: STATEMENT, period: '2026-11', toPayCents: 115_200, state: 'instructed', executionOn: '2026-12-07', payBy: '2026-12-10' }],
  accruing: { lines: 120, grossCents: 120_000, feeCents: 2_500, vatCents: 500, commonsCents: 1_800, netCents: 115_200, nextEnd: '2026-12-31', payBy: '2027-01-10' },
  held: { lines: 3, grossCents: 3_000 }, owingCents: 500,
};
export const account = {
  payeeId: `pay_${uuid(33)}`, legalName: `Commune ${EVIL}`, siren: '552081317', placeCount: 2, byStripe: false,
  paidTo: { iban: 'FR76…0189', holder: `COMMUNE ${EVIL}`, blocked: false, waitsUntil: '2026-12-04T08:00:00.000Z' },
  versions: [
    { version: 2, iban: 'FR14…2606', holder: EVIL, state: 'proposed', byPlace: true, proposedAt: '2026-12-01T08:00:00.000Z', approvedAt: null, replacedAt: null, blockedAt: null },
    { version: 1, iban: 'FR76…0189', holder: 'COMMUNE', state: 'approved', byPlace: false, proposedAt: '2026-02-03T08:00:00.000Z', approvedAt: '2026-02-04T08:00:00.000Z', replacedAt: null, blockedAt: null },
  ],
};
export const earlyOffer = { bankAccountId: `bac_${uuid(43)}`, dueCents: 115_200, openCents: 4_000, atMostCents: 88_160, against: null, currency: 'EUR' };
export const earlyPayment = {
  earlyPaymentId: `epy_${uuid(42)}`, payeeId: `pay_${uuid(33)}`, legalName: EVIL, amountCents: 10_000, dueCents: 12_000, leftCents: 4_000, askedBy: null, askedAt: '2026-11-24T13:32:00.000Z', state: 'booked',
  ends: [{ kind: 'netted', statementId: STATEMENT, amountCents: 5_000, at: '2026-12-01T07:00:00.000Z' }, { kind: 'lapsed', statementId: null, amountCents: 1_000, at: '2026-12-01T07:00:00.000Z' }],
};
export const comparison = {
  since: '2025-11-25', departement: '42', currency: 'EUR', groupMin: 11, unknownCount: 2,
  services: [
    { service: 'employment', tariffCents: 1_200, own: { count: 3, askedCents: 3_600, paidCents: 3_000, givenCents: 600 }, territory: { count: 40, firstQuartileCents: 800, medianCents: 900, thirdQuartileCents: 1_100 } },
    { service: 'safe_use', tariffCents: null, own: { count: 0, askedCents: 0, paidCents: 0, givenCents: 0 }, territory: null },
  ],
};
const programme = { programmeId: PROGRAMME, programmeName: `Cap numérique ${EVIL}` };
export const DEPARTURE = `dpt_${uuid(41)}`;
/** Long before its day, whenever a test runs. */
export const departure = {
  departureId: DEPARTURE, placeId: `plc_${uuid(2)}`, programmeId: `prg_${uuid(42)}`, programmeName: EVIL, from: '2999-05-02', until: null as string | null, reason: EVIL as string | null,
  statedAt: '2026-11-20T08:00:00.000Z', statedBy: 'u', end: null as Readonly<{ how: string; at: string }> | null,
};
export const application = {
  applicationId: APPLICATION, placeId: `plc_${uuid(2)}`, programmeId: PROGRAMME, questionnaireVersion: 1, state: 'draft', createdAt: '2026-11-01T08:00:00.000Z', answers: { hours: 'many' },
  documents: [{ kind: 'statutes', name: `statuts ${EVIL}.pdf`, sha256: 'ab'.repeat(32), bytes: 12 }],
  score: { points: 4, pointsMax: 10, threshold: 6, parts: [], unanswered: ['access'], eliminatedBy: [] },
  steps: [{ stepId: `aps_${uuid(34)}`, step: 'refused', explanation: `Trop peu ${EVIL}`, points: null, accreditationVersion: null, takenAt: '2026-11-02T08:00:00.000Z', takenBy: null }],
};
const statement = {
  statementId: STATEMENT, payeeId: `pye_${uuid(77)}`, legalName: 'CCAS de Tilleul', period: '2026-10', closedAt: '2026-11-01T07:00:00.000Z', lines: 2, grossCents: 2_000, feeCents: 48, commonsCents: 30, netCents: 1_922, toPayCents: 1_922,
  state: 'booked', paidOn: '2026-11-09', reference: `MRX ${EVIL}`, currency: 'EUR',
};
const line = {
  claimLineId: `cln_${uuid(35)}`, incidentId: null, redemptionId: REDEMPTION, statementId: STATEMENT, period: '2026-10', placeId: `plc_${uuid(2)}`, placeName: EVIL,
  programmeName: EVIL, serviceDate: '2026-10-12', kind: 'redeemed', ...money, currency: 'EUR',
};

export const placeAnswers: Answers = {
  'GET /settlement/next-payment': [200, nextPayment],
  'GET /settlement/early-payments/offers': [200, { items: [earlyOffer] }],
  'GET /settlement/early-payments': [200, { items: [earlyPayment], nextCursor: null }],
  'GET /settlement/own-account': [200, account],
  'GET /settlement/carry-overs': [200, { items: [{ reason: 'below_minimum', lines: 2, netCents: 400, nextEnd: '2026-12-31', latestEnd: '2027-03-31' }], nextCursor: null }],
  'GET /settlement/statements/history': [200, { items: [statement], nextCursor: null, totals: { count: 1, sums: { toPayCents: 1_922, grossCents: 2_000 } } }],
  [`GET /settlement/statements/${STATEMENT}`]: [200, {
    statementId: STATEMENT, period: '2026-10', legalName: EVIL, lines: 2, ...money, toPayCents: 1_422, state: 'returned', closedAt: '2026-11-01T07:00:00.000Z', sha256: 'ab',
    nettingVersion: null, billedFeeCents: 0, billedVatCents: 0, setOffs: [{ earlyPaymentId: null, number: 'ND-2026-000001', amountCents: 500 }],
  }],
  [`GET /settlement/statements/${STATEMENT}/shares`]: [200, { groups: [{ ...rule, grossCents: 2_000, parts, lines: 2 }] }],
  [`GET /settlement/statements/${STATEMENT}/payments`]: [200, { items: [{
    state: 'returned', amountCents: 1_422, reference: 'MRX1', iban: 'FR76…0189', executionOn: '2026-11-08', preparedAt: '2026-11-07T08:00:00.000Z', releasedAt: '2026-11-07T10:00:00.000Z',
    bookedOn: '2026-11-08', returnedOn: '2026-11-10', rejectedAt: null, reasonCode: 'AC04',
  }] }],
  'GET /settlement/statement-lines': [200, { items: [line], nextCursor: null, totals: { count: 1, sums: { grossCents: 2_000 } } }],
  [`GET /settlement/redemptions/${REDEMPTION}/shares`]: [200, { lines: [
    { ...rule, claimLineId: `cln_${uuid(35)}`, incidentId: null, grossCents: 2_000, parts, state: 'in_statement', statementId: STATEMENT },
    { ...rule, claimLineId: `cln_${uuid(35)}`, incidentId: `icd_${uuid(36)}`, grossCents: -500, parts: [{ to: 'place', amountCents: -480 }, { to: 'operator', amountCents: -20 }], state: 'open', statementId: null },
  ] }],
  'GET /settlement/place-invoices': [200, { items: [{
    placeInvoiceId: `piv_${uuid(37)}`, kind: 'fee_invoice', number: 'FL-2026-000001', issuedOn: '2026-11-01', period: '2026-10', totalCents: 4_800, payment: 'apart',
    reference: 'RF18539007547034', leftCents: 4_800, chargeId: null,
  }], nextCursor: null }],
  'GET /settlement/debit-notes': [200, { items: [{
    debitNoteId: `dbn_${uuid(38)}`, number: 'ND-2026-000001', reference: 'RF12', amountCents: 1_000, leftCents: 500, state: 'open', issuedOn: '2026-11-01', dueOn: '2026-12-01',
  }], nextCursor: null }],
  'GET /settlement/netting-terms': [200, { items: [{ version: 2, sha256: 'cd'.repeat(32), text: `Les frais ${EVIL}`, from: '2026-01-01', publishedAt: '2026-01-01T08:00:00.000Z' }] }],
  'GET /settlement/netting-acceptances': [200, { items: [{ version: 1, acceptedAt: '2026-01-02T08:00:00.000Z' }] }],
  'GET /redemption/price-comparison': [200, comparison],
  'GET /redemption/tariffs': [200, { items: [{
    tariffId: `trf_${uuid(39)}`, service: 'employment', tariffVersion: 1, from: '2026-01-01', priceCents: 1_200, state: 'in_force',
    components: { preparationCents: 200, renderingMinutes: 60, hourlyCostCents: 3_000, premisesCents: 0, travelCents: 0,
    otherCents: 100, otherName: EVIL, groupSize: 3 },
  }], nextCursor: null }],
  'GET /redemption/own-place': [200, {
    placeId: `plc_${uuid(2)}`, siret: '55208131766522', name: `Médiathèque ${EVIL}`, siteName: 'x', timeZone: 'Europe/Paris', street: EVIL, complement: null, postalCode: '42000', commune: 'Saint-Étienne',
    listing: { services: ['employment'], telephones: ['04 77 00 00 00'], emails: [EVIL], websites: [], updatedOn: '2025-01-01', sources: [EVIL] },
    openingHours: { text: 'Mo-Fr 09:00-17:00', understood: true, state: 'open', nextChange: '2026-11-24T16:00:00.000Z' },
    accreditations: [{ ...programme, accreditationVersion: 1, from: '2026-01-01', to: '2026-12-31', services: [], decidedAt: '2026-01-01T08:00:00.000Z', isLatest: true, leavesFrom: null }],
    openProgrammes: [{ programmeId: `prg_${uuid(40)}`, programmeName: EVIL }],
  }],
  'GET /redemption/applications': [200, { items: [application], nextCursor: null }],
  'GET /redemption/questionnaires': [200, { items: [{
    programmeId: PROGRAMME, version: 1, from: '2026-01-01', threshold: 6, documents: ['statutes'],
    questions: [{ key: 'hours', text: `Heures ${EVIL}`, options: [{ key: 'many', text: EVIL, points: 4, eliminates: false }, { key: 'few', text: 'Peu', points: 0, eliminates: false }] }],
  }] }],
  'GET /redemption/measures': [200, { items: [{
    measureId: MEASURE, placeId: `plc_${uuid(2)}`, programmeId: PROGRAMME, kind: 'suspension', from: '2026-11-01', until: '2026-11-20', reason: 'documents_missing', explanation: EVIL,
    decidedAt: '2026-11-01T08:00:00.000Z', decidedBy: null, ends: [],
  }], nextCursor: null }],
  'GET /redemption/departures': [200, { items: [departure], nextCursor: null }],
  'GET /settlement/departure-charges': [200, { items: [
    { year: 2026, chargedOn: '2026-05-02', amountCents: 7_700, vatCents: 1_540, currency: 'EUR', standing: 'charged' },
    { year: 2027, chargedOn: '2027-05-02', amountCents: 8_000, vatCents: 1_600, currency: 'EUR', standing: 'not_owed' },
  ] }],
  'GET /redemption/appeals': [200, { items: [], nextCursor: null }],
};

// What audit and identity answer to the pages of an auditor: books as one, proofs of a log of one leaf, mandates.
import { leafHash } from '#libs/proofs';
import { EVIL, type Answers } from './page-samples.js';

const uuid = (last: number) => `01981f6e-7c3a-7000-8000-${String(last).padStart(12, '0')}`;
export const AUDIT_IDS = { event: `evt_${uuid(60)}`, mandate: `mdt_${uuid(61)}`, body: `org_${uuid(62)}`, restatement: `rst_${uuid(66)}`, custodyAccount: uuid(63), programme: uuid(64) } as const;
const leaf = '{"a":"leaf"}';
const root = leafHash(Buffer.from(leaf)).toString('hex');

export const mandateAnswer = {
  mandateId: AUDIT_IDS.mandate, organisationId: AUDIT_IDS.body, organisationName: `Cour ${EVIL}`, programmeIds: [`prg_${AUDIT_IDS.programme}`], payerIds: [],
  from: '2026-01-01', until: '2999-12-31', purpose: EVIL, payerId: null, state: 'proposed', proposedBy: `usr_${uuid(65)}`, proposedAt: '2026-11-24T13:32:00.000Z',
  confirmedBy: null, endedBy: null, endedAt: null,
};

/** Those of the installation, and others that wait for a second person. */
const alertFigures = {
  workshopPersonsMax: 12, workshopPersonsMin: 3, workshopsPerDayMax: 4, velocityMinutes: 10,
  placeAttendancesMax: 20, deviceAttendancesMax: 15, drainMinutes: 30, drainHandOversMin: 5,
  bookletVouchersMin: 5,
  bookletMinutes: 15, bookletsEmptiedMin: 3, neighbourMinutes: 10, neighbourPersonsMin: 5,
  nightFromMinute: 1_320, nightToMinute: 375, nightAttendancesMax: 5,
  concentrationVouchersMin: 100, concentrationPercentMin: 80,
};
export const alertRuleSets = [
  { version: 2, effectiveFrom: '2999-01-01', figures: { ...alertFigures, workshopsPerDayMax: 6 }, reason: EVIL, proposedBy: 'user:x', proposedAt: '2026-11-24T13:32:00.000Z', confirmedBy: null, confirmedAt: null },
  { version: 1, effectiveFrom: '2000-01-01', figures: alertFigures, reason: 'ADR', proposedBy: 'user:y', proposedAt: '2000-01-01T00:00:00.000Z', confirmedBy: 'user:z', confirmedAt: '2000-01-01T00:00:00.000Z' },
];

export const auditAnswers: Answers = {
  'GET /audit/alert-rules': [200, { items: alertRuleSets }],
  'GET /audit/consolidation': [200, {
    asOf: '2026-11-24T13:32:00.000Z', upTo: [{ sender: 'issuance', seq: 1_234 }], currency: 'EUR', custodyAccounts: [{
      custodyAccountId: AUDIT_IDS.custodyAccount, assetsCents: 12_000, liabilitiesCents: 11_500, ownCents: 500,
      clearingCents: 0, feesCents: 400, commonsCents: 100, coverageCents: 500,
      programmes: [{ programmeId: AUDIT_IDS.programme, coverCents: 1_500, outstandingCents: 9_000, expiredCents: 0,
        redeemedCents: 2_000, breakageCents: 0 }],
      accounts: [{ ledger: 'issuance', account: 'outstanding', class: 'liability', programmeId: AUDIT_IDS.programme, balanceCents: 9_000, transfers: 3 }],
    }],
  }],
  'GET /audit/consolidation/accounts': [200, { items: [{ key: EVIL, debitLessCreditCents: -9_000, transfers: 2 }, { key: '', debitLessCreditCents: 0, transfers: 1 }], nextCursor: 'abc' }],
  'GET /audit/consolidation/facts': [200, { items: [
    { eventId: AUDIT_IDS.event, sender: 'issuance', seq: 7, line: 0, type: 'range.activated', rule: '3', occurredAt: '2026-11-24T13:32:00.000Z', facing: 'prefund', key: null, debitLessCreditCents: -9_000, logIndex: 41, proof: '/p' },
    { eventId: AUDIT_IDS.event, sender: 'issuance', seq: 8, line: 0, type: 'range.activated', rule: '3', occurredAt: '2026-11-24T13:33:00.000Z', facing: 'prefund', key: null, debitLessCreditCents: 0, logIndex: null, proof: '/p' },
  ], nextCursor: null }],
  [`GET /audit/events/${AUDIT_IDS.event}/inclusion`]: [200, { eventId: AUDIT_IDS.event, index: 0, size: 1, leaf, leafHash: root, path: [], root, checkpoint: null }],
  'GET /audit/consistency': [200, { from: 1, to: 1, fromRoot: root, toRoot: root, path: [] }],
  'GET /audit/keys': [200, { origin: 'mereau.example', keys: [] }],
  'GET /audit/checkpoints': [200, { items: [], nextCursor: null }],
  'GET /audit/restatements': [200, { items: [{
    restatementId: AUDIT_IDS.restatement, reason: EVIL, askedBy: uuid(65), askedAt: '2026-11-24T13:32:00.000Z', approvedBy: null, approvedAt: null, passedCount: null, eventCount: null,
  }], nextCursor: null }],
  'GET /identity/mandates': [200, { items: [mandateAnswer], nextCursor: null }],
  'GET /identity/auditing-bodies': [200, { items: [{ organisationId: AUDIT_IDS.body, name: `Cour ${EVIL}` }], nextCursor: null }],
};

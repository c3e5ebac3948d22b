// A line of a closed statement was wrong. What is paid is never touched: a second person validates what was too much, and the payee's
// next statement nets it. Before the statement closed, the redemption is undone, or its line held and rejected.
import { INCIDENT_KINDS as CORRECTION_KINDS } from '#libs/contracts';
import { reject, toWire, type Cents, type PayeeId, type Rejected } from '#libs/kernel';
import { accounts, transfer, type Posting } from '#libs/ledger';
import type { RefusalCode } from '../refusals.js';

/**
 * `overpaid`: some of the amount was not due. `fraud`: the service was not rendered, and all of it comes back. `gesture`: the operator
 * gives something beside it, out of its own money.
 */
export const INCIDENT_KINDS = [...CORRECTION_KINDS, 'gesture'] as const;
export type IncidentKind = (typeof INCIDENT_KINDS)[number];

export type CorrectedLine = Readonly<{
  gross: Cents;
  undone: boolean;
  /** Covered by a closed statement. */
  stated: boolean;
  /** An incident of this line waits for its validation, or was validated. */
  corrected: boolean;
}>;

export type StatedIncident = Readonly<{ kind: IncidentKind; amount: Cents | null }>;

export function decideIncident(
  line: CorrectedLine | undefined, { kind, amount }: StatedIncident,
): Readonly<{ kind: 'stated'; amount: Cents }> | Rejected<RefusalCode> {
  if (!line) return reject('claim_line_unknown');
  if (line.undone || !line.stated) return reject('claim_line_not_stated');
  if (line.corrected) return reject('claim_line_corrected');
  if (kind === 'fraud') return amount === null || amount === line.gross ? { kind: 'stated', amount: line.gross } : reject('fraud_is_whole', { grossCents: toWire(line.gross) });
  if (amount === null || amount > line.gross) return reject('incident_over_line', { grossCents: toWire(line.gross) });
  return { kind: 'stated', amount };
}

export type Incident = Readonly<{ kind: IncidentKind; createdBy: string; outcome: 'validated' | 'cancelled' | null }>;
/** `isBehindAccount`: the person who decides entered or approved a bank account of the payee. */
export type Deciding = Readonly<{ outcome: 'validated' | 'cancelled'; decidedBy: string; isBehindAccount: boolean }>;

export function decideOutcome(
  incident: Incident | undefined, { outcome, decidedBy, isBehindAccount }: Deciding,
): Readonly<{ kind: 'decided' }> | Rejected<RefusalCode> {
  if (!incident) return reject('incident_unknown');
  if (incident.outcome) return reject('incident_decided', { outcome: incident.outcome });
  if (outcome === 'cancelled') return { kind: 'decided' };
  if (incident.createdBy === decidedBy) return reject('checker_is_maker');
  // By the other kinds money only leaves the payee.
  if (incident.kind === 'gesture' && isBehindAccount) return reject('gives_to_own_account');
  return { kind: 'decided' };
}

/** Row 21: the operator's cost, and more that the payee is owed. */
export const gesturePosting = (payeeId: PayeeId, custodyAccountId: string, amount: Cents): Posting => ({
  rule: '21', custodyAccountId,
  transfers: [transfer(accounts.settlement.gestures, accounts.settlement.accrued(payeeId), amount)],
});

/** Row 19, settlement's half: the payee owes it, and its value is on its way to issuance, which knows whose money it was. */
export const incidentPosting = (payeeId: PayeeId, custodyAccountId: string, amount: Cents): Posting => ({
  rule: '19', custodyAccountId,
  transfers: [transfer(accounts.settlement.accrued(payeeId), accounts.clearing('issuance'), amount)],
});

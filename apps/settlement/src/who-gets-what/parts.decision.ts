// Who gets how many cents of a gross, and under which version of a fee rule. In a statement it is the statement's own division; of a
// line that is in none yet, what the rule would take of it alone, which a statement may round otherwise by a cent.
import type { Cents, ClaimLineId, IncidentId, ProgrammeId, StatementId } from '#libs/kernel';
import { sharesOf, type Rates, type Shares } from '../statement-closings/statement.decision.js';

export const RECEIVERS = ['place', 'operator', 'state', 'commons'] as const;
export type Part = Readonly<{ to: (typeof RECEIVERS)[number]; amount: Cents }>;

/** The operator has the fee, the State the VAT on it. */
export const partsOf = ({ net, fee, vat, commons }: Shares): Part[] =>
  [{ to: 'place', amount: net }, { to: 'operator', amount: fee }, { to: 'state', amount: vat }, { to: 'commons', amount: commons }];

/** `open`: in no statement yet; `rejected`: never will be, its value is cover of the payers again. */
export type LineState = 'in_statement' | 'open' | 'held' | 'rejected';
export type Ruled = Readonly<{ programmeId: ProgrammeId; feeRuleVersion: number; rates: Rates }>;
type Line = Ruled & Readonly<{ claimLineId: ClaimLineId; incidentId: IncidentId | null; gross: Cents }>;
export type OpenLine = Line & Readonly<{ state: Exclude<LineState, 'in_statement'> }>;
export type SharedLine = Line & Readonly<{ state: LineState; statementId: StatementId | null; parts: readonly Part[] }>;

export function sharesOfOpenLine(line: OpenLine): SharedLine {
  const parts = line.state === 'rejected' ? [] : partsOf(sharesOf(line.gross, line.rates));
  return { ...line, statementId: null, parts };
}

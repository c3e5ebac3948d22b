// In which statement a redemption counts, by what events say: the first statement of its payee and custody account that
// reaches the number of its message, or, once held, that of its release (ADR 0006, ADR 0017).
import { isOf, type KeptEvent } from './kept-event.decision.js';

export type Claim = Readonly<
  | { state: 'undone' | 'held' | 'rejected'; by: KeptEvent }
  | { state: 'due'; dueSeq: number }>;

const bySeq = (a: KeptEvent, b: KeptEvent) => a.seq - b.seq;

/** `events`: those that name the redemption. A line may be held again after a release: the last word counts. */
export function decideClaim(redemption: KeptEvent, events: readonly KeptEvent[]): Claim {
  const undone = events.find(isOf('redemption.undone.v1'));
  if (undone) return { state: 'undone', by: undone };
  const last = events.filter(({ type }) => type.startsWith('claim_line.')).sort(bySeq).at(-1);
  if (last?.type === 'claim_line.held.v1') return { state: 'held', by: last };
  if (last?.type === 'claim_line.rejected.v1') return { state: 'rejected', by: last };
  return { state: 'due', dueSeq: last?.body.dueSeq ?? redemption.seq };
}

export type InStatement = Readonly<{ statement?: KeptEvent; isAmbiguous: boolean }>;

/** `statements`: all of the payee. Without a custody account in them, two that reach the same number cannot be told apart. */
export function statementOf(dueSeq: number, custodyAccountId: string | undefined, statements: readonly KeptEvent[]): InStatement {
  const theirs = statements
    .filter(({ body }) => (body.upToSeq ?? 0) >= dueSeq)
    .filter(({ body }) => body.custodyAccountId === undefined || body.custodyAccountId === custodyAccountId)
    .sort((a, b) => a.body.upToSeq! - b.body.upToSeq! || bySeq(a, b));
  const [first, next] = theirs;
  const isAmbiguous = first !== undefined && next?.body.upToSeq === first.body.upToSeq;
  return { ...(first && !isAmbiguous && { statement: first }), isAmbiguous };
}

/** The number after which a statement takes lines: where the one before it ended, or nothing. */
export function beginOf(statement: KeptEvent, statements: readonly KeptEvent[]): number {
  const { upToSeq, custodyAccountId } = statement.body;
  const before = statements
    .filter(({ body }) => body.upToSeq! < upToSeq! && (body.custodyAccountId === undefined || body.custodyAccountId === custodyAccountId))
    .map(({ body }) => body.upToSeq!);
  return Math.max(0, ...before);
}

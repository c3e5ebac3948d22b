// The first Monday of a month: redemption says what it counted, settlement closes there, or finds out that it counts
// differently and closes nothing. What a review lets go falls into a second closing of the same evening.
import { join } from 'node:path';
import { inFlight } from '../../world/in-flight.js';
import type { Closed } from '../../world/money-out.js';
import { IN_FLIGHT, operatorOf, type Year } from '../year.js';
import type { ReviewDesk } from './review-holds.js';

type Statement = Readonly<{ statementId: string; period: string }>;
export type ClosedMonth = Readonly<{ statements: number; grossCents: number; held: number }>;

export async function closeMonth(year: Year, reviews: ReviewDesk, isLastMonth: boolean): Promise<ClosedMonth> {
  const first = await close(year);
  const { released } = await reviews.review(isLastMonth);
  const closed = released > 0 ? [first, await close(year)] : [first];
  const sum = (of: (one: Closed) => number) => closed.reduce((total, one) => total + of(one), 0);
  return { statements: sum(({ statements }) => statements), grossCents: sum(({ grossCents }) => grossCents), held: first.holds };
}

async function close(year: Year): Promise<Closed> {
  const operator = operatorOf(year);
  await operator.post('/redemption/period-closings', {});
  await year.time.settled();
  const closed = await operator.post<Closed>('/settlement/statement-closings', {});
  if (!closed.closedBefore) await keepStatements(year, closed);
  return closed;
}

/** Each place gets its own: a file per statement. */
async function keepStatements({ people: { operator }, folder }: Year, { upToSeq }: Closed): Promise<void> {
  folder.files.statements ??= folder.open('statements');
  const statements = await operator.list<Statement>(`/settlement/statements?upToSeq=${upToSeq}`);
  await inFlight(IN_FLIGHT, statements, async ({ statementId, period }) => {
    folder.write(join('statements', `${period}-${statementId}.csv`), await operator.text(`/settlement/statements/${statementId}/file`));
  });
}

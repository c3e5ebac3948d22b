// The first Monday of a month: redemption says what it counted, settlement closes there, or finds out that it counts
// differently and closes nothing.
import type { Closed } from '../../world/money-out.js';
import { operatorOf, type Year } from '../year.js';

export async function closeMonth(year: Year): Promise<Closed> {
  const operator = operatorOf(year);
  await operator.post('/redemption/period-closings', {});
  await year.time.settled();
  return operator.post<Closed>('/settlement/statement-closings', {});
}

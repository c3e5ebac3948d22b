// What the pages read of alerts: the operator's board, and what a place is told of those that were upheld.
import { z } from 'zod';
import type { Read, Services } from '../services.js';

const appeal = z.object({
  appealId: z.string(), grounds: z.string(), answerDue: z.string(), outcome: z.enum(['upheld', 'rejected']).nullable(), reasons: z.string().nullable(),
});
const placeAlert = z.object({
  alertId: z.string(), textFr: z.string(), textEn: z.string(), amountCents: z.int(), explanation: z.string().nullable(),
  decidedAt: z.string().nullable(), appeal: appeal.nullable(),
});
const boardAlert = placeAlert.extend({
  state: z.enum(['open', 'dismissed', 'upheld']), placeId: z.string().nullable(), placeName: z.string().nullable(), facts: z.int(),
  firstAt: z.string(), lastAt: z.string(), ruleVersion: z.int(),
});
const fact = z.object({
  eventId: z.string(), type: z.string(), at: z.string(), logIndex: z.int(), amountCents: z.int().nullable(), undone: z.boolean().nullable(),
});
const held = z.object({
  holdId: z.string(), reason: z.string(), lines: z.int(), grossCents: z.int(), state: z.enum(['held', 'released', 'rejected']), alertId: z.string().nullable(),
  note: z.string().nullable(),
});
const listOf = <Item extends z.ZodType>(item: Item) => z.object({ items: z.array(item) }).transform(({ items }) => items);

export type PlaceAlert = z.output<typeof placeAlert>;
export type BoardAlert = z.output<typeof boardAlert>;
export type Fact = z.output<typeof fact>;
export type Held = z.output<typeof held>;
const SHOWN_MAX = 100;

/** What is open, and what was upheld: there an appeal may wait. The rest is by the API. */
export async function loadBoard(services: Services, bearer: string) {
  const of = (state: string) => services.get(`/audit/alerts?state=${state}&limit=${SHOWN_MAX}`, listOf(boardAlert), bearer);
  const [open, upheld] = await Promise.all([of('open'), of('upheld')]);
  return { open, upheld };
}
export type Board = Awaited<ReturnType<typeof loadBoard>>;

export const alertWithFacts = z.object({ alert: boardAlert, facts: z.array(fact) });

export async function loadPlaceAlerts(
  services: Services, bearer: string,
): Promise<Readonly<{ alerts: Read<readonly PlaceAlert[]>; holds: Read<readonly Held[]> }>> {
  const [alerts, holds] = await Promise.all([
    services.get(`/audit/place-alerts?limit=${SHOWN_MAX}`, listOf(placeAlert), bearer),
    services.get(`/settlement/holds?limit=${SHOWN_MAX}`, listOf(held), bearer),
  ]);
  return { alerts, holds };
}
export type PlaceView = Awaited<ReturnType<typeof loadPlaceAlerts>>;

// The rules of every pool, and the people who may be named by one, as the services tell them.
import { z } from 'zod';
import type { Ask } from '../decisions/decision-page.js';
import { allOf } from '../decisions/one-of.js';
import type { Read } from '../services.js';

const calendar = z.object({ today: z.string(), programmes: z.array(z.object({ programmeId: z.string(), name: z.string().nullable() })) });
const rule = z.object({
  version: z.int(), from: z.string(), operatorCapBasisPoints: z.int().nullable(), localBasisPoints: z.int().nullable(),
  deciders: z.array(z.string()), state: z.string(), proposedBy: z.string().nullable(),
});
const member = z.object({ userId: z.string(), name: z.string(), roles: z.array(z.string()), state: z.string() });
export type Rule = z.output<typeof rule>;
type Member = z.output<typeof member>;
/** A pool and its rules; `programmeId` null: the national one. */
type Ruled = Readonly<{ programmeId: string | null; programmeName: string | null; rules: readonly Rule[] }>;
export type View = Readonly<{ today: string; pools: readonly Ruled[]; members: readonly Member[] }>;

export async function load(ask: Ask): Promise<Read<View>> {
  const [found, members] = await Promise.all([ask('/settlement/closing-calendar', calendar), allOf(ask, '/identity/members', member)]);
  if (!found.ok) return found;
  if (!members.ok) return members;
  const pools: Ruled[] = [];
  for (const { programmeId, name: programmeName } of [{ programmeId: null, name: null }, ...found.value.programmes]) {
    const rules = await allOf(ask, `/settlement/sharing-rules${programmeId === null ? '' : `?programmeId=${programmeId}`}`, rule);
    if (!rules.ok) return rules;
    pools.push({ programmeId, programmeName, rules: rules.value });
  }
  return { ok: true, value: { today: found.value.today, pools, members: members.value } };
}

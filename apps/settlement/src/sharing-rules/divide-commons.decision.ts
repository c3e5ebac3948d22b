// What the commons get, divided into the pool of each programme and the national pool by the rules of a day. Once per statement and
// programme, never per line: by largest remainder, so that the parts come to the whole, to the cent.
import { minus, split, sum, type Cents, type ProgrammeId } from '#libs/kernel';
import { accounts, transferIfAny, type Account, type Transfer } from '#libs/ledger';
import type { SharingRules } from './sharing-rule.decision.js';

/** What a programme's rule made of its commons share; a programme without a rule has none, and gives all to the national pool. */
export type CommonsShare = Readonly<{ programmeId: ProgrammeId; sharingRuleVersion: number; local: Cents; national: Cents }>;
export type GivenToCommons = Readonly<{ programmeId: ProgrammeId; commons: Cents }>;

const WHOLE = 10_000n;

/**
 * `given` comes to nothing or more, yet a programme may have less than nothing, of incidents whose lines were stated before. A pool never
 * pays into a statement: what one programme lacks, the others of the statement bear, in proportion.
 */
export function divideCommons(given: readonly GivenToCommons[], rules: SharingRules): CommonsShare[] {
  return borneBy(byProgramme(given)).flatMap(({ programmeId, commons }) => {
    const rule = rules.get(programmeId);
    if (!rule || commons === 0n) return [];
    const localPart = BigInt(rule.localBasisPoints);
    const [local, national] = split(commons, [localPart, WHOLE - localPart]) as [Cents, Cents];
    return [{ programmeId, sharingRuleVersion: rule.version, local, national }];
  });
}

function byProgramme(given: readonly GivenToCommons[]): GivenToCommons[] {
  return [...new Set(given.map(({ programmeId }) => programmeId))].map((programmeId) =>
    ({ programmeId, commons: sum(given.filter((one) => one.programmeId === programmeId).map(({ commons }) => commons)) }));
}

/** The weights come to the total where nobody is below nothing: then each bears its own. */
function borneBy(given: readonly GivenToCommons[]): GivenToCommons[] {
  const total = sum(given.map(({ commons }) => commons));
  if (total <= 0n) return [];
  const parts = split(total, given.map(({ commons }) => (commons > 0n ? commons : 0n)));
  return given.map(({ programmeId }, at) => ({ programmeId, commons: parts[at]! }));
}

/** Out of an account into the pools, the national one first: it has what no rule gives to another. */
export function intoPools(from: Account, commons: Cents, shares: readonly CommonsShare[], nationalPool: string): Transfer[] {
  const { commons: pool } = accounts.settlement;
  return [
    ...transferIfAny(from, pool(nationalPool), minus(commons, sum(shares.map(({ local }) => local)))),
    ...shares.flatMap(({ programmeId, local }) => transferIfAny(from, pool(programmeId), local)),
  ];
}

// Asks the rules about what was sealed since the last look, and raises alerts. Behind the sealed log, in its order: never in the
// transaction that keeps an event, killed anywhere it goes on where its position stands, and the same log gives the same alerts.
import type { Tx } from '#libs/persistence';
import { AuditWork } from '../audit.work.js';
import { SEVERITIES, type AlertRule } from '../alert-rules/figures.decision.js';
import { figuresOn, readRuleSets, type RuleSetInForce } from '../alert-rules/rule-set.store.js';
import { raiseAll, type Finding } from './alert.store.js';
import { decideConcentration } from './concentration.decision.js';
import { decidePlaceDay } from './place-day.decision.js';
import { alarmsOf, factsOfShare, readPlaceDays, readShares } from './use.store.js';
import {
  keepHandOvers, keepPlaces, keepRedemptions, keepUndoings, linkHandOvers, lockWatch, movePosition, nextStretch, type PlaceDay,
  type Stretch,
} from './watch.store.js';

const META = { kind: 'process', name: 'alert-watch', correlationId: 'alerts' } as const;

export class AlertWatch {
  constructor(private readonly work: AuditWork) {}

  /** Pass after pass, until it stands at the end of what is sealed or `isOver` says stop. */
  async watchWhileSealed(isOver: () => boolean): Promise<void> {
    while (!isOver()) {
      const { from, to } = await nextStretch(this.work.client);
      if (from === to) return;
      await this.work.once(META, (tx) => pass(tx));
    }
  }
}

async function pass(tx: Tx): Promise<null> {
  await lockWatch(tx);
  const stretch = await nextStretch(tx.sql);
  if (stretch.from === stretch.to) return null;
  await keepPlaces(tx, stretch);
  await keepHandOvers(tx, stretch);
  await keepRedemptions(tx, stretch);
  await keepUndoings(tx, stretch);
  const days = await linkHandOvers(tx, stretch);
  const rules = await readRuleSets(tx.sql);
  // In one order, so that a memory that is built anew raises the same alerts in the same order.
  const findings = [
    ...await ofPlaceDays(tx, days, rules), ...await ofDistributors(tx, days, rules), ...await ofAlarms(tx, stretch, rules),
  ];
  await raiseAll(tx, findings);
  await movePosition(tx, stretch);
  return null;
}

type Rules = readonly RuleSetInForce[];
const severityOf = (rule: AlertRule) => ({ rule, severity: SEVERITIES[rule] });

async function ofPlaceDays(tx: Tx, days: readonly PlaceDay[], rules: Rules): Promise<Finding[]> {
  if (days.length === 0) return [];
  return (await readPlaceDays(tx, days)).flatMap(({ placeId, day, uses }) => {
    const { version, figures } = figuresOn(rules, day);
    return decidePlaceDay(uses, figures).map(({ rule, deviceId, facts, measured }): Finding => ({
      ...severityOf(rule), ruleVersion: version, placeId, deviceId, distributorId: null, windowFrom: day, windowTo: day, measured,
      facts: facts.map(({ redemptionId, at, amountCents }) => ({ eventId: redemptionId, at: new Date(at), amountCents })),
    }));
  });
}

async function ofDistributors(tx: Tx, days: readonly PlaceDay[], rules: Rules): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const { shares, ...month } of days.length === 0 ? [] : await readShares(tx, days)) {
    // Those of its first day: a month is measured by one set.
    const { version, figures } = figuresOn(rules, month.from);
    for (const { placeId, measured } of decideConcentration(shares, figures)) {
      const facts = (await factsOfShare(tx, month, placeId)).map(({ redemptionId, ...fact }) => ({ eventId: redemptionId, ...fact }));
      findings.push({
        ...severityOf('concentration'), ruleVersion: version, placeId, deviceId: null, distributorId: month.distributorId,
        windowFrom: month.from, windowTo: month.to, measured, facts,
      });
    }
  }
  return findings;
}

/** Redemption counted and has its own bound: what it tells is an alert. */
async function ofAlarms(tx: Tx, stretch: Stretch, rules: Rules): Promise<Finding[]> {
  return (await alarmsOf(tx, stretch)).map(({ eventId, placeId, day, at, count }) => ({
    ...severityOf('constructed_codes'), ruleVersion: figuresOn(rules, day).version, placeId, deviceId: null, distributorId: null,
    windowFrom: day, windowTo: day, measured: { codes: count }, facts: [{ eventId, at, amountCents: 0 }],
  }));
}

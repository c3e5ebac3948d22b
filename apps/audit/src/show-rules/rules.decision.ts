// Which rules were in force on a day: of each kind, the one with the latest day of effect that had come, of one day the higher version.
import type { LocalDate } from '#libs/kernel';

export const RULE_KINDS = ['programme', 'fees', 'closing', 'upstream_fees', 'netting_terms', 'tariff'] as const;
export type RuleKind = (typeof RULE_KINDS)[number];

const KIND_OF: Readonly<Record<string, RuleKind>> = {
  'programme.published.v1': 'programme', 'fee_rule.published.v1': 'fees', 'closing_rule.published.v1': 'closing',
  'upstream_fee_rule.published.v1': 'upstream_fees', 'netting_terms.published.v1': 'netting_terms', 'tariff.published.v1': 'tariff',
};
export const RULE_TYPES: readonly string[] = Object.keys(KIND_OF);

/** `saidOn`: the day of its arrival where the operator is, which counts where a rule names no day. */
export type RuleEvent = Readonly<{ eventId: string; type: string; at: Date; saidOn: LocalDate; body: Readonly<Record<string, unknown>> }>;
export type RuleInForce = Readonly<{ kind: RuleKind; version: number; from: LocalDate; eventId: string; toldAt: Date; body: RuleEvent['body'] }>;

/** A tariff is one per place and service; upstream fees of every programme and of one stand beside each other, and the narrower counts. */
const placeOf = ({ type, body }: RuleEvent): string => [type, body['programmeId'], body['placeId'], body['service']].map((part) => String(part ?? '')).join(' ');

export function rulesOn(events: readonly RuleEvent[], day: LocalDate): RuleInForce[] {
  const inForce = new Map<string, RuleInForce>();
  for (const event of events) {
    const { type, body, eventId, at } = event;
    const kind = KIND_OF[type];
    const from = (body['from'] ?? body['effectiveFrom'] ?? event.saidOn) as LocalDate;
    if (!kind || from > day) continue;
    const version = Number(body['version'] ?? body['ruleVersion']);
    const before = inForce.get(placeOf(event));
    if (before && (before.from > from || (before.from === from && before.version > version))) continue;
    inForce.set(placeOf(event), { kind, version, from, eventId, toldAt: at, body });
  }
  const place = ({ kind }: RuleInForce) => RULE_KINDS.indexOf(kind);
  return [...inForce.values()].sort((one, other) => place(one) - place(other) || (one.eventId < other.eventId ? -1 : 1));
}

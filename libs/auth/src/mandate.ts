// An auditing body sees by a mandate and not by its role: what was let it, for as long as it was.
import type { Mandate, Principal } from './principal.js';

export type MandateRefusal = 'mandate_missing' | 'mandate_ended' | 'mandate_too_narrow';

/**
 * What a route asks of an auditor's mandate. `whole`, where nothing is said: one that is narrowed to nothing. `scoped`: any, because the
 * route narrows what it shows by itself. `none`: it shows people themselves.
 */
export type MandateRule = 'whole' | 'scoped' | 'none';

export const isWhole = ({ programmeIds, payerIds }: Mandate): boolean => programmeIds.length === 0 && payerIds.length === 0;

/** Undefined where the caller may look. Whoever acts for no auditing body needs no mandate. */
export function mandateRefusal({ organisationKind, mandates }: Principal, rule: MandateRule): MandateRefusal | undefined {
  if (organisationKind !== 'auditor' || rule === 'none') return undefined;
  if (!mandates || mandates.inForce.length === 0) return mandates?.hadOne ? 'mandate_ended' : 'mandate_missing';
  return rule === 'whole' && !mandates.inForce.some(isWhole) ? 'mandate_too_narrow' : undefined;
}

/** What a `scoped` route shows to the caller: all of it (undefined), or what one of these mandates names. */
export function scopesOf({ organisationKind, mandates }: Principal): readonly Mandate[] | undefined {
  if (organisationKind !== 'auditor') return undefined;
  const inForce = mandates?.inForce ?? [];
  return inForce.some(isWhole) ? undefined : inForce;
}

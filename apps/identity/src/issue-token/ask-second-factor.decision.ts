// Who acts for the operator or audits reads what everybody did: a password alone, read over a shoulder, must not open that.
import { reject, type Rejected } from '#libs/kernel';
import type { RefusalCode } from '../refusals.js';

const STAFF: ReadonlySet<string> = new Set(['operator', 'auditor']);

/** By the kind of the organisation that they act for. */
export const isStaff = (kind: string): boolean => STAFF.has(kind);

/** `proved`: a second factor in this very sign-in, however long ago; what moves money asks again how long. */
export type Proof = Readonly<{ proved: boolean; hasFactor: boolean }>;

export function askSecondFactor(kind: string, { proved, hasFactor }: Proof): Rejected<RefusalCode> | undefined {
  if (proved || !isStaff(kind)) return undefined;
  return reject(hasFactor ? 'second_factor_asked' : 'second_factor_missing');
}

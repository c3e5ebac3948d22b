// A programme with all that rules it; what only the operator may read is asked for the operator alone.
import { z } from 'zod';
import type { Ask } from '../decisions/decision-page.js';
import { allOf } from '../decisions/one-of.js';
import { problemOf, type Read } from '../services.js';
import type { SignedInVisit } from '../visit.js';
import { programme, type Programme } from './programmes.list.js';

const fee = z.object({ version: z.int(), from: z.string(), feeBasisPoints: z.int(), vatBasisPoints: z.int(), commonsBasisPoints: z.int(),
  promisedCapBasisPoints: z.int().nullable() });
export type PlaceFee = z.output<typeof fee>;
const closing = z.object({ version: z.int(), from: z.string(), frequency: z.string(), minimumCents: z.int(), payDaysMax: z.int() });
export type Closing = z.output<typeof closing>;
const payerFee = z.object({
  ruleId: z.string(), programmeId: z.string().nullable(), version: z.int(), from: z.string(), feeBasisPoints: z.int(),
  vatBasisPoints: z.int(),
  vatRegime: z.string(), vatProvision: z.string().nullable(), orderMaxCents: z.int().nullable(),
  agreement: z.object({ cents: z.int(), basisPoints: z.int() }).nullable(),
  services: z.array(z.object({ label: z.string(), amountCents: z.int() })),
});
export type PayerFee = z.output<typeof payerFee>;
export const bankAccount = z.object({ bankAccountId: z.string(), name: z.string(), iban: z.string(), bic: z.string() });
export type BankAccount = z.output<typeof bankAccount>;

export type ProgrammeView = Readonly<{
  programmeId: string; rules: readonly Programme[]; fees: Read<readonly PlaceFee[]>; closings: Read<readonly Closing[]>;
  /** The programme's own, and those of every programme without its own. */
  payerFees: Read<readonly PayerFee[]>; usualFees: Read<readonly PayerFee[]>; accounts: Read<readonly BankAccount[]>;
}>;
const NOT_ASKED = problemOf(403, 'role_missing');

export const isOperator = ({ person: { organisation: { roles } } }: SignedInVisit): boolean => roles.includes('operator');

export async function loadProgramme(ask: Ask, id: string, visit: SignedInVisit): Promise<Read<ProgrammeView>> {
  const [rules, fees, closings, payerFees, usualFees, accounts] = await Promise.all([
    allOf(ask, `/issuance/programmes/${id}/rules?limit=100`, programme), allOf(ask, `/settlement/fee-rules?programmeId=${id}`, fee),
    allOf(ask, `/settlement/closing-rules?programmeId=${id}`, closing), allOf(ask, `/issuance/upstream-fee-rules?programmeId=${id}`, payerFee),
    allOf(ask, '/issuance/upstream-fee-rules', payerFee),
    isOperator(visit) ? allOf(ask, '/settlement/bank-accounts', bankAccount) : NOT_ASKED,
  ]);
  return rules.ok ? { ok: true, value: { programmeId: id, rules: rules.value, fees, closings, payerFees, usualFees, accounts } } : rules;
}

export const inForce = (rules: readonly Programme[]): Programme | undefined => rules.find(({ state }) => state === 'in_force') ?? rules[0];

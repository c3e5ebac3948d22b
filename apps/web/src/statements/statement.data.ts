// One statement as its page reads it: what it comes to, by which rules, and what became of the money.
import { z } from 'zod';
import type { Read, Services } from '../services.js';

const parts = z.array(z.object({ to: z.enum(['place', 'operator', 'state', 'commons']), amountCents: z.int() }));
const statement = z.object({
  statementId: z.string(), period: z.string(), legalName: z.string().nullable(), lines: z.int(), grossCents: z.int(),
  feeCents: z.int(), vatCents: z.int(),
  commonsCents: z.int(), netCents: z.int(), toPayCents: z.int(), state: z.string(), closedAt: z.string(), sha256: z.string(),
  nettingVersion: z.int().nullable(),
  billedFeeCents: z.int(), billedVatCents: z.int(),
  setOffs: z.array(z.object({ earlyPaymentId: z.string().nullable(), number: z.string(), amountCents: z.int() })),
});
const shares = z.object({
  groups: z.array(z.object({
    programmeId: z.string(), feeRuleVersion: z.int(), feeBasisPoints: z.int(), vatBasisPoints: z.int(), commonsBasisPoints: z.int(),
    grossCents: z.int(),
    parts, lines: z.int(),
  })),
});
const payments = z.object({
  items: z.array(z.object({
    state: z.string(), amountCents: z.int(), reference: z.string(), iban: z.string().nullable(), executionOn: z.string(),
    preparedAt: z.string(),
    releasedAt: z.string().nullable(), bookedOn: z.string().nullable(), returnedOn: z.string().nullable(),
    rejectedAt: z.string().nullable(),
    reasonCode: z.string().nullable(),
  })),
}).transform(({ items }) => items);

export type Statement = z.output<typeof statement>;
export type Group = z.output<typeof shares>['groups'][number];
export type Payment = z.output<typeof payments>[number];
export type StatementView = Readonly<{ statement: Read<Statement>; groups: Read<readonly Group[]>; payments: Read<readonly Payment[]> }>;

export async function loadStatement(services: Services, bearer: string, statementId: string): Promise<StatementView> {
  const path = `/settlement/statements/${statementId}`;
  const [found, divided, paid] = await Promise.all([
    services.get(path, statement, bearer), services.get(`${path}/shares`, shares, bearer), services.get(`${path}/payments`, payments, bearer),
  ]);
  return { statement: found, groups: divided.ok ? { ok: true, value: divided.value.groups } : divided, payments: paid };
}

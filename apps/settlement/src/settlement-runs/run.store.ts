import { toWire, type BankAccountId, type Cents, type LocalDate, type PaymentId } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import { endToEndIdOf } from '../bank-files/end-to-end-id.js';
import type { Purpose, Rail } from '../payment-source.decision.js';
import { personOf } from '../settlement.work.js';
import type { Payable, PayeeAccount, PayeeDestination } from './create-run.decision.js';
import type { RunId } from './settlement-runs.commands.js';

type AnyAccount = PayeeAccount | PayeeDestination;
export type RunPayment<Account extends AnyAccount = PayeeAccount> = Payable<Account> & Readonly<{ paymentId: PaymentId }>;
export type NewRun = Readonly<{
  runId: RunId;
  rail: Rail;
  bankAccountId: BankAccountId;
  purpose: Purpose;
  messageId: string;
  /** Of a file for the bank. */
  paymentInformationId: string | null;
  executionOn: LocalDate;
  amount: Cents;
  payments: readonly RunPayment<AnyAccount>[];
  /** What is approved: a file for the bank, or the list of transfers. */
  file: Readonly<{ bytes: Uint8Array; sha256: string }>;
}>;

export async function insertRun(tx: Tx, run: NewRun): Promise<void> {
  const { runId, rail, purpose, payments, file } = run;
  await tx.sql.$executeRaw`
    insert into settlement.settlement_run (id, rail, bank_account_id, purpose, state, message_id, payment_information_id, execution_on, payment_count, amount,
      currency, created_by, created_at)
    values (${runId}::uuid, ${rail}, ${run.bankAccountId}::uuid, ${purpose}, 'drafted', ${run.messageId}, ${run.paymentInformationId}, ${run.executionOn}::date,
      ${payments.length}, ${run.amount}, 'EUR', ${personOf(tx)}, ${tx.now})`;
  await tx.sql.$executeRaw`
    insert into settlement.payment_file (run_id, sha256, bytes) values (${runId}::uuid, ${file.sha256}, ${file.bytes})`;
  await insertPayments(tx, run);
}

async function insertPayments(tx: Tx, { runId, rail, purpose, payments }: NewRun): Promise<void> {
  const rows = payments.map(({ paymentId, payeeId, account, amount }) =>
    ({ id: paymentId, payeeId, [account.rail === 'sepa' ? 'accountId' : 'destinationId']: account.id, endToEndId: endToEndIdOf(paymentId), amount: toWire(amount) }));
  const links = payments.flatMap(({ paymentId, statements }) => statements.map(({ id }) => ({ paymentId, statementId: id })));
  await tx.sql.$executeRaw`
    insert into settlement.payment (id, run_id, rail, purpose, payee_id, payee_bank_account_id, payee_destination_id, end_to_end_id, amount, currency, state)
    select t.id, ${runId}::uuid, ${rail}, ${purpose}, t."payeeId", t."accountId", t."destinationId", t."endToEndId", t.amount, 'EUR', 'instructed'
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t(id uuid, "payeeId" uuid, "accountId" uuid, "destinationId" uuid, "endToEndId" text, amount bigint)`;
  await tx.sql.$executeRaw`
    insert into settlement.payment_statement (payment_id, statement_id, live)
    select t."paymentId", t."statementId", true
    from jsonb_to_recordset(${JSON.stringify(links)}::jsonb) as t("paymentId" uuid, "statementId" uuid)`;
  const allocated = payments.flatMap(({ paymentId, allocations = [] }) =>
    allocations.map(({ allocationId }) => ({ paymentId, allocationId })));
  await tx.sql.$executeRaw`
    insert into settlement.payment_allocation (payment_id, allocation_id, live)
    select t."paymentId", t."allocationId", true
    from jsonb_to_recordset(${JSON.stringify(allocated)}::jsonb) as t("paymentId" uuid, "allocationId" uuid)`;
  const instalments = payments.flatMap(({ paymentId, early = [] }) => early.map(({ earlyPaymentId }) => ({ paymentId, earlyPaymentId })));
  await tx.sql.$executeRaw`
    insert into settlement.payment_early (payment_id, early_payment_id, live)
    select t."paymentId", t."earlyPaymentId", true
    from jsonb_to_recordset(${JSON.stringify(instalments)}::jsonb) as t("paymentId" uuid, "earlyPaymentId" uuid)`;
  const refunded = payments.flatMap(({ paymentId, refunds }) => refunds.map(({ refundId }) => ({ paymentId, refundId })));
  await tx.sql.$executeRaw`
    insert into settlement.payment_refund (payment_id, refund_id, live)
    select t."paymentId", t."refundId", true
    from jsonb_to_recordset(${JSON.stringify(refunded)}::jsonb) as t("paymentId" uuid, "refundId" uuid)`;
}

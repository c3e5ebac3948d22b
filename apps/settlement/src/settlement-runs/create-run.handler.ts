import { createHash } from 'node:crypto';
import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { assert, cents, dayIn, idOf, isRejected, reject, toWire, type BankAccountId, type Cents, type LocalDate, type Rejected } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import { bankFileOf } from './payment-file.js';
import { maskIban } from '../bank-fields.js';
import { lockByName } from '../database.store.js';
import { setOffUnpaid } from '../debit-notes/set-off.js';
import { BANK_TIME_ZONE, PAYMENTS_PER_RUN_MAX, PREVIEW_MAX } from '../limits.js';
import { COOLING_OFF } from '../payee-bank-accounts/cooling-off.decision.js';
import type { Purpose, Rail } from '../payment-source.decision.js';
import { SettlementWork } from '../settlement.work.js';
import { stripeAccount } from '../stripe-account/stripe-account.store.js';
import { StripeDesk } from '../stripe-desk.js';
import {
  decideRun, decideStripeSource, messageIdOf, type DecidedRun, type Owed, type PayeeAccount, type PayeeDestination, type RunConditions,
} from './create-run.decision.js';
import { insertLeftOut } from './left-out.store.js';
import { listOwedAllocations } from './owed-allocations.store.js';
import { listOwedEarlyPayments } from './owed-early-payments.store.js';
import { operatorOwed } from './owed-fees.js';
import { listOwed, listOwedByStripe, payingAccount, type PayingAccount } from './owed.store.js';
import { listOwedRefunds } from './owed-refunds.store.js';
import { insertRun, type NewRun } from './run.store.js';
import { CreateRun, type CreatedRun, type RunId } from './settlement-runs.commands.js';
import { transferListOf } from './transfer-list.js';

@CommandHandler(CreateRun)
export class CreateRunHandler implements ICommandHandler<CreateRun> {
  constructor(
    private readonly work: SettlementWork, private readonly desk: StripeDesk, @Inject(COOLING_OFF) private readonly coolingOffHours: number,
  ) {}

  async execute({ request, meta }: CreateRun): Promise<CreatedRun | Rejected> {
    if (request.rail === 'stripe' && !this.desk.open) return reject('card_payments_off');
    return this.work.once<CreatedRun | Rejected>(meta, async (tx) => {
      const { rail, bankAccountId, purpose, amountCents } = request;
      // Two runs at once would both see the same statements unpaid; the second now sees them taken.
      await lockByName(tx, 'settlement runs');
      if (purpose === 'place') await setOffUnpaid(tx);
      const from = await payingAccount(tx, bankAccountId);
      const today = dayIn(BANK_TIME_ZONE, tx.now);
      const fees = cents(amountCents ?? 0);
      const asked = { bankAccountId, purpose, fees, from, executionOn: request.executionOn ?? today };
      const conditions = {
        rail, bankAccount: from !== undefined, today, executionOn: asked.executionOn, at: tx.now, coolingOffHours: this.coolingOffHours,
        paymentsMax: PAYMENTS_PER_RUN_MAX,
      };
      const made = await (rail === 'sepa' ? fileRun : transferRun)(tx, asked, conditions);
      if (isRejected(made)) return made;
      await insertRun(tx, made.run);
      await insertLeftOut(tx, made.run.runId, made.leftOut);
      return preview(made.run, made.leftOut);
    });
  }
}

type Asked = Readonly<{
  bankAccountId: BankAccountId; purpose: Purpose; fees: Cents; from: PayingAccount | undefined; executionOn: LocalDate;
}>;
type MadeRun = Readonly<{ run: NewRun; leftOut: DecidedRun['leftOut'] }>;

async function fileRun(tx: Tx, { from, ...asked }: Asked, conditions: RunConditions): Promise<MadeRun | Rejected> {
  const owed = from ? await owedFor(tx, asked, conditions.today) : [];
  if (isRejected(owed)) return owed;
  const decided = decideRun(owed, conditions);
  if (isRejected(decided)) return decided;
  assert(from, 'a run was decided without an account that pays');
  const named = namedRun(tx, decided);
  const { bytes, paymentInformationId } = bankFileOf({ ...named, createdAt: tx.now, executionOn: asked.executionOn, from });
  return { run: runOf('sepa', asked, named, bytes, paymentInformationId), leftOut: decided.leftOut };
}

function owedFor(tx: Tx, { purpose, bankAccountId, fees }: Omit<Asked, 'from'>, today: LocalDate): Promise<Owed[] | Rejected> {
  switch (purpose) {
    case 'place': return listOwed(tx, bankAccountId, today);
    case 'refund': return listOwedRefunds(tx, bankAccountId);
    case 'commons': return listOwedAllocations(tx, bankAccountId);
    case 'early': return listOwedEarlyPayments(tx, bankAccountId, today);
    case 'fees': return operatorOwed(tx, bankAccountId, fees);
  }
}

async function transferRun(tx: Tx, { from, ...asked }: Asked, conditions: RunConditions): Promise<MadeRun | Rejected> {
  if (!from) return reject('bank_account_unknown');
  const source = decideStripeSource(asked.bankAccountId, await stripeAccount(tx.sql));
  if (isRejected(source)) return source;
  const decided = decideRun(await listOwedByStripe(tx, asked.bankAccountId, conditions.today), conditions);
  if (isRejected(decided)) return decided;
  const named = namedRun(tx, decided);
  return { run: runOf('stripe', asked, named, transferListOf(named.messageId, named.payments), null), leftOut: decided.leftOut };
}

function namedRun<Account extends PayeeAccount | PayeeDestination>(tx: Tx, { payments, amount }: DecidedRun<Account>) {
  const runId: RunId = idOf('settlementRun', tx.newId());
  return {
    runId, messageId: messageIdOf(runId), amount, payments: payments.map((payment) => ({ ...payment, paymentId: idOf('payment', tx.newId()) })),
  };
}

const runOf = (
  rail: Rail, { bankAccountId, purpose, executionOn }: Omit<Asked, 'from'>, named: Pick<NewRun, 'runId' | 'messageId' | 'amount' | 'payments'>, bytes: Uint8Array,
  paymentInformationId: string | null,
): NewRun => ({ rail, bankAccountId, purpose, executionOn, ...named, paymentInformationId, file: { bytes, sha256: createHash('sha256').update(bytes).digest('hex') } });

function preview({ runId, rail, purpose, messageId, executionOn, file, amount, payments }: NewRun, leftOut: MadeRun['leftOut']): CreatedRun {
  return {
    runId, rail, purpose, sha256: file.sha256, messageId, executionOn, paymentCount: payments.length, amountCents: toWire(amount),
    payments: payments.slice(0, PREVIEW_MAX).map(({ payeeId, legalName, account, amount: each, statements, refunds, ...one }) => ({
      payeeId, legalName, iban: account.rail === 'sepa' ? maskIban(account.iban) : null,
      stripeAccountId: account.rail === 'stripe' ? account.stripeAccountId : null,
      amountCents: toWire(each), statements: statements.length, refunds: refunds.length,
      allocations: one.allocations?.length ?? 0, earlyPayments: one.early?.length ?? 0,
    })),
    leftOutCount: leftOut.length,
    leftOut: leftOut.slice(0, PREVIEW_MAX).map(({ payeeId, legalName, amount: each, reason }) =>
      ({ payeeId, legalName, amountCents: toWire(each), reason })),
  };
}

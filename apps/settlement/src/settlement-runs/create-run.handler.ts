import { createHash } from 'node:crypto';
import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { assert, dayIn, idOf, isRejected, toWire, type LocalDate, type Rejected } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import { bankFileOf } from './payment-file.js';
import { maskIban } from '../bank-fields.js';
import { lockByName } from '../database.store.js';
import { setOffUnpaid } from '../debit-notes/set-off.js';
import { BANK_TIME_ZONE, PAYMENTS_PER_RUN_MAX, PREVIEW_MAX } from '../limits.js';
import { COOLING_OFF } from '../payee-bank-accounts/cooling-off.decision.js';
import type { Purpose } from '../payment-source.decision.js';
import { SettlementWork } from '../settlement.work.js';
import { decideRun, messageIdOf, type DecidedRun } from './create-run.decision.js';
import { insertLeftOut } from './left-out.store.js';
import { listOwed, payingAccount } from './owed.store.js';
import { listOwedRefunds } from './owed-refunds.store.js';
import { insertRun, type NewRun } from './run.store.js';
import { CreateRun, type CreatedRun, type RunId } from './settlement-runs.commands.js';

@CommandHandler(CreateRun)
export class CreateRunHandler implements ICommandHandler<CreateRun> {
  constructor(private readonly work: SettlementWork, @Inject(COOLING_OFF) private readonly coolingOffHours: number) {}

  execute({ request, meta }: CreateRun) {
    return this.work.once<CreatedRun | Rejected>(meta, async (tx) => {
      const { bankAccountId, purpose } = request;
      // Two runs at once would both see the same statements unpaid; the second now sees them taken.
      await lockByName(tx, 'settlement runs');
      if (purpose === 'place') await setOffUnpaid(tx);
      const from = await payingAccount(tx, bankAccountId);
      const today = dayIn(BANK_TIME_ZONE, tx.now);
      const executionOn = request.executionOn ?? today;
      const owed = purpose === 'refund' ? listOwedRefunds : listOwed;
      const decided = decideRun(from ? await owed(tx, bankAccountId, today) : [], {
        bankAccount: from !== undefined, today, executionOn, at: tx.now,
        coolingOffHours: this.coolingOffHours, paymentsMax: PAYMENTS_PER_RUN_MAX,
      });
      if (isRejected(decided)) return decided;
      assert(from, 'a run was decided without an account that pays');
      const run = newRun(tx, { bankAccountId, purpose, from, executionOn }, decided);
      await insertRun(tx, run);
      await insertLeftOut(tx, run.runId, decided.leftOut);
      return preview(run, decided);
    });
  }
}

type Paying = Readonly<{
  bankAccountId: NewRun['bankAccountId']; purpose: Purpose; from: Readonly<{ name: string; iban: string; bic: string }>; executionOn: LocalDate;
}>;

function newRun(tx: Tx, { bankAccountId, purpose, from, executionOn }: Paying, decided: DecidedRun): NewRun {
  const runId: RunId = idOf('settlementRun', tx.newId());
  const messageId = messageIdOf(runId);
  const payments = decided.payments.map((payment) => ({ ...payment, paymentId: idOf('payment', tx.newId()) }));
  const { bytes, paymentInformationId } = bankFileOf({ messageId, createdAt: tx.now, executionOn, from, payments });
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return {
    runId, bankAccountId, purpose, messageId, paymentInformationId, executionOn, amount: decided.amount, payments, file: { bytes, sha256 },
  };
}

function preview({ runId, purpose, messageId, executionOn, file, amount, payments }: NewRun, { leftOut }: DecidedRun): CreatedRun {
  return {
    runId, purpose, sha256: file.sha256, messageId, executionOn, paymentCount: payments.length, amountCents: toWire(amount),
    payments: payments.slice(0, PREVIEW_MAX).map(({ payeeId, legalName, account, amount: each, statements, refunds }) => ({
      payeeId, legalName, iban: maskIban(account.iban), amountCents: toWire(each), statements: statements.length, refunds: refunds.length,
    })),
    leftOutCount: leftOut.length,
    leftOut: leftOut.slice(0, PREVIEW_MAX).map(({ payeeId, legalName, amount: each, reason }) =>
      ({ payeeId, legalName, amountCents: toWire(each), reason })),
  };
}

// Two people let the money go, the bank takes it, and some of it comes back: then the payee's account is blocked until
// another one has been entered and seen, and the next run pays what is owed again.
import { isRejected } from '#libs/kernel';
import { giveAccount } from '../../world/places.js';
import { paymentsOf, type Payment, type Run } from '../../world/money-out.js';
import { ibanOf } from '../../world/samples.js';
import { below } from '../plan/chance.decision.js';
import { answersOf, REASONS } from '../plan/bank-answers.decision.js';
import { drawOf, operatorOf, type Year } from '../year.js';
import type { Payee } from './accredit-places.js';
import { importStatements } from './import-statements.js';
import type { YearScheme } from './open-scheme.js';

const RETURNED_AFTER_DAYS = 3;
const NEW_IBANS_FROM = 100_000;

export class PayDesk {
  private runs = 0;
  private returns = 0;

  constructor(private readonly year: Year, private readonly scheme: YearScheme, private readonly payees: ReadonlyMap<string, Payee>) {}

  /** Undefined when nobody is owed anything. The file is at the bank when it resolves. */
  async release(): Promise<Run | undefined> {
    const { people: { approver }, bank, folder } = this.year;
    const operator = operatorOf(this.year);
    const { status, body } = await operator.tryPost('/settlement/settlement-runs', { bankAccountId: this.scheme.bankAccountId, executionOn: bank.day });
    if ((body as { code?: string }).code === 'nothing_to_pay') return undefined;
    if (status >= 300) throw new Error(JSON.stringify(body));
    const run = body as Run;
    await approver.post(`/settlement/settlement-runs/${run.runId}/approvals`, { sha256: run.sha256 });
    await operator.post(`/settlement/settlement-runs/${run.runId}/release`);
    const file = await operator.text(`/settlement/settlement-runs/${run.runId}/file`);
    this.runs += 1;
    folder.files.pain001Places.push(folder.write(`places-${String(this.runs).padStart(2, '0')}.pain001.xml`, file));
    const taken = bank.execute(file);
    if (isRejected(taken)) throw new Error(`the bank refused the file: ${taken.code}`);
    return run;
  }

  /** The payments that the bank will send back. */
  async returned(run: Run): Promise<Payment[]> {
    const payments = await paymentsOf(operatorOf(this.year), run.runId);
    const answers = answersOf(payments.length, { returns: this.returns, rejects: 0 }, drawOf(this.year, `bank:${this.runs}`));
    const back = payments.filter((_, index) => answers[index] === 'returns');
    this.returns += back.length;
    return back;
  }

  /** The bank sends them back some days later; then each payee gets another account. */
  async takeBack(back: readonly Payment[], waitUntil: (days: number) => Promise<void>): Promise<void> {
    if (back.length === 0) return;
    const { bank, people } = this.year;
    const draw = drawOf(this.year, `reasons:${this.runs}`);
    await waitUntil(RETURNED_AFTER_DAYS);
    for (const { endToEndId } of back) bank.returnPayment(endToEndId, REASONS[below(draw, REASONS.length)]);
    await waitUntil(1);
    await importStatements(this.year);
    for (const [index, { payeeId }] of back.entries()) {
      const iban = ibanOf(NEW_IBANS_FROM + 100 * this.runs + index);
      await giveAccount(people, payeeId, this.payees.get(payeeId)!.legalName, iban);
    }
  }
}

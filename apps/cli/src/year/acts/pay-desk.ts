// Two people let the money go, the bank takes it, and some of it does not arrive: refused before the debit, or sent back
// days after it. Then the payee's account is blocked until another one was entered and seen, and the next run pays again.
import { isRejected } from '#libs/kernel';
import { paymentsOf, type Payment, type Run } from '../../world/money-out.js';
import { giveAccount } from '../../world/places.js';
import { ibanOf } from '../../world/samples.js';
import { answersOf, REASONS, type BankAnswer } from '../plan/bank-answers.decision.js';
import { below } from '../plan/chance.decision.js';
import { drawOf, operatorOf, type Year } from '../year.js';
import { importStatements } from './import-statements.js';

export type Purpose = 'place' | 'refund';
/** What a run of payments came to; `reject` and `return` are those that did not arrive. */
export type Released = Readonly<{ run: Run; reportId: string; reject: readonly Payment[]; return: readonly Payment[] }>;
export type WaitUntil = (days: number) => Promise<void>;
/** By payee, as its bank knows it. */
export type Holders = ReadonlyMap<string, string>;

const RETURNED_AFTER_DAYS = 3;
const FILES = { place: 'pain001Places', refund: 'pain001Refunds' } as const;

/** What did not arrive goes to a changed account. It cools off for three days from the hour of its approval, so until the fourth. */
export const COOLING_OFF_DAYS = 4;
export const cameBack = ({ reject, return: sentBack }: Released): boolean => reject.length + sentBack.length > 0;

export class PayDesk {
  private runs = 0;
  private before = { returns: 0, rejects: 0 };

  /** `ibansFrom` and the thousand after it are this desk's to give out. */
  constructor(
    private readonly year: Year,
    private readonly of: Readonly<{ purpose: Purpose; bankAccountId: string; holders: Holders; ibansFrom: number }>,
  ) {}

  /** Undefined when nobody is owed anything. The file is at the bank when it resolves. */
  async release(): Promise<Released | undefined> {
    const { bank } = this.year;
    const operator = operatorOf(this.year);
    const { purpose, bankAccountId } = this.of;
    const { status, body } = await operator.tryPost('/settlement/settlement-runs', { bankAccountId, purpose, executionOn: bank.day });
    if ((body as { code?: string }).code === 'nothing_to_pay') return undefined;
    if (status >= 300) throw new Error(JSON.stringify(body));
    const run = body as Run & { messageId: string };
    await this.approve(run);
    await operator.post(`/settlement/settlement-runs/${run.runId}/release`);
    const answers = await this.answersTo(run);
    this.execute(await operator.text(`/settlement/settlement-runs/${run.runId}/file`), answers);
    return { run, reportId: run.messageId, reject: answers.reject, return: answers.return };
  }

  /** What is unusual is named by two people: a month of a year may come to more than three times the one before. */
  private async approve({ runId, sha256 }: Run): Promise<void> {
    const { people: { approver }, deputy } = this.year;
    const approvals = `/settlement/settlement-runs/${runId}/approvals`;
    const { status, body } = await approver.tryPost(approvals, { sha256 });
    if (status < 300) return;
    const { code, details } = body as { code: string; details: { breakers?: string } };
    if (code !== 'breaker_tripped') throw new Error(JSON.stringify(body));
    const reasons = details.breakers!.split(' ').map((breaker) => ({ breaker, reason: 'compared with the statements of the month' }));
    for (const person of [approver, deputy]) await person.post(approvals, { sha256, reasons });
  }

  private async answersTo(run: Run): Promise<Pick<Released, 'reject' | 'return'>> {
    this.runs += 1;
    const payments = await paymentsOf(operatorOf(this.year), run.runId);
    const answers = answersOf(payments.length, this.before, drawOf(this.year, `bank:${this.of.purpose}:${this.runs}`));
    const those = (wanted: BankAnswer) => payments.filter((_, index) => answers[index] === wanted);
    const [reject, sentBack] = [those('rejects'), those('returns')];
    this.before = { returns: this.before.returns + sentBack.length, rejects: this.before.rejects + reject.length };
    return { reject, return: sentBack };
  }

  private execute(file: string, { reject }: Pick<Released, 'reject'>): void {
    const { bank, folder } = this.year;
    const name = `${this.of.purpose}s-${String(this.runs).padStart(2, '0')}`;
    folder.files[FILES[this.of.purpose]].push(folder.write(`${name}.pain001.xml`, file));
    const taken = bank.execute(file, Object.fromEntries(reject.map(({ endToEndId }) => [endToEndId, this.reason()])));
    if (isRejected(taken)) throw new Error(`the bank refused the file: ${taken.code}`);
  }

  /** The next morning: what the bank took and did not take, and its statement. Days later what comes back. */
  async hear(released: Released, waitUntil: WaitUntil): Promise<void> {
    const { bank, folder } = this.year;
    await waitUntil(1);
    const report = bank.report(released.reportId);
    folder.files.bankReports.push(folder.write(`${this.of.purpose}s-${String(this.runs).padStart(2, '0')}.pain002.xml`, report));
    await operatorOf(this.year).post('/settlement/payment-reports', report);
    await importStatements(this.year);
    if (released.return.length > 0) {
      await waitUntil(RETURNED_AFTER_DAYS);
      for (const { endToEndId } of released.return) bank.returnPayment(endToEndId, this.reason());
      await waitUntil(1);
      await importStatements(this.year);
    }
    await this.giveAccounts([...released.reject, ...released.return]);
  }

  private async giveAccounts(back: readonly Payment[]): Promise<void> {
    const { people } = this.year;
    for (const [index, { payeeId }] of back.entries()) {
      await giveAccount(people, payeeId, this.of.holders.get(payeeId)!, ibanOf(this.of.ibansFrom + 100 * this.runs + index));
    }
  }

  private reason(): string {
    return REASONS[below(drawOf(this.year, `reason:${this.runs}`), REASONS.length)]!;
  }
}

import { createHash } from 'node:crypto';
import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { assert, idOf, isRejected, minus, reject, type Rejected } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import type { BankFile, BankStatement } from '../bank-files/bank-statement.js';
import { readBankFile } from '../bank-files/read-bank-file.js';
import { lockByName } from '../database.store.js';
import { lockPools } from '../allocations/allocation.store.js';
import { lockNotes } from '../debit-notes/debit-note.store.js';
import { poolsByReference } from '../gifts/gift.store.js';
import { lockDebtors, lockInvoices } from '../place-invoices/place-invoice-discharge.store.js';
import { lockPayments } from '../known-payment.store.js';
import { ANNOUNCED_PAYOUTS_MAX, LINES_PER_FILE_MAX, STATEMENTS_PER_FILE_MAX } from '../limits.js';
import { SettlementWork } from '../settlement.work.js';
import { announcedPayouts } from '../stripe-balance/stripe-payout.store.js';
import { decideBankLines, movedBy } from './bank-line.decision.js';
import { decideBankStatement } from './bank-statement.decision.js';
import { historyFor, insertBankStatement, keepFile } from './bank-statement.store.js';
import { bookLines } from './book-lines.js';
import { ImportBankStatement, type ImportedFile, type ImportedStatement } from './import-bank-statement.command.js';
import { askedOf, closedOnOf, entriesOf, type HashIban } from './read-entries.js';

type FileOf = Readonly<{ format: BankFile['format']; sha256: string; bytes: Uint8Array }>;
export const HASH_IBAN = Symbol('settlement.hashIban');

/** The whole file or nothing of it: half a bank statement would be half the truth. */
@CommandHandler(ImportBankStatement)
export class ImportBankStatementHandler implements ICommandHandler<ImportBankStatement> {
  constructor(private readonly work: SettlementWork, @Inject(HASH_IBAN) private readonly hashIban: HashIban) {}

  execute({ request: { bytes }, meta }: ImportBankStatement): Promise<ImportedFile | Rejected> {
    const file = readBankFile(bytes);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    return this.work.once<ImportedFile | Rejected>(meta, async (tx) => {
      if (isRejected(file)) return file;
      const lines = countLines(file.statements);
      if (file.statements.length > STATEMENTS_PER_FILE_MAX || lines > LINES_PER_FILE_MAX) return reject('bank_file_too_large', { lines });
      // One file at a time: each statement is judged by the one before it.
      await lockByName(tx, 'bank statements');
      const statements: ImportedStatement[] = [];
      for (const statement of inOrder(file.statements)) {
        const imported = await this.importOne(tx, statement, { format: file.format, sha256, bytes });
        if (isRejected(imported)) return imported;
        statements.push(imported);
      }
      return { statements };
    });
  }

  private async importOne(tx: Tx, statement: BankStatement, file: FileOf): Promise<ImportedStatement | Rejected> {
    const asked = { ...askedOf(statement), format: file.format };
    const decided = decideBankStatement(asked, await historyFor(tx, asked));
    if (isRejected(decided)) return decided;
    const { bankAccountId } = decided;
    if (decided.kind === 'known') return { statementId: decided.id, bankAccountId, known: true, lines: {} };

    const entries = entriesOf(statement, this.hashIban);
    const movements = entries.flatMap(({ whole, parts }) => [whole, ...parts]);
    const named = <T>(values: readonly (T | null)[]): T[] => [...new Set(values.filter((value) => value !== null))];
    const payments = await lockPayments(tx, {
      paymentIds: named(movements.map(({ paymentId }) => paymentId)),
      paymentInformationIds: named(movements.map(({ paymentInformationId }) => paymentInformationId)),
    });
    const announced = await announcedPayouts(tx.sql, bankAccountId, ANNOUNCED_PAYOUTS_MAX);
    const noteReferences = named(movements.flatMap(({ debitNotes }) => debitNotes));
    const invoiceReferences = named(movements.flatMap(({ placeInvoices }) => placeInvoices));
    await lockDebtors(tx, noteReferences, invoiceReferences);
    const notes = await lockNotes(tx, { references: noteReferences });
    const invoices = await lockInvoices(tx, { references: invoiceReferences });
    const gifts = movements.some((movement) => movement.gifts.length > 0);
    // After the payees, as whoever closes statements takes them.
    if (gifts) await lockPools(tx);
    const pools = gifts ? await poolsByReference(tx.sql) : undefined;
    const known = { payments, announced, notes, invoices, ...(pools && { pools }) };
    const lines = decideBankLines(bankAccountId, entries, known).map((line) => ({ ...line, id: idOf('bankLine', tx.newId()) }));
    assert(movedBy(lines) === minus(decided.closing, decided.opening), 'the lines do not move what the statement moved');

    const statementId = tx.newId();
    await keepFile(tx, file.sha256, file.bytes);
    await insertBankStatement(tx, {
      id: statementId, bankAccountId, ordinal: decided.ordinal, fileSha256: file.sha256, asked, lines,
      openedOn: statement.openingDate ?? closedOnOf(statement),
    });
    await bookLines(tx, bankAccountId, statementId, lines);
    return { statementId, bankAccountId, known: false, lines: countByKind(lines) };
  }
}

const countLines = (statements: readonly BankStatement[]): number => statements
  .reduce((count, { entries }) => entries.reduce((inner, { transactions }) => inner + Math.max(transactions.length, 1), count), 0);

/** By day, then by the bank's own number: some banks write the newest first. */
const inOrder = (statements: readonly BankStatement[]): BankStatement[] => [...statements].sort((a, b) =>
  (closedOnOf(a) === closedOnOf(b) ? (a.sequence ?? 0) - (b.sequence ?? 0) : closedOnOf(a) < closedOnOf(b) ? -1 : 1));

function countByKind(lines: readonly Readonly<{ kind: string }>[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { kind } of lines) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

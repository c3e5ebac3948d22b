import { createHash } from 'node:crypto';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { isRejected, reject, type Rejected } from '#libs/kernel';
import { readPain002 } from '../bank-files/pain002/pain002.js';
import { LINES_PER_FILE_MAX } from '../limits.js';
import type { Verification } from '../payee-bank-accounts/payee-bank-account.decision.js';
import { SettlementWork } from '../settlement.work.js';
import { ImportPayeeVerification, type ImportedVerification } from './import-payee-verification.command.js';
import { decideAnsweredAt, decideVerification, type Answered } from './payee-verification.decision.js';
import { insertVerifications, keepFile, versionsWith } from './payee-verification.store.js';
import { answersIn } from './read-answers.js';

@CommandHandler(ImportPayeeVerification)
export class ImportPayeeVerificationHandler implements ICommandHandler<ImportPayeeVerification> {
  constructor(private readonly work: SettlementWork) {}

  execute({ request: { bytes }, meta }: ImportPayeeVerification): Promise<ImportedVerification | Rejected> {
    const report = readPain002(bytes);
    return this.work.once<ImportedVerification | Rejected>(meta, async (tx) => {
      if (isRejected(report)) return report;
      const answeredAt = decideAnsweredAt(report.createdAt, tx.now);
      if (isRejected(answeredAt)) return answeredAt;
      const answers = answersIn(report);
      if (answers.length > LINES_PER_FILE_MAX) return reject('bank_file_too_large', { lines: answers.length });
      const ibans = answers.flatMap(({ about }) => about?.iban ?? []);
      const decided = decideVerification(answers, await versionsWith(tx, ibans));
      if (isRejected(decided)) return decided;
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      const isNew = await keepFile(tx, sha256, bytes);
      if (isNew) await insertVerifications(tx, sha256, answeredAt, decided.versions);
      return { known: !isNew, answers: countsOf(answers), strangers: decided.strangers };
    });
  }
}

function countsOf(answers: readonly Answered[]): Record<Verification, number> {
  const counts = { match: 0, close_match: 0, no_match: 0, not_possible: 0 };
  for (const { outcome } of answers) counts[outcome] += 1;
  return counts;
}

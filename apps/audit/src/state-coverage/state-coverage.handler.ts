import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AuditWork } from '../audit.work.js';
import { STATEMENTS_PER_PASS } from '../limits.js';
import { Notary } from '../publish-checkpoint/notary.js';
import { announcedSince, insertStatement, lastStatement, lockStatements } from './coverage.store.js';
import { nextStatement } from './next-statement.decision.js';
import { StateCoverage, type StatedDay } from './state-coverage.command.js';

@CommandHandler(StateCoverage)
export class StateCoverageHandler implements ICommandHandler<StateCoverage> {
  constructor(private readonly work: AuditWork, private readonly notary: Notary) {}

  execute({ meta }: StateCoverage) {
    return this.work.once<StatedDay[]>(meta, async (tx) => {
      await lockStatements(tx);
      const made: StatedDay[] = [];
      while (made.length < STATEMENTS_PER_PASS) {
        const last = await lastStatement(tx.sql);
        const announced = nextStatement(await announcedSince(tx.sql, last?.finalDay ?? null), last ?? { finalDay: null, numbers: {} });
        if (!announced) break;
        const head = { number: (last?.number ?? 0) + 1, previous: last?.sha256 ?? null, madeAt: tx.now };
        const statement = this.notary.signCoverage(head, announced);
        await insertStatement(tx, statement);
        made.push({ number: statement.number, day: statement.day, final: statement.final, sha256: statement.sha256 });
      }
      return made;
    });
  }
}

import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { RedemptionWork } from '../redemption.work.js';
import { NoteStatement } from './note-statement.command.js';
import { insertSignedStatement } from './signed-statement.store.js';

@CommandHandler(NoteStatement)
export class NoteStatementHandler implements ICommandHandler<NoteStatement> {
  constructor(private readonly work: RedemptionWork) {}

  async execute({ statement, signedAt, meta }: NoteStatement): Promise<void> {
    await this.work.once(meta, (tx) => insertSignedStatement(tx, statement, signedAt));
  }
}

import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { isRejected, type Rejected } from '#libs/kernel';
import { lockByName } from '../database.store.js';
import { actorOf, IssuanceWork } from '../issuance.work.js';
import { insertNote, isSetAside, openReceipt } from '../receipt.store.js';
import { SetAsideCredit, type NotedCredit } from './set-aside-credit.command.js';
import { decideNote } from './set-aside-credit.decision.js';

@CommandHandler(SetAsideCredit)
export class SetAsideCreditHandler implements ICommandHandler<SetAsideCredit> {
  constructor(private readonly work: IssuanceWork) {}

  execute({ request: { bankLineId, reason }, meta }: SetAsideCredit) {
    return this.work.once<NotedCredit | Rejected>(meta, async (tx) => {
      await lockByName(tx, `receipt:${bankLineId}`);
      const receipt = await openReceipt(tx, bankLineId);
      const note = reason === null ? 'taken_up' : 'set_aside';
      const decided = decideNote(receipt && { left: receipt.left, setAside: await isSetAside(tx, bankLineId) }, note);
      if (isRejected(decided)) return decided;
      await insertNote(tx, { bankLineId, note, reason }, actorOf(tx));
      return { bankLineId, setAside: reason !== null };
    });
  }
}

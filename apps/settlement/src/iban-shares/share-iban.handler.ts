import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { idOf, isRejected } from '#libs/kernel';
import { lockByName } from '../database.store.js';
import { payeeState } from '../payee-bank-accounts/payee-bank-account.store.js';
import { personOf, SettlementWork } from '../settlement.work.js';
import { ApproveIbanShare, ProposeIbanShare, WithdrawIbanShare } from './iban-share.commands.js';
import { decideShare, decideShareApproval, decideShareWithdrawal } from './iban-share.decision.js';
import { approveShare, findShare, holdersOf, insertShare, isProposed, withdrawShare } from './iban-share.store.js';

@CommandHandler(ProposeIbanShare)
export class ProposeIbanShareHandler implements ICommandHandler<ProposeIbanShare> {
  constructor(private readonly work: SettlementWork) {}

  execute({ request, meta }: ProposeIbanShare) {
    return this.work.once(meta, async (tx) => {
      const { payeeId, iban } = request;
      await lockByName(tx, `iban ${iban}`);
      const decided = decideShare({
        payeeId, isPayee: await payeeState(tx, payeeId) !== undefined, holders: await holdersOf(tx, iban),
        isProposed: await isProposed(tx, payeeId, iban),
      });
      if (isRejected(decided)) return decided;
      const shareId = idOf('ibanShare', tx.newId());
      await insertShare(tx, shareId, request);
      return { shareId };
    });
  }
}

@CommandHandler(ApproveIbanShare)
export class ApproveIbanShareHandler implements ICommandHandler<ApproveIbanShare> {
  constructor(private readonly work: SettlementWork) {}

  execute({ request: { shareId }, meta }: ApproveIbanShare) {
    return this.work.once(meta, async (tx) => {
      await lockByName(tx, `iban share ${shareId}`);
      const decided = decideShareApproval({ share: await findShare(tx, shareId), approver: personOf(tx) });
      if (isRejected(decided)) return decided;
      await approveShare(tx, shareId);
      return { shareId };
    });
  }
}

@CommandHandler(WithdrawIbanShare)
export class WithdrawIbanShareHandler implements ICommandHandler<WithdrawIbanShare> {
  constructor(private readonly work: SettlementWork) {}

  execute({ request: { shareId }, meta }: WithdrawIbanShare) {
    return this.work.once(meta, async (tx) => {
      await lockByName(tx, `iban share ${shareId}`);
      const decided = decideShareWithdrawal(await findShare(tx, shareId));
      if (isRejected(decided)) return decided;
      await withdrawShare(tx, shareId);
      return { shareId };
    });
  }
}

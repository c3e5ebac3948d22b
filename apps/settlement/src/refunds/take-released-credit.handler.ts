import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { assert, cents, idOf, isRejected, type BankLineId, type PayeeId } from '#libs/kernel';
import { accounts, transfer } from '#libs/ledger';
import type { Tx } from '#libs/persistence';
import { ourIbans } from '../bank-accounts/bank-account.store.js';
import { lockByName } from '../database.store.js';
import { decideProposal } from '../payee-bank-accounts/payee-bank-account.decision.js';
import { holderOfIban, insertProposal } from '../payee-bank-accounts/payee-bank-account.store.js';
import { SettlementWork } from '../settlement.work.js';
import { insertReleasedCredit } from './refund.store.js';
import { TakeReleasedCredit } from './refunds.commands.js';
import { insertSender, senderPaidAt } from './sender.store.js';
import { senderOf, type Sender } from './sender-account.js';

@CommandHandler(TakeReleasedCredit)
export class TakeReleasedCreditHandler implements ICommandHandler<TakeReleasedCredit> {
  constructor(private readonly work: SettlementWork) {}

  /**
   * Row 3b, our half. The sender becomes a payee; the account that the money came from is proposed for it in the name of
   * whoever gave it back, so that somebody else has to approve it, as with every account that money goes to.
   */
  async execute({ release, eventId, meta }: TakeReleasedCredit): Promise<void> {
    await this.work.once(meta, async (tx) => {
      const bankLineId = idOf('bankLine', release.bankLineId);
      const sender = await senderOf(tx, bankLineId);
      assert(sender, `bank line ${bankLineId} was given back, and is none of ours`);
      const payeeId = await payeeOfSender(tx, bankLineId, sender);
      await insertReleasedCredit(tx, { ...release, payeeId, eventId });
      await tx.postTaken({
        rule: '3b', custodyAccountId: release.custodyAccountId,
        transfers: [transfer(accounts.clearing('issuance'), accounts.settlement.refundPayableToSender(bankLineId), cents(release.amountCents))],
      });
      return null;
    });
  }
}

/** Whoever has the account already, as a payer, a place or an earlier sender; else a payee of its own, with its account proposed. */
async function payeeOfSender(tx: Tx, bankLineId: BankLineId, { name, iban }: Sender): Promise<PayeeId> {
  if (iban) await lockByName(tx, `iban ${iban}`);
  const known = iban && (await holderOfIban(tx, iban) ?? await senderPaidAt(tx, iban));
  if (known) return known;
  const payeeId = await insertSender(tx, bankLineId, name);
  const proposed = iban === undefined ? undefined
    : decideProposal({
      payeeId, iban, bic: null, payee: { complete: true }, ourIbans: await ourIbans(tx.sql), holder: undefined, isShared: false,
    });
  if (iban && proposed && !isRejected(proposed)) await insertProposal(tx, tx.newId(), payeeId, { iban, bic: null, holder: name });
  return payeeId;
}

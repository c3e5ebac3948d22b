import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { isRejected, reject, type Rejected } from '#libs/kernel';
import { lockByName } from '../database.store.js';
import { PlaceInvoiceIssuer } from '../place-invoices/place-invoice-issuer.js';
import { SettlementWork } from '../settlement.work.js';
import { GivePayeeBilling, type Versioned } from './payee-billing.commands.js';
import { insertPayeeBilling, knowsPayee } from './payee-billing.store.js';

@CommandHandler(GivePayeeBilling)
export class GivePayeeBillingHandler implements ICommandHandler<GivePayeeBilling> {
  constructor(private readonly work: SettlementWork, private readonly issuer: PlaceInvoiceIssuer) {}

  async execute({ request: { payeeId, by, billing }, meta }: GivePayeeBilling): Promise<Versioned | Rejected> {
    const outcome = await this.work.once<Versioned | Rejected>(meta, async (tx) => {
      await lockByName(tx, `payee ${payeeId}`);
      if (!await knowsPayee(tx, payeeId, by)) return reject('payee_unknown');
      return { version: await insertPayeeBilling(tx, payeeId, billing) };
    });
    // Invoices may have waited for the address.
    if (!isRejected(outcome)) this.issuer.wake();
    return outcome;
  }
}

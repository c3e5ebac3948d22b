import { CommandHandler, QueryHandler, type ICommandHandler, type IQueryHandler } from '@nestjs/cqrs';
import { reject, type Rejected } from '#libs/kernel';
import { UNEXPLAINED_SHOWN_MAX } from '../limits.js';
import { SettlementWork } from '../settlement.work.js';
import { stripeAccount } from '../stripe-account/stripe-account.store.js';
import { StripeDesk } from '../stripe-desk.js';
import { BalanceReader } from './balance-reader.js';
import { NoteStripeEvent, ReadStripeBalance, ShowStripeBalance, type ReadBalance, type ShownBalance } from './stripe-balance.command.js';
import { insertStripeEvent } from './stripe-event.store.js';
import { balanceSums, unexplainedMovements } from './stripe-movement.store.js';

@CommandHandler(NoteStripeEvent)
export class NoteStripeEventHandler implements ICommandHandler<NoteStripeEvent> {
  constructor(private readonly work: SettlementWork, private readonly desk: StripeDesk, private readonly reader: BalanceReader) {}

  async execute({ event }: NoteStripeEvent): Promise<void | Rejected> {
    const { open } = this.desk;
    if (!open) return reject('card_payments_off');
    await this.work.once({ kind: 'process', name: 'stripe', correlationId: event.eventId.slice(0, 100) },
      (tx) => insertStripeEvent(tx, event, event.livemode === open.livemode ? null : 'other_mode'));
    this.reader.wake();
  }
}

@CommandHandler(ReadStripeBalance)
export class ReadStripeBalanceHandler implements ICommandHandler<ReadStripeBalance> {
  constructor(private readonly reader: BalanceReader) {}

  execute({ meta }: ReadStripeBalance): Promise<ReadBalance | Rejected> {
    return this.reader.read(meta);
  }
}

@QueryHandler(ShowStripeBalance)
export class ShowStripeBalanceHandler implements IQueryHandler<ShowStripeBalance> {
  constructor(private readonly work: SettlementWork) {}

  async execute(): Promise<ShownBalance | Rejected> {
    const sql = this.work.client;
    const bankAccountId = await stripeAccount(sql);
    if (!bankAccountId) return reject('stripe_account_missing');
    return { bankAccountId, ...await balanceSums(sql, bankAccountId), unexplained: await unexplainedMovements(sql, UNEXPLAINED_SHOWN_MAX) };
  }
}

import { Command, Query } from '@nestjs/cqrs';
import type { PayerId, Rejected } from '#libs/kernel';
import type { Meta } from '#libs/persistence';
import type { Payer, PayersAsked, PayerView } from '../payer.store.js';

export class RegisterPayer extends Command<{ payerId: PayerId } | Rejected> {
  constructor(readonly payer: Omit<Payer, 'payerId'>, readonly meta: Meta) {
    super();
  }
}

export class ListPayers extends Query<readonly PayerView[]> {
  constructor(readonly asked: PayersAsked) {
    super();
  }
}

import { Query } from '@nestjs/cqrs';
import type { AccountMoney } from './own-money.store.js';

export class ShowOwnMoney extends Query<readonly AccountMoney[]> {}

import { Query } from '@nestjs/cqrs';
import type { PayeeId } from '#libs/kernel';
import type { ShownBankAccountVersion } from './payee-bank-account.store.js';

export class ListBankAccountVersions extends Query<readonly ShownBankAccountVersion[]> {
  constructor(readonly payeeId: PayeeId) { super(); }
}

import { Query } from '@nestjs/cqrs';
import type { Rejected } from '#libs/kernel';
import type { CodeMac } from '#libs/keys';
import type { Receipt } from './show-receipt.decision.js';

/** Nothing is locked, stored or counted as a use. */
export class ShowReceipt extends Query<Receipt | Rejected> {
  constructor(readonly codeMacs: readonly CodeMac[]) {
    super();
  }
}

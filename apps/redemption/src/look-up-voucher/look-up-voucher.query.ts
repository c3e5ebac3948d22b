import { Query } from '@nestjs/cqrs';
import type { CodeMac } from '#libs/keys';
import type { Rejected } from '#libs/kernel';
import type { LookedUp } from './look-up-voucher.decision.js';

/** What a holder is told; nothing is locked, stored or counted as a use. */
export class LookUpVoucher extends Query<LookedUp | Rejected> {
  constructor(readonly codeMacs: readonly CodeMac[]) {
    super();
  }
}

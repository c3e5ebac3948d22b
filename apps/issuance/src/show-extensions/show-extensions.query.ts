import { Query } from '@nestjs/cqrs';
import type { Cents, OrderId, PayerId } from '#libs/kernel';
import type { AskedExtension, ExtensionState } from './extension-state.decision.js';

export type StoredExtension = AskedExtension & Readonly<{
  extensionId: string; orderId: OrderId; reference: string; programmeName: string; amount: Cents; proposedAt: Date; proposedBy: string;
  payers: readonly Readonly<{ payerId: PayerId; name: string; agreedAt: string | null }>[];
}>;
export type ShownExtension = StoredExtension & Readonly<{ state: ExtensionState }>;
export type ExtensionPage = Readonly<{
  payerId: PayerId | null; orderId: OrderId | null; extensionId: string | null; before: string | null; rowsMax: number;
}>;

/** Later dates that were proposed, newest first; a payer sees those of orders that it has a share of. */
export class ListExtensions extends Query<readonly ShownExtension[]> {
  constructor(readonly page: ExtensionPage) {
    super();
  }
}

import { Query } from '@nestjs/cqrs';
import type { PayeeId, Rejected } from '#libs/kernel';
import type { RefusalCode } from '../refusals.js';
import type { Reader } from '../reader.js';
import type { Facts } from './attestation.decision.js';

export const OPERATOR = Symbol('settlement.operator');

export type ShownAttestation = Readonly<{ facts: Facts; content: string; sha256: string }>;

export class ShowAttestation extends Query<ShownAttestation | Rejected<RefusalCode>> {
  constructor(readonly reader: Reader, readonly payeeId: PayeeId) { super(); }
}

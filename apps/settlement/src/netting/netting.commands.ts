import { Command, Query } from '@nestjs/cqrs';
import type { LocalDate, PayeeId, PlaceId, Rejected } from '#libs/kernel';
import type { Meta } from '#libs/persistence';
import type { Reader } from '../reader.js';
import type { Terms } from './accept-terms.decision.js';

export class PublishNettingTerms extends Command<Terms | Rejected> {
  constructor(readonly request: Readonly<{ text: string; from: LocalDate }>, readonly meta: Meta) { super(); }
}

export type Accepted = Readonly<{ payeeId: PayeeId; version: number; acceptedAt: string }>;

/** For the payee behind a place, by somebody who manages it. */
export class AcceptNettingTerms extends Command<Accepted | Rejected> {
  constructor(readonly request: Terms & Readonly<{ placeId: PlaceId }>, readonly meta: Meta) { super(); }
}

export type PublishedTerms = Terms & Readonly<{ text: string; from: LocalDate; publishedAt: Date }>;
export class ListNettingTerms extends Query<readonly PublishedTerms[]> {}

export type Acceptance = Terms & Readonly<{ payeeId: PayeeId; placeId: PlaceId; acceptedBy: string; acceptedAt: Date }>;

export class ListNettingAcceptances extends Query<readonly Acceptance[]> {
  constructor(readonly reader: Reader, readonly payeeId: PayeeId | null, readonly rowsMax: number) { super(); }
}

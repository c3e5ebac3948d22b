import { Command, Query } from '@nestjs/cqrs';
import type { Coefficient, CoefficientCode, Facts, Result } from '#libs/figures';
import type { Rejected } from '#libs/kernel';
import type { KeyReused, Meta } from '#libs/persistence';
import type { Published } from './coefficient.store.js';
import type { Period } from './impact-facts.store.js';

export type NewCoefficient = Omit<Coefficient, 'version'>;

/** A later version of a coefficient; estimates are made with it from then on, and name it. */
export class PublishCoefficient extends Command<Readonly<{ version: number }> | KeyReused> {
  constructor(readonly coefficient: NewCoefficient, readonly meta: Meta) {
    super();
  }
}

export class ListCoefficients extends Query<readonly Published[]> {}

export type ImpactAsked = Period & Readonly<{ rejected: ReadonlySet<CoefficientCode>; payerId: string | null }>;
/** `facts` null: of few people, who are nobody's business. */
export type Impact = Readonly<{ facts: Facts | null; results: readonly Result[] }>;

/** Of a programme, in whole months of service; a payer sees programmes that it pays for. */
export class ShowImpact extends Query<Impact | Rejected> {
  constructor(readonly asked: ImpactAsked) {
    super();
  }
}

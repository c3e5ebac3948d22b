import { Command, Query } from '@nestjs/cqrs';
import type { Mandate } from '#libs/auth';
import type { Rejected, SampleId } from '#libs/kernel';
import type { KeyReused, RequestMeta } from '#libs/persistence';
import type { Population, SampleFilter, Stratum, Verdict } from './sample.decision.js';
import type { ItemRow, SampleRow } from './sample.store.js';

export type AskedSample = Readonly<{
  title: string; population: Population; stratum: Stratum; bandCents: readonly number[]; filter: SampleFilter; size: number;
  /** Left out: one is drawn. */
  seed: string | undefined;
}>;
export type Auditor = Readonly<{ organisationId: string; userId: string; mandates: readonly Mandate[] }>;

export class DrawSample extends Command<{ sampleId: SampleId } | Rejected | KeyReused> {
  constructor(readonly asked: AskedSample, readonly auditor: Auditor, readonly meta: RequestMeta) {
    super();
  }
}

export class MarkItem extends Command<{ position: number } | Rejected | KeyReused> {
  constructor(
    readonly of: Readonly<{ sampleId: SampleId; position: number; organisationId: string }>,
    readonly mark: Readonly<{ verdict: Verdict; note: string | null }>,
    readonly meta: RequestMeta,
  ) {
    super();
  }
}

export class ListSamples extends Query<SampleRow[]> {
  constructor(readonly organisationId: string, readonly limit: number, readonly below: string | null) {
    super();
  }
}

export class ShowSample extends Query<SampleRow | Rejected> {
  constructor(readonly sampleId: SampleId, readonly organisationId: string) {
    super();
  }
}

/** The worksheet: its items with what was found of each. */
export class ListItems extends Query<ItemRow[] | Rejected> {
  constructor(readonly sampleId: SampleId, readonly organisationId: string, readonly after: number, readonly limit: number) {
    super();
  }
}

export type Repetition = Readonly<{ same: boolean; frameCount: number; frameCents: number; eventIds: readonly string[] }>;

/** Draws it again from what was kept. */
export class RepeatSample extends Query<Repetition | Rejected> {
  constructor(readonly sampleId: SampleId, readonly organisationId: string) {
    super();
  }
}

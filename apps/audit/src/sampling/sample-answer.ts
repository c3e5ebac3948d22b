// How samples and their items are shown.
import { z } from 'zod';
import { idOut, idText } from '#libs/http';
import { idOf } from '#libs/kernel';
import { POPULATIONS, STRATA, VERDICTS } from './sample.decision.js';
import type { ItemRow, SampleRow } from './sample.store.js';

const ids = { programmeIds: z.array(idText('programme')), payerIds: z.array(idText('payer')) };

export const sampleAnswer = z.strictObject({
  sampleId: idText('sample'), title: z.string(), population: z.enum(POPULATIONS), size: z.int(),
  frame: z.strictObject({
    logSize: z.int().describe('of the checkpoint: events of the log below it'), root: z.string().describe('that it signed, hex'),
    from: z.string().nullable(), until: z.string().nullable(), programmeId: idText('programme').nullable(), placeId: idText('place').nullable(),
    scopes: z.array(z.strictObject(ids)).nullable().describe('what the mandates left of it; null: all'), count: z.int(), amountCents: z.int(),
  }),
  stratum: z.enum(STRATA), bandCents: z.array(z.int()),
  seed: z.string().describe('items come in the order of sha256("<seed>:<event id>"), ids without prefix, within their stratum'),
  progress: z.strictObject({ ok: z.int(), notOk: z.int(), open: z.int() }), drawnBy: idText('user'), drawnAt: z.iso.datetime(),
});

export const itemAnswer = z.strictObject({
  position: z.int(), eventId: idText('event'), type: z.string(), occurredAt: z.iso.datetime(), stratum: z.string(), amountCents: z.int(),
  body: z.unknown().describe('of the event'), verdict: z.enum(VERDICTS),
  marks: z.array(z.strictObject({ verdict: z.enum(VERDICTS), note: z.string().nullable(), by: idText('user'), at: z.iso.datetime() })).describe('the oldest first'),
});

export const repetitionAnswer = z.strictObject({
  same: z.boolean(), frameCount: z.int(), frameCents: z.int(), eventIds: z.array(idText('event')).describe('as they come now'),
});

export const shownSample = ({ filter, ...row }: SampleRow): z.output<typeof sampleAnswer> => ({
  sampleId: idOut('sample', idOf('sample', row.sampleId)), title: row.title, population: row.population, size: row.size,
  frame: {
    logSize: row.logSize, root: row.root, from: filter.from, until: filter.until,
    programmeId: filter.programmeId && idOut('programme', idOf('programme', filter.programmeId)),
    placeId: filter.placeId && idOut('place', idOf('place', filter.placeId)),
    scopes: filter.scopes && filter.scopes.map(({ programmeIds, payerIds }) => ({
      programmeIds: programmeIds.map((id) => idOut('programme', idOf('programme', id))), payerIds: payerIds.map((id) => idOut('payer', idOf('payer', id))),
    })),
    count: row.frameCount, amountCents: row.frameCents,
  },
  stratum: row.stratum, bandCents: [...row.bandCents], seed: row.seed,
  progress: { ok: row.ok, notOk: row.notOk, open: row.size - row.ok - row.notOk },
  drawnBy: idOut('user', idOf('user', row.drawnBy)), drawnAt: row.drawnAt.toISOString(),
});

export const shownItem = ({ eventId, occurredAt, marks, ...row }: ItemRow): z.output<typeof itemAnswer> => ({
  ...row, eventId: idOut('event', idOf('event', eventId)), occurredAt: occurredAt.toISOString(), verdict: marks.at(-1)?.verdict ?? 'open',
  marks: marks.map((mark) => ({ ...mark, by: idOut('user', idOf('user', mark.by)) })),
});

import { CommandHandler, QueryHandler, type ICommandHandler, type IQueryHandler } from '@nestjs/cqrs';
import { idOf, isRejected, reject } from '#libs/kernel';
import { OVERSEER, readAs, type Sql } from '#libs/persistence';
import { AuditWork } from '../audit.work.js';
import { lastCheckpoint } from '../publish-checkpoint/checkpoint.store.js';
import { countFrame, drawItems, type Frame } from './frame.store.js';
import { allocate, refusedFrame } from './sample.decision.js';
import { findSample, insertMark, insertSample, listItems, listSamples } from './sample.store.js';
import { DrawSample, ListItems, ListSamples, MarkItem, RepeatSample, ShowSample } from './sampling.commands.js';

async function draw(sql: Sql, frame: Frame, seed: string, size: number) {
  const strata = await countFrame(sql, frame);
  const shares = allocate(size, strata);
  if (isRejected(shares)) return shares;
  const frameCents = strata.reduce((sum, { cents }) => sum + cents, 0);
  return { items: await drawItems(sql, frame, seed, shares), frameCount: strata.reduce((sum, { count }) => sum + count, 0), frameCents };
}

@CommandHandler(DrawSample)
export class DrawSampleHandler implements ICommandHandler<DrawSample> {
  constructor(private readonly work: AuditWork) {}

  execute({ asked, auditor, meta }: DrawSample) {
    return this.work.once(meta, async (tx) => {
      const refused = refusedFrame(asked);
      if (refused) return refused;
      const last = await lastCheckpoint(tx.sql);
      if (!last) return reject('checkpoint_not_found');
      const { seed: given, ...kept } = asked;
      const [sampleId, seed] = [idOf('sample', tx.newId()), given ?? tx.newId()];
      const drawn = await draw(tx.sql, { ...asked, logSize: last.size }, seed, asked.size);
      if (isRejected(drawn)) return drawn;
      const { items, ...frame } = drawn;
      const { organisationId, userId: drawnBy, mandates } = auditor;
      const by = { organisationId, drawnBy, mandateIds: mandates.map(({ mandateId }) => mandateId) };
      await insertSample(tx, { ...kept, ...frame, ...by, sampleId, seed, logSize: last.size }, items);
      return { sampleId };
    });
  }
}

@CommandHandler(MarkItem)
export class MarkItemHandler implements ICommandHandler<MarkItem> {
  constructor(private readonly work: AuditWork) {}

  execute({ of: { sampleId, position, organisationId }, mark, meta }: MarkItem) {
    return this.work.once(meta, async (tx) => {
      const sample = await findSample(tx.sql, sampleId, organisationId);
      if (!sample) return reject('sample_not_found');
      if (position > sample.size) return reject('item_not_found');
      await insertMark(tx, { sampleId, position, ...mark, by: meta.callerId });
      return { position };
    });
  }
}

@QueryHandler(ListSamples)
export class ListSamplesHandler implements IQueryHandler<ListSamples> {
  constructor(private readonly work: AuditWork) {}

  execute({ organisationId, limit, below }: ListSamples) {
    return readAs(this.work, organisationId, (sql) => listSamples(sql, organisationId, limit, below));
  }
}

@QueryHandler(ShowSample)
export class ShowSampleHandler implements IQueryHandler<ShowSample> {
  constructor(private readonly work: AuditWork) {}

  async execute({ sampleId, organisationId }: ShowSample) {
    return await readAs(this.work, organisationId, (sql) => findSample(sql, sampleId, organisationId)) ?? reject('sample_not_found');
  }
}

@QueryHandler(ListItems)
export class ListItemsHandler implements IQueryHandler<ListItems> {
  constructor(private readonly work: AuditWork) {}

  execute({ sampleId, organisationId, after, limit }: ListItems) {
    return readAs(this.work, organisationId, async (sql) =>
      (await findSample(sql, sampleId, organisationId) ? listItems(sql, sampleId, after, limit) : reject('sample_not_found')));
  }
}

@QueryHandler(RepeatSample)
export class RepeatSampleHandler implements IQueryHandler<RepeatSample> {
  constructor(private readonly work: AuditWork) {}

  async execute({ sampleId, organisationId }: RepeatSample) {
    const sample = await readAs(this.work, organisationId, (sql) => findSample(sql, sampleId, organisationId));
    if (!sample) return reject('sample_not_found');
    // A frame is of the whole log below its size: what comes of it is the body's own sample again, or says that it is not.
    const drawn = await readAs(this.work, OVERSEER, (sql) => draw(sql, sample, sample.seed, sample.size));
    // A frame that shrank is a log that was tampered with: that is an answer and no refusal.
    if (isRejected(drawn)) return { same: false, frameCount: Number(drawn.details['frameCount']), frameCents: 0, eventIds: [] };
    const kept = (await readAs(this.work, organisationId, (sql) => listItems(sql, sampleId, 0, sample.size))).map(({ eventId }) => eventId);
    const eventIds = drawn.items.map(({ eventId }) => eventId);
    const same = drawn.frameCount === sample.frameCount && drawn.frameCents === sample.frameCents && eventIds.join() === kept.join();
    return { same, frameCount: drawn.frameCount, frameCents: drawn.frameCents, eventIds };
  }
}

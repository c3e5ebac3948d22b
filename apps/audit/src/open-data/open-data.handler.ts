import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { OpenData } from '#libs/figures';
import { reject } from '#libs/kernel';
import { AuditWork } from '../audit.work.js';
import { countedEvents } from './counted-events.store.js';
import { ListCountedEvents, ListReleases, ShowRelease } from './open-data.query.js';
import { listReleases, releaseOf } from './release.store.js';

@QueryHandler(ListReleases)
export class ListReleasesHandler implements IQueryHandler<ListReleases> {
  constructor(private readonly work: AuditWork) {}

  execute({ asked }: ListReleases) {
    return listReleases(this.work.client, asked);
  }
}

@QueryHandler(ShowRelease)
export class ShowReleaseHandler implements IQueryHandler<ShowRelease> {
  constructor(private readonly work: AuditWork) {}

  execute({ month }: ShowRelease) {
    return releaseOf(this.work.client, month);
  }
}

@QueryHandler(ListCountedEvents)
export class ListCountedEventsHandler implements IQueryHandler<ListCountedEvents> {
  constructor(private readonly work: AuditWork) {}

  async execute({ asked }: ListCountedEvents) {
    const { client } = this.work;
    const release = await releaseOf(client, asked.month);
    if (!release) return reject('month_not_released');
    const { counted = null } = JSON.parse(release.content) as Partial<OpenData>;
    return { counted, events: counted ? await countedEvents(client, counted, asked) : [] };
  }
}

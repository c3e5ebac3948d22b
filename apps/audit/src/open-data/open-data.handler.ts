import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { AuditWork } from '../audit.work.js';
import { ListReleases, ShowRelease } from './open-data.query.js';
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

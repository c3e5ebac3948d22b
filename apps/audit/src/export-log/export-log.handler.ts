import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { reject } from '#libs/kernel';
import { AuditWork } from '../audit.work.js';
import { checkpointsBetween, lastCheckpoint } from '../publish-checkpoint/checkpoint.store.js';
import { Notary } from '../publish-checkpoint/notary.js';
import { exportLines } from './export-lines.js';
import { ExportLog } from './export-log.query.js';

@QueryHandler(ExportLog)
export class ExportLogHandler implements IQueryHandler<ExportLog> {
  constructor(private readonly work: AuditWork, private readonly notary: Notary) {}

  async execute({ size }: ExportLog) {
    const { client } = this.work;
    const checkpoint = size === null ? await lastCheckpoint(client) : (await checkpointsBetween(client, size - 1, size, 1))[0];
    if (!checkpoint) return reject('checkpoint_not_found');
    const { origin } = this.notary;
    return { size: checkpoint.size, pieces: exportLines(client, { origin, checkpoint, keys: this.notary.keys() }) };
  }
}

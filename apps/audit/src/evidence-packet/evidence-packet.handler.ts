import { QueryBus, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { PACKET_FORMAT } from '#libs/evidence';
import { isRejected, reject, type Rejected } from '#libs/kernel';
import { AuditWork } from '../audit.work.js';
import { PACKET_DOCUMENTS_MAX, PACKET_PAGES_MAX, TRACED_REDEMPTIONS_MAX } from '../limits.js';
import { checkpointsBetween, lastCheckpoint } from '../publish-checkpoint/checkpoint.store.js';
import { Notary } from '../publish-checkpoint/notary.js';
import { TraceCent, type Traced } from '../trace-cent/trace-cent.query.js';
import { joinTraces, type Trace } from '../trace-cent/trace.decision.js';
import { Documents, type Fetched } from './documents.js';
import { EvidencePacket, type Packet, type PacketAsked } from './evidence-packet.query.js';
import { packetFiles, type PacketContent } from './packet-files.js';
import { zipPacket } from './zip-packet.js';

@QueryHandler(EvidencePacket)
export class EvidencePacketHandler implements IQueryHandler<EvidencePacket> {
  constructor(
    private readonly work: AuditWork, private readonly notary: Notary, private readonly documents: Documents,
    private readonly queries: QueryBus,
  ) {}

  async execute({ asked }: EvidencePacket): Promise<Packet | Rejected> {
    const { client } = this.work;
    const checkpoint = asked.size === null ? await lastCheckpoint(client)
      : (await checkpointsBetween(client, asked.size - 1, asked.size, 1))[0];
    if (!checkpoint) return reject('checkpoint_not_found');
    const { size, root, origin } = checkpoint;
    const trace = await this.traced(asked.of, size);
    if (isRejected(trace)) return trace;
    const { begunWith } = asked;
    const files = this.files({ checkpoint, keys: this.notary.keys(), trace, begunWith }, asked);
    return { size, zip: zipPacket({ format: PACKET_FORMAT, origin, size, root, begunWith, isCut: trace.isCut }, files) };
  }

  /** In the log of that size: what came later is not there, so the same is told again tomorrow. */
  private async traced(of: Traced, size: number): Promise<Trace | Rejected> {
    const pages: Trace[] = [];
    let after: Trace['next'] = null;
    do {
      const page: Trace | Rejected = await this.queries.execute(new TraceCent(of, TRACED_REDEMPTIONS_MAX, after, size));
      if (isRejected(page)) return page;
      pages.push(page);
      after = page.next;
    } while (after && pages.length < PACKET_PAGES_MAX);
    return joinTraces(pages as [Trace, ...Trace[]]);
  }

  private async* files(content: PacketContent, { authorization }: PacketAsked): AsyncGenerator<Fetched> {
    yield* packetFiles(this.work.client, content);
    yield* this.documents.of(content.trace.steps, authorization, PACKET_DOCUMENTS_MAX);
  }
}

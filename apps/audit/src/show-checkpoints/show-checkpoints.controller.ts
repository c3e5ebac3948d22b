// What anybody may see: a checkpoint proves something only when it is in hands that are not ours.
import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Api, pageAnswer, pageOf, pageQuery, parse, Problem, readCursor } from '#libs/http';
import { reject } from '#libs/kernel';
import { checkpointAnswer, shownCheckpoint } from '../publish-checkpoint/checkpoint-answer.js';
import { ListCheckpoints, ShowKeys, type ListedCheckpoint } from './show-checkpoints.query.js';

const listedAnswer = checkpointAnswer.extend({
  follows: z.strictObject({ size: z.int(), path: z.array(z.string()) }).nullable()
    .describe('the checkpoint before it, and the proof that its log is the beginning of this one; null at the first'),
});
const shownListed = ({ follows, ...checkpoint }: ListedCheckpoint) =>
  ({ ...shownCheckpoint(checkpoint), follows: follows && { size: follows.size, path: [...follows.path] } });

const keysAnswer = z.strictObject({
  origin: z.string(),
  keys: z.array(z.strictObject({
    keyId: z.string().describe('RFC 7638 thumbprint'), noteVerifier: z.string().describe('the key for tools that read signed notes'), pem: z.string(),
  })).describe('the current one first'),
});

@Controller('audit')
export class ShowCheckpointsController {
  constructor(private readonly queries: QueryBus) {}

  @Get('checkpoints')
  @Api({ summary: 'Signed checkpoints of the log, the newest first, each with the proof that it follows the one before', who: 'anyone', query: pageQuery, answer: pageAnswer(listedAnswer) })
  async list(@Query() query: unknown) {
    const { limit, cursor } = parse(pageQuery, query);
    const [below] = cursor ? readCursor(z.tuple([z.int()]), cursor) : [null];
    const rows = await this.queries.execute(new ListCheckpoints(limit + 1, below));
    return pageOf(rows, limit, ({ size }) => [size], shownListed);
  }

  @Get('checkpoints/latest')
  @Api({ summary: 'The newest checkpoint', who: 'anyone', answer: checkpointAnswer, refusals: ['checkpoint_not_found'] })
  async latest() {
    const [last] = await this.queries.execute(new ListCheckpoints(1));
    if (!last) throw new Problem(reject('checkpoint_not_found'));
    return shownCheckpoint(last);
  }

  @Get('keys')
  @Api({ summary: 'The public keys that sign checkpoints', who: 'anyone', answer: keysAnswer })
  async keys(): Promise<z.output<typeof keysAnswer>> {
    const { origin, keys } = await this.queries.execute(new ShowKeys());
    return { origin, keys: [...keys] };
  }
}

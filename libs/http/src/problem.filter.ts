import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { answerProblem, type FaultLog } from './problem-handlers.js';

/** What Nest's controllers throw, answered as on Fastify itself. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly log: FaultLog) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    answerProblem(error, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>(), this.log);
  }
}

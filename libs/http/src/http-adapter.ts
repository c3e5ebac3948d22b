// Fastify as every app of ours runs it: limits, request ids, strict bodies, and problems as the only form of failure.
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { uuidv7 } from 'uuidv7';
import { installBodyParsers, JSON_BYTES_MAX } from './body-parsers.js';
import { answerProblem, installProblemHandlers, type FaultLog } from './problem-handlers.js';
import { shownRequestId } from './problem.js';

export { FORM_BYTES_MAX, FormBody, JSON_BYTES_MAX, rawBodyOf, XML_BYTES_MAX } from './body-parsers.js';

export type AdapterOptions = Readonly<{
  log: FaultLog;
  /** The proxies in front whose X-Forwarded-For is believed; none by default, because anybody can send that header. */
  trustProxy?: string | string[] | false;
}>;

/** Nest must not install its own parsers and handlers over ours; it is created with `NEST_OPTIONS`. */
class ProblemAdapter extends FastifyAdapter {
  override setErrorHandler() { return this.getInstance(); }
  override setNotFoundHandler() { return this.getInstance(); }
}

/** For `NestFactory.create(Module, adapter, NEST_OPTIONS)`. */
export const NEST_OPTIONS = { bodyParser: false, logger: ['error', 'warn', 'fatal'] as ('error' | 'warn' | 'fatal')[] };

export function newHttpAdapter({ log, trustProxy = false }: AdapterOptions): FastifyAdapter {
  const adapter = new ProblemAdapter({
    bodyLimit: JSON_BYTES_MAX, trustProxy, genReqId: () => uuidv7(), requestIdHeader: false,
    // A slow sender holds a socket, not a worker; half a minute is plenty for a megabyte.
    requestTimeout: 30_000, connectionTimeout: 60_000, routerOptions: { maxParamLength: 200 },
    frameworkErrors: (error: FastifyError, request: FastifyRequest, reply: FastifyReply) => answerProblem(error, request, reply, log),
  });
  prepareFastify(adapter.getInstance(), log);
  return adapter;
}

/** The same on a Fastify instance without Nest (specs, small servers). */
export function prepareFastify(fastify: FastifyInstance, log: FaultLog): void {
  installBodyParsers(fastify);
  installProblemHandlers(fastify, log);
  fastify.addHook('onRequest', (request, reply, done) => {
    void reply.header('x-request-id', shownRequestId(request.id));
    void reply.header('x-content-type-options', 'nosniff');
    done();
  });
}

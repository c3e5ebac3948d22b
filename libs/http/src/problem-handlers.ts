// Answers problems on Fastify itself: what fails before a controller (a body that cannot be read, an unknown address)
// and what fails on the routes that bypass Nest. The filter for Nest's controllers ends in the same function.
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { documentOf, Problem, PROBLEM_TYPE, type ProblemDocument } from './problem.js';
import { problemOf } from './problem-of.js';
import { problemPage } from './problem-page.js';

export type FaultLog = { error(fields: object, message: string): void };

/** Turns `error` into the answer. A fault is logged here and nowhere else, with the request id that the caller sees. */
export function answerProblem(error: unknown, request: FastifyRequest, reply: FastifyReply, log: FaultLog): void {
  let { problem, fault } = problemOf(error);
  let document = documentOf(problem, request.id);
  if (!document) {
    fault = new Error(`code ${problem.code} is in no catalogue: call registerRefusals`, { cause: error });
    problem = new Problem('fault');
    document = documentOf(problem, request.id)!;
  }
  // The pattern of the route, not the address: an address may hold an id, and a page's may hold more.
  if (fault) log.error({ err: fault, requestId: request.id, method: request.method, route: request.routeOptions?.url }, 'request failed');
  if (reply.sent) return;
  headersFor(document, reply);
  if (wantsPage(request)) {
    void reply.status(document.status).type('text/html; charset=utf-8').send(problemPage(document.code, document));
    return;
  }
  // Serialised here: a compiled answer schema of the route knows only the success.
  void reply.status(document.status).type(PROBLEM_TYPE).send(JSON.stringify(document));
}

/** For a Fastify instance: unknown addresses and everything thrown on it. */
export function installProblemHandlers(fastify: FastifyInstance, log: FaultLog): void {
  fastify.setErrorHandler((error: FastifyError, request, reply) => answerProblem(error, request, reply, log));
  fastify.setNotFoundHandler((request, reply) => answerProblem(new Problem('route_not_found'), request, reply, log));
}

function headersFor({ code, status, details }: ProblemDocument, reply: FastifyReply): void {
  void reply.header('cache-control', 'no-store');
  if (status === 401) void reply.header('www-authenticate', code === 'token_missing' ? 'Bearer' : `Bearer error="${code}"`);
  if (status === 429) void reply.header('retry-after', String(details['retryAfterSeconds'] ?? 60));
  if (status === 503) void reply.header('retry-after', '5');
}

/** Somebody followed a link in a browser: programs ask for JSON or for anything. */
const wantsPage = (request: FastifyRequest): boolean =>
  request.method === 'GET' && (request.headers.accept ?? '').split(',')[0]?.trim() === 'text/html';

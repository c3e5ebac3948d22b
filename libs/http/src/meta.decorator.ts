// What a command needs to know of its request, taken from the request and from nothing that the caller can choose freely.
import { createHash } from 'node:crypto';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { callerOf, type Principal } from '#libs/auth';
import { assert, canonicalJson, isUuid } from '#libs/kernel';
import type { RequestMeta } from '#libs/persistence';
import { Problem } from './problem.js';

export type HttpMeta = RequestMeta & Readonly<{ caller: Principal }>;

/** Throws a 400 Problem without a well-formed Idempotency-Key. Only for routes that name their roles. */
export function metaOf(request: FastifyRequest): HttpMeta {
  const caller = principalOn(request);
  const key = request.headers['idempotency-key'];
  if (key === undefined || key === '') throw new Problem('idempotency_key_missing');
  if (!isUuid(key)) throw new Problem('idempotency_key_malformed');
  const route = `${request.method} ${request.routeOptions.url ?? ''}`;
  return {
    kind: 'request', key, route, requestHash: requestHashOf(request, caller), callerId: caller.userId, caller,
    actor: { kind: 'user', id: caller.userId }, correlationId: request.id,
  };
}

/**
 * Over the parsed body, so that blanks and the order of fields do not matter, and over the address with its ids, so
 * that one key cannot cancel two orders. The organisation counts: one person may act for two.
 */
export function requestHashOf(request: FastifyRequest, { userId, organisationId }: Principal): string {
  // A bank file comes as bytes; its text in base64 stands for it.
  const body = Buffer.isBuffer(request.body) ? request.body.toString('base64') : request.body;
  const content = canonicalJson([request.method, request.url, userId, organisationId, body]);
  return createHash('sha256').update(content).digest('hex');
}

function principalOn(request: FastifyRequest): Principal {
  const caller = callerOf(request);
  assert(caller, `${request.routeOptions.url} uses the caller but is open to anyone`);
  return caller;
}

const requestOf = (context: ExecutionContext) => context.switchToHttp().getRequest<FastifyRequest>();

/** `@Meta() meta: HttpMeta` on every command. */
export const Meta = createParamDecorator((_: unknown, context: ExecutionContext) => metaOf(requestOf(context)));

/** `@Caller() caller: Principal` where nothing is changed. */
export const Caller = createParamDecorator((_: unknown, context: ExecutionContext) => principalOn(requestOf(context)));

// Every request under a mandate, or of somebody who looks as an organisation, leaves a row before it is answered: with the service that is
// asked, which tells audit, and of an impersonation identity.
import type { CallHandler, ExecutionContext, INestApplicationContext, NestInterceptor } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { callerOf, mandateRuleOf, type Principal } from '#libs/auth';
import { lifecycleToken } from './lifecycle.js';
import type { MessagingLifecycle } from './messaging-lifecycle.js';

const ASKED_LENGTH_MAX = 500;

export class ReadingLog implements NestInterceptor {
  constructor(private readonly app: INestApplicationContext) {}

  async intercept(context: ExecutionContext, next: CallHandler) {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const caller = callerOf(request);
    if (caller?.mandates && mandateRuleOf(context.getHandler()) !== 'none') await this.keep(request, caller, caller.mandates);
    if (caller?.impersonation) await this.keepImpersonation(request, caller, caller.impersonation);
    return next.handle();
  }

  private async keep(request: FastifyRequest, caller: Principal, { inForce }: NonNullable<Principal['mandates']>): Promise<void> {
    const reading = { mandateIds: inForce.map(({ mandateId }) => mandateId), ...readingOf(request, caller) };
    await this.serviceOf(request).keepReading(reading, request.id);
  }

  private async keepImpersonation(request: FastifyRequest, caller: Principal, { impersonationId }: NonNullable<Principal['impersonation']>): Promise<void> {
    await this.serviceOf(request).keepImpersonationReading({ impersonationId, ...readingOf(request, caller) }, request.id);
  }

  private serviceOf({ routeOptions: { url = '' } }: FastifyRequest): MessagingLifecycle {
    return this.app.get<MessagingLifecycle>(lifecycleToken(url.split('/')[1] ?? ''), { strict: false });
  }
}

function readingOf(request: FastifyRequest, { organisationId, userId }: Principal) {
  const { method, routeOptions: { url: route = '' } } = request;
  return { organisationId, userId, method, route, asked: askedOf(request).slice(0, ASKED_LENGTH_MAX) };
}

/** Ids with and without their prefix, numbers, months, days and moments. */
const PLAIN = new RegExp(['(?:[a-z]{3}_)?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}', String.raw`\d{1,6}`,
  String.raw`\d{4}-\d{2}(?:-\d{2})?(?:T[\d:.]{5,12}(?:Z|[+-]\d{2}:\d{2}))?`].map((part) => `^(?:${part})$`).join('|'));
const WORDED: ReadonlySet<string> = new Set(['sender', 'type', 'state', 'format', 'language', 'ledger', 'account', 'by', 'kind', 'population', 'stratum']);
const isTold = (name: string, value: unknown): value is string => typeof value === 'string'
  && ((/^[a-zA-Z]{1,20}$/.test(name) && PLAIN.test(value)) || (WORDED.has(name) && /^[a-z0-9_.:,-]{1,80}$/.test(value)));

/** Ids, days, numbers and words of ours. What somebody typed may name a person, and what is sealed stays for ever: it is told as `…`. */
export function askedOf({ routeOptions, params, query }: Pick<FastifyRequest, 'params' | 'query'> & { routeOptions: { url?: string | undefined } }): string {
  const given = params as Readonly<Record<string, unknown>>;
  const path = (routeOptions.url ?? '').replace(/:(\w+)/g, (_, name: string) => (isTold(name, given[name]) ? given[name] : '…'));
  const all = Object.entries(query as Readonly<Record<string, unknown>>);
  const told = all.filter(([name, value]) => isTold(name, value)).map(([name, value]) => `${name}=${String(value)}`);
  if (told.length < all.length) told.push('…');
  return told.length > 0 ? `${path}?${told.join('&')}` : path;
}

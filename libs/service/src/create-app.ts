// The application that every service and the whole platform run in: the edge of libs/http, the logs, the health pages.
// It does not listen yet.
import { Module, type DynamicModule, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CqrsModule } from '@nestjs/cqrs';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import type { TokenVerifier } from '#libs/auth';
import { buildOpenApi, NEST_OPTIONS, newHttpAdapter, ProblemsController, secureApp } from '#libs/http';
import type { ProgramSettings } from './config.js';
import { Health, installHealth } from './health.js';
import { logKeyRequests } from './key-request-log.js';
import { NestLogs, type Logs } from './logs.js';
import { ReadingLog } from './reading-log.js';

/** Holds what the application itself needs; the modules of services stand beside it. */
@Module({ providers: [Health], controllers: [ProblemsController] })
class RootModule {}

export type AppOptions = Readonly<{ logs: Logs; verifier: TokenVerifier; trustProxy?: ProgramSettings['trustProxy'] }>;
export type AppModule = Type | DynamicModule;

export const fastifyOf = (app: NestFastifyApplication): FastifyInstance =>
  app.getHttpAdapter().getInstance() as unknown as FastifyInstance;

/** Throws what a module's construction throws; nothing listens and no lifecycle has started then. */
export async function createServiceApp(modules: readonly AppModule[], options: AppOptions): Promise<NestFastifyApplication> {
  const { logs, verifier, trustProxy } = options;
  const root: DynamicModule = { module: RootModule, imports: [CqrsModule.forRoot(), ...modules] };
  const adapter = newHttpAdapter({ log: logs, trustProxy });
  const app = await NestFactory.create<NestFastifyApplication>(root, adapter, {
    ...NEST_OPTIONS, logger: new NestLogs(logs), abortOnError: false,
  });
  secureApp(app, { verifier, log: logs });
  app.useGlobalInterceptors(new ReadingLog(app));
  const health = app.get(Health, { strict: false });
  observeRequests(fastifyOf(app), logs);
  logKeyRequests(fastifyOf(app), app, logs);
  letGoOnStop(fastifyOf(app), health);
  installHealth(fastifyOf(app), health);
  describeItself(app);
  return app;
}

/** Made at the first question: by then every route is there. */
function describeItself(app: NestFastifyApplication): void {
  let document: object | undefined;
  fastifyOf(app).get('/openapi.json', async () => (document ??= buildOpenApi(app)));
}

/** The route is named, never the address: a query may hold what is secret. */
function observeRequests(fastify: FastifyInstance, logs: Logs): void {
  fastify.addHook('onResponse', (request, reply, done) => {
    const { method, routeOptions, id } = request;
    logs.debug({ requestId: id, method, route: routeOptions.url ?? 'none', status: reply.statusCode, ms: Math.round(reply.elapsedTime) }, 'request');
    done();
  });
}

/** The last answer on a connection closes it: one that stays open for the next request would hold up the stop. */
function letGoOnStop(fastify: FastifyInstance, health: Health): void {
  fastify.addHook('onSend', (_request, reply, payload, done) => {
    if (health.isStopping) void reply.header('connection', 'close');
    done(null, payload);
  });
}

// What a key asked is kept after its answer has left, by the service that was asked: nobody waits for it, and nothing fails with it.
import type { INestApplicationContext } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import { askedByKeyOf, KeyLogRoom } from '#libs/auth';
import { lifecycleToken } from './lifecycle.js';
import type { Logs } from './logs.js';
import type { KeyRequest, MessagingLifecycle } from './messaging-lifecycle.js';

export function logKeyRequests(
  fastify: FastifyInstance, app: INestApplicationContext, logs: Logs, room = new KeyLogRoom(),
): void {
  fastify.addHook('onResponse', (request, reply, done) => {
    done();
    const asked = askedByKeyOf(request);
    // A key that asks day and night must not fill the database: the rest of the hour has no rows of it.
    if (!asked || !room.take(asked.keyId, asked.partyId)) return;
    const { method, id: requestId, routeOptions: { url: route = '/' } } = request;
    const tookMs = Math.round(reply.elapsedTime);
    // Of now: rows that are written side by side would otherwise stand in the order in which the database came to them.
    const entry: KeyRequest = { ...asked, method, route, status: reply.statusCode, tookMs, requestId, answeredAt: new Date() };
    const service = app.get<MessagingLifecycle>(lifecycleToken(route.split('/')[1] ?? ''), { strict: false });
    service.noteKeyRequest(entry).catch((error: unknown) => logs.warn({ err: error, requestId }, 'what a key asked could not be kept'));
  });
}

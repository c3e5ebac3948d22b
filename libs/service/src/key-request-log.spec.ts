import { describe, expect, it } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import { KEY_ROWS_MAX, KeyLogRoom, noteKey, ROWS_WINDOW_MS } from '#libs/auth';
import { logKeyRequests } from './key-request-log.js';
import type { Logs } from './logs.js';
import type { KeyRequest } from './messaging-lifecycle.js';

type Hook = (request: object, reply: object, done: () => void) => void;

describe('the log of what keys asked', () => {
  it('keeps so many rows of a key in an hour, whatever it asks, and answers all', () => {
    let now = 0;
    let hook: Hook | undefined;
    let answered = 0;
    const kept: KeyRequest[] = [];
    const service = { noteKeyRequest: async (entry: KeyRequest) => { kept.push(entry); } };
    logKeyRequests(
      { addHook: (_: string, given: Hook) => { hook = given; } } as unknown as FastifyInstance,
      { get: () => service } as unknown as INestApplicationContext, {} as Logs, new KeyLogRoom(() => now),
    );
    const ask = (keyId?: string) => {
      const request = { method: 'GET', id: 'req_1', routeOptions: { url: '/redemption/redemptions' } };
      if (keyId) noteKey(request, { keyId, partyId: 'p' });
      hook!(request, { statusCode: 200, elapsedTime: 1.4 }, () => { answered += 1; });
    };
    for (let count = 0; count < KEY_ROWS_MAX + 10; count += 1) ask('a');
    expect([kept.length, answered]).toEqual([KEY_ROWS_MAX, KEY_ROWS_MAX + 10]);
    ask();
    ask('b');
    now = ROWS_WINDOW_MS;
    ask('a');
    expect(kept.slice(KEY_ROWS_MAX).map(({ keyId }) => keyId)).toEqual(['b', 'a']);
    expect(kept[0]).toEqual({
      keyId: 'a', partyId: 'p', method: 'GET', route: '/redemption/redemptions', status: 200, tookMs: 1, requestId: 'req_1', answeredAt: expect.any(Date),
    });
  });
});

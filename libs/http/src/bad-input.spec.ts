// Whatever the caller sends, the answer is 4xx with a place in it, and never what was sent: the till's codes pass here.
import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Body, Controller, Get, HttpCode, Module, Param, Post, Query } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { connect, type AddressInfo } from 'node:net';
import { createLocalJWKSet } from 'jose';
import { z } from 'zod';
import { TokenVerifier } from '#libs/auth';
import {
  amountIn, Api, dayIn, idIn, newHttpAdapter, NEST_OPTIONS, pageQuery, parse, secureApp, textIn, type ProblemDocument,
} from './index.js';

const Line = z.strictObject({ placeId: idIn('place'), amountCents: amountIn });
const Order = z.strictObject({ name: textIn(20), day: dayIn, lines: z.array(Line).min(1).max(3), note: z.string().max(50).optional() });
const PLACE = 'plc_01902c7b-5d2a-7c3e-9f00-0123456789ab';
const good = { name: 'Bobigny', day: '2026-02-28', lines: [{ placeId: PLACE, amountCents: 1000 }] };

@Controller('orders')
class OrdersController {
  @Post()
  @HttpCode(200)
  @Api({ summary: 'Order', who: 'anyone', body: Order })
  order(@Body() body: unknown) {
    return { cents: Number(parse(Order, body).lines[0]!.amountCents) };
  }

  @Get()
  @Api({ summary: 'List', who: 'anyone', query: pageQuery })
  list(@Query() query: unknown) {
    return parse(pageQuery, query);
  }

  @Get(':id')
  @Api({ summary: 'Show', who: 'anyone' })
  show(@Param() params: unknown) {
    return parse(z.strictObject({ id: idIn('order') }), params);
  }
}
@Module({ controllers: [OrdersController] })
class TestModule {}

const logged: object[] = [];
let app: NestFastifyApplication;
beforeAll(async () => {
  const log = { error: (fields: object) => { logged.push(fields); } };
  app = await NestFactory.create<NestFastifyApplication>(TestModule, newHttpAdapter({ log }), NEST_OPTIONS);
  secureApp(app, { verifier: new TokenVerifier(createLocalJWKSet({ keys: [] })), log });
  await app.listen(0, '127.0.0.1');
});
afterAll(async () => app.close());

const post = (payload: string | Buffer, type = 'application/json', headers = {}) =>
  app.inject({ method: 'POST', url: '/orders', headers: { 'content-type': type, ...headers }, payload });
const problemIn = (response: { json(): unknown }) => response.json() as ProblemDocument;
const withOrder = (more: object) => JSON.stringify({ ...good, ...more });
const withLine = (line: object) => withOrder({ lines: [{ ...good.lines[0], ...line }] });
const SECRET = 'J7QK9M2P4XW8';

describe('a good body', () => {
  it('passes, with every kind of letter and spacing', async () => {
    expect((await post(` ${withOrder({ note: 'Médiathèque d’Évry 🏛 "a: b"' })}\n`)).json()).toEqual({ cents: 1000 });
    expect((await post(JSON.stringify(good), 'application/json; charset="UTF-8"')).statusCode).toBe(200);
    expect((await post(withLine({ amountCents: 1_000_000_000 }))).statusCode).toBe(200);
  });
});

describe('a bad body', () => {
  const nested = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
  it.each<[string, string | Buffer, number, string, string | null]>([
    ['nothing', '', 400, 'request_malformed', 'name'],
    ['null', 'null', 400, 'request_malformed', 'name'],
    ['a list', '[]', 400, 'request_malformed', ''],
    ['a text', `"${SECRET}"`, 400, 'request_malformed', ''],
    ['a number', '12', 400, 'request_malformed', ''],
    ['no JSON', `{"name": ${SECRET}`, 400, 'body_malformed', ''],
    ['two values', '{} {}', 400, 'body_malformed', ''],
    ['a byte order mark', `\uFEFF${JSON.stringify(good)}`, 400, 'body_malformed', ''],
    ['a wrong type', withOrder({ name: 7 }), 400, 'request_malformed', 'name'],
    ['an object for a text', withOrder({ name: { $ne: '' } }), 400, 'request_malformed', 'name'],
    ['blanks for a text', withOrder({ name: '  ' }), 400, 'request_malformed', 'name'],
    ['too long a text', withOrder({ name: 'x'.repeat(21) }), 400, 'request_malformed', 'name'],
    ['an unknown field', withOrder({ code: SECRET }), 400, 'request_malformed', 'code'],
    ['an unknown field inside', withLine({ currency: SECRET }), 400, 'request_malformed', 'lines[0].currency'],
    ['a day that does not exist', withOrder({ day: '2026-02-30' }), 400, 'request_malformed', 'day'],
    ['an id of another noun', withLine({ placeId: PLACE.replace('plc', 'vch') }), 400, 'request_malformed', 'lines[0].placeId'],
    ['an id in capitals', withLine({ placeId: PLACE.toUpperCase() }), 400, 'request_malformed', 'lines[0].placeId'],
    ['an amount in euros', withLine({ amountCents: 10.5 }), 400, 'request_malformed', 'lines[0].amountCents'],
    ['an amount as text', withLine({ amountCents: '1000' }), 400, 'request_malformed', 'lines[0].amountCents'],
    ['an amount of nothing', withLine({ amountCents: 0 }), 400, 'request_malformed', 'lines[0].amountCents'],
    ['a negative amount', withLine({ amountCents: -1 }), 400, 'request_malformed', 'lines[0].amountCents'],
    ['2^53', withLine({ amountCents: 2 ** 53 }), 400, 'request_malformed', 'lines[0].amountCents'],
    ['2^53 + 1, which JSON rounds', withLine({}).replace('1000', '9007199254740993'), 400, 'request_malformed', 'lines[0].amountCents'],
    ['a number beyond all', withLine({}).replace('1000', '1e999'), 400, 'request_malformed', 'lines[0].amountCents'],
    ['more lines than allowed', withOrder({ lines: Array(4).fill(good.lines[0]) }), 400, 'request_malformed', 'lines'],
    ['an endless list', `[${'0,'.repeat(10_000)}0]`, 400, 'body_malformed', ''],
    ['nesting', nested(33), 400, 'body_malformed', null],
    ['nesting that would end the stack', nested(100_000), 400, 'body_malformed', null],
    ['__proto__', `{"__proto__":{"admin":true},${JSON.stringify(good).slice(1)}`, 400, 'body_malformed', '__proto__'],
    ['constructor inside', withOrder({ note: { constructor: { prototype: 1 } } }), 400, 'body_malformed', 'note.constructor'],
    ['a name twice', `{"name":"x",${JSON.stringify(good).slice(1)}`, 400, 'body_malformed', ''],
    ['a name twice, once escaped', `{"n\\u0061me":"x",${JSON.stringify(good).slice(1)}`, 400, 'body_malformed', ''],
    ['a name twice inside', withLine({}).replace('"amountCents"', '"amountCents":1,"amountCents"'), 400, 'body_malformed', ''],
    ['NUL in a text, which PostgreSQL refuses', withOrder({ note: 'a\0b' }), 400, 'body_malformed', 'note'],
    ['NUL in a name', withOrder({ 'a\0': 1 }), 400, 'body_malformed', ''],
    ['half a character', withOrder({}).replace('Bobigny', '\\ud83c'), 400, 'body_malformed', 'name'],
    ['Latin-1 bytes', Buffer.from(withOrder({ note: 'é' }), 'latin1'), 400, 'charset_unsupported', null],
    ['UTF-16 bytes', Buffer.from(JSON.stringify(good), 'utf16le'), 400, 'body_malformed', null],
    ['an overlong UTF-8 form', Buffer.from([0x22, 0xc0, 0x80, 0x22]), 400, 'charset_unsupported', null],
    ['a huge body', `"${'x'.repeat(1_048_577)}"`, 413, 'body_too_large', null],
  ])('%s is refused with its place', async (_, payload, status, code, path) => {
    const response = await post(payload);
    const problem = problemIn(response);
    expect({ status: response.statusCode, code: problem.code }).toEqual({ status, code });
    if (path !== null) expect(problem.errors?.map((error) => error.path)).toContain(path);
    expect(response.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(response.body).not.toContain(SECRET);
    expect(response.body.length).toBeLessThan(2_000);
  });

  it.each<[string, string, object, number, string]>([
    ['text/plain', 'text/plain', {}, 415, 'media_type_unsupported'],
    ['multipart', 'multipart/form-data; boundary=x', {}, 415, 'media_type_unsupported'],
    ['XML where fields are asked for', 'application/xml', {}, 415, 'media_type_unsupported'],
    ['CSV where fields are asked for', 'text/csv', {}, 415, 'media_type_unsupported'],
    ['no media type', '', {}, 415, 'media_type_unsupported'],
    ['a form, which another site can post', 'application/x-www-form-urlencoded', {}, 415, 'media_type_unsupported'],
    ['Latin-1 by name', 'application/json; charset=iso-8859-1', {}, 400, 'charset_unsupported'],
    ['compression', 'application/json', { 'content-encoding': 'gzip' }, 400, 'charset_unsupported'],
  ])('%s is refused before it is read', async (_, type, headers, status, code) => {
    const response = await post(type.includes('form-url') ? 'name=x' : JSON.stringify(good), type, headers);
    expect({ status: response.statusCode, code: problemIn(response).code }).toEqual({ status, code });
  });

  it('names at most twenty places', async () => {
    const many = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`field${index}`, SECRET]));
    const response = await post(JSON.stringify(many));
    expect(response.statusCode).toBe(400);
    expect(problemIn(response).errors!.length).toBeLessThanOrEqual(40);
    expect(response.body).not.toContain(SECRET);
  });

  it('cuts a name that is itself an attack', async () => {
    const response = await post(JSON.stringify({ ...good, ['x'.repeat(100_000)]: 1 }));
    expect(response.statusCode).toBe(400);
    expect(response.body.length).toBeLessThan(2_000);
  });
});

describe('a bad address', () => {
  it.each<[string, string, number, string]>([
    ['limit 0', '/orders?limit=0', 400, 'request_malformed'],
    ['limit 201', '/orders?limit=201', 400, 'request_malformed'],
    ['limit 1e2', '/orders?limit=1e2', 400, 'request_malformed'],
    ['a parameter twice', '/orders?limit=1&limit=2', 400, 'request_malformed'],
    ['an unknown parameter', '/orders?where=1', 400, 'request_malformed'],
    ['__proto__ as a parameter', '/orders?__proto__=1', 400, 'request_malformed'],
    ['NUL in a parameter', '/orders?cursor=%00', 400, 'request_malformed'],
    ['broken percent-encoding in a parameter', '/orders?cursor=%ED%A0%80&limit=%', 400, 'request_malformed'],
    ['an id without its prefix', '/orders/01902c7b-5d2a-7c3e-9f00-0123456789ab', 400, 'request_malformed'],
    ['NUL in an id', '/orders/ord_%00', 400, 'request_malformed'],
    ['broken percent-encoding', '/orders/%E0%A4%A', 400, 'uri_malformed'],
    ['an endless id', `/orders/${'x'.repeat(300)}`, 414, 'uri_too_long'],
    ['nothing there', '/nothing', 404, 'route_not_found'],
    ['another method', '/orders/x/y', 404, 'route_not_found'],
  ])('%s', async (_, url, status, code) => {
    const response = await app.inject({ method: 'GET', url });
    expect({ status: response.statusCode, code: problemIn(response).code }).toEqual({ status, code });
    expect(response.headers['content-type']).toMatch(/^application\/problem\+json/);
  });

  it('limits a list to 50 without being asked', async () => {
    expect((await app.inject({ url: '/orders' })).json()).toEqual({ limit: 50 });
  });
});

describe('bytes that are no HTTP', () => {
  it('are answered with 400 and the connection closes', async () => {
    const { port } = app.getHttpServer().address() as AddressInfo;
    const answer = await new Promise<string>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => socket.write('NONSENSE\r\n\r\n'));
      let text = '';
      socket.on('data', (chunk: Buffer) => { text += chunk; });
      socket.on('close', () => resolve(text));
    });
    expect(answer).toContain(' 400 ');
  });
});

describe('all of this', () => {
  it('is nothing to log: the callers were wrong, not we', () => {
    expect(logged).toEqual([]);
  });
});

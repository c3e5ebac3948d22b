// A file reaches the few routes that take one as the bytes that were sent, within the bound of the route and no other.
import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Body, Controller, HttpCode, Module, Post, Req } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { createLocalJWKSet } from 'jose';
import { TokenVerifier } from '#libs/auth';
import { Api, fileIn, newHttpAdapter, NEST_OPTIONS, requestHashOf, secureApp, TakesFile, type ProblemDocument } from './index.js';

const BYTES_MAX = 2_000_000;
const CALLER = { userId: 'u', organisationId: 'o' } as never;

@Controller('files')
class FilesController {
  @Post()
  @HttpCode(200)
  @TakesFile(BYTES_MAX)
  @Api({ summary: 'Take a file', who: 'anyone' })
  take(@Body() body: unknown, @Req() request: FastifyRequest) {
    const file = fileIn(body);
    return { type: file.mediaType, length: file.bytes.length, hash: requestHashOf(request, CALLER) };
  }
}
@Module({ controllers: [FilesController] })
class TestModule {}

let app: NestFastifyApplication;
beforeAll(async () => {
  const log = { error: () => undefined };
  app = await NestFactory.create<NestFastifyApplication>(TestModule, newHttpAdapter({ log }), NEST_OPTIONS);
  secureApp(app, { verifier: new TokenVerifier(createLocalJWKSet({ keys: [] })), log });
  await app.init();
});
afterAll(async () => app.close());

const post = async (payload: string | Buffer, type: string, headers = {}) => {
  const response = await app.inject({ method: 'POST', url: '/files', headers: { 'content-type': type, ...headers }, payload });
  return { status: response.statusCode, body: response.json() as Record<string, unknown> & ProblemDocument };
};

describe('a route that takes a file', () => {
  it.each([
    ['CSV', 'text/csv', 'text/csv'], ['CSV in another encoding', 'Text/CSV; charset=windows-1252', 'text/csv'], ['JSON', 'application/json', 'application/json'],
  ])('gets %s as it was sent, unread', async (_what, sent, type) => {
    expect(await post(Buffer.from('{"a":\xe9', 'latin1'), sent)).toMatchObject({ status: 200, body: { type, length: 6 } });
  });

  it('takes more than other routes, and no more than it says', async () => {
    expect((await post('x'.repeat(BYTES_MAX), 'application/json')).status).toBe(200);
    expect(await post('x'.repeat(BYTES_MAX + 1), 'text/csv')).toMatchObject({ status: 413, body: { code: 'body_too_large' } });
  });

  it('tells two files apart under one key, and one file from itself never', async () => {
    const hashes = await Promise.all(['a,b', 'a,b', 'a,c'].map(async (content) => (await post(content, 'text/csv')).body['hash']));
    expect(hashes[0]).toBe(hashes[1]);
    expect(hashes[0]).not.toBe(hashes[2]);
  });

  it.each([
    ['XML', 'application/xml', {}, 415, 'media_type_unsupported'],
    ['a form, which another site can post', 'application/x-www-form-urlencoded', {}, 415, 'media_type_unsupported'],
    ['a compressed file', 'text/csv', { 'content-encoding': 'gzip' }, 400, 'charset_unsupported'],
  ])('refuses %s', async (_what, type, headers, status, code) => {
    expect(await post('a=b', type, headers)).toMatchObject({ status, body: { code } });
  });
});

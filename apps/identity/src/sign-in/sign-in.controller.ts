import { Body, Controller, HttpCode, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Api, clientAddress, parse, Problem } from '#libs/http';
import { reject } from '#libs/kernel';
import { Authentication, type SessionCookies } from '../authentication.js';
import { EMAIL_LENGTH_MAX, PASSWORD_LENGTH_MAX } from '../limits.js';
import { SignInAttempts } from './sign-in-attempts.js';

const Credentials = z.strictObject({
  email: z.string().trim().toLowerCase().min(3).max(EMAIL_LENGTH_MAX),
  password: z.string().min(1).max(PASSWORD_LENGTH_MAX),
});
const Nothing = z.strictObject({});
const Done = z.strictObject({ signedIn: z.boolean() });

/**
 * Signing in and out. The bodies are JSON, which no other site can send without our leave (CORS, of which we give none),
 * and the cookie is SameSite=Strict.
 */
@Controller('identity/auth')
export class SignInController {
  constructor(private readonly authentication: Authentication, private readonly attempts: SignInAttempts) {}

  @Post('sign-in/email')
  @HttpCode(200)
  @Api({ summary: 'Sign in: the answer sets a session cookie', who: 'anyone', body: Credentials, answer: Done, refusals: ['sign_in_throttled'] })
  async signIn(@Body() body: unknown, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const { email, password } = parse(Credentials, body);
    const address = clientAddress(request);
    const retryAfterSeconds = this.attempts.begin(address, email);
    if (retryAfterSeconds !== undefined) throw new Problem(reject('sign_in_throttled', { retryAfterSeconds }));
    const cookies = await this.authentication.signIn(email, password);
    if (!cookies) throw new Problem('sign_in_failed');
    this.attempts.succeed(address, email);
    return answer(reply, cookies, true);
  }

  @Post('sign-out')
  @HttpCode(200)
  @Api({ summary: 'Sign out: ends the session of the cookie', who: 'anyone', body: Nothing, answer: Done })
  async signOut(@Body() body: unknown, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    parse(Nothing, body);
    return answer(reply, await this.authentication.signOut(request.headers.cookie ?? ''), false);
  }
}

function answer(reply: FastifyReply, cookies: SessionCookies, signedIn: boolean) {
  void reply.header('set-cookie', [...cookies]).header('cache-control', 'no-store');
  return { signedIn };
}

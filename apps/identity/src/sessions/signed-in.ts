import type { FastifyRequest } from 'fastify';
import { Problem } from '#libs/http';
import type { Authentication, SignedIn } from '../authentication.js';

/** Whose cookies the request brings. Throws `session_missing` where they are nobody's. */
export async function signedInBy(authentication: Authentication, request: FastifyRequest): Promise<SignedIn> {
  const signedIn = await authentication.session(request.headers.cookie);
  if (!signedIn) throw new Problem('session_missing');
  return signedIn;
}

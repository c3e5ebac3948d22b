import type { FastifyRequest } from 'fastify';
import { SecondFactorAsked, type Sessions } from '../sessions.js';
import { visitOf } from '../visit.js';
import type { FactorVisit } from './second-factor.page.js';

/** `path`: of the page, also where a form of it answers: the links that change the language lead there, not to where forms are posted. */
export async function factorVisit(sessions: Sessions, request: FastifyRequest, path: string): Promise<FactorVisit> {
  const person = await sessions.person(request).catch((error: unknown) => {
    // Of staff these pages come before all others: they are nobody yet but who they say.
    if (error instanceof SecondFactorAsked) return undefined;
    throw error;
  });
  return { ...visitOf(request), path, person };
}

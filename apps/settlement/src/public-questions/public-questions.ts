// What every route that anybody may read asks before it does anything: may whoever sits there ask now? What these routes tell is
// everybody's, so that a count in memory is enough: it keeps one reader from taking settlement from the others, and hides nothing. What
// Stripe sends is no question; its signature lets it in.
import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { RateWindows } from '#libs/auth';
import { clientAddress, networkOf, Problem, type BaseProblem } from '#libs/http';
import { reject } from '#libs/kernel';
import { PUBLIC_QUESTIONS_MAX, PUBLIC_QUESTIONS_WINDOW_MS } from '../limits.js';

@Injectable()
export class PublicQuestions {
  private readonly asked = new RateWindows(PUBLIC_QUESTIONS_MAX, PUBLIC_QUESTIONS_WINDOW_MS, () => performance.now());

  /** Counts one of that address, or of the network of a household; throws a 429 Problem where it has to wait. */
  count(request: FastifyRequest): void {
    const leftMs = this.asked.count(networkOf(clientAddress(request)));
    if (leftMs !== undefined) throw new Problem(reject('too_many_requests' satisfies BaseProblem, { retryAfterSeconds: Math.max(1, Math.ceil(leftMs / 1_000)) }));
  }
}

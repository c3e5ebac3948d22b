// Live: the process answers. Ready: everything that a request needs answers too; a proxy sends work to ready processes only. What is
// late (messages that wait for another service) is said and takes no process away: a till is served while settlement is down.
import { Injectable } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import { withinLimit } from './time-limit.js';

export type PartState = 'ok' | 'late' | 'failed';
/** A rejection counts as failed. */
export type HealthCheck = () => Promise<PartState>;
export type Readiness = Readonly<{ status: 'ready' | 'not_ready' | 'stopping'; checks: Readonly<Record<string, PartState>> }>;

const CHECK_LIMIT_MS = 2_000;
/** Anyone may ask; the database is asked at most this often. */
const KEPT_MS = 1_000;

@Injectable()
export class Health {
  private readonly checks = new Map<string, HealthCheck>();
  private stops = false;
  private kept?: { at: number; answer: Promise<Readiness> };

  /** `name` is `service.part`, e.g. `redemption.database`. Throws on a name that is taken. */
  register(name: string, check: HealthCheck): void {
    if (this.checks.has(name)) throw new Error(`health check ${name} is registered twice`);
    this.checks.set(name, check);
  }

  /** From here on not ready, so that a proxy sends new work elsewhere. */
  beginStop(): void {
    this.stops = true;
  }

  get isStopping(): boolean {
    return this.stops;
  }

  async readiness(): Promise<Readiness> {
    if (this.stops) return { status: 'stopping', checks: {} };
    const now = performance.now();
    if (!this.kept || now - this.kept.at > KEPT_MS) this.kept = { at: now, answer: this.ask() };
    return this.kept.answer;
  }

  private async ask(): Promise<Readiness> {
    const asked = [...this.checks].map(async ([name, check]) => {
      const state = await withinLimit(Promise.resolve().then(check), CHECK_LIMIT_MS, name).catch(() => 'failed' as const);
      return [name, state] as const;
    });
    const checks = Object.fromEntries(await Promise.all(asked));
    return { status: Object.values(checks).some((state) => state === 'failed') ? 'not_ready' : 'ready', checks };
  }
}

/** Says which part failed, never why: the reason may name hosts and users, and anyone may ask. */
export function installHealth(fastify: FastifyInstance, health: Health): void {
  fastify.get('/health/live', async (_request, reply) => reply.header('cache-control', 'no-store').send({ status: 'live' }));
  fastify.get('/health/ready', async (_request, reply) => {
    const answer = await health.readiness();
    return reply.code(answer.status === 'ready' ? 200 : 503).header('cache-control', 'no-store').send(answer);
  });
}

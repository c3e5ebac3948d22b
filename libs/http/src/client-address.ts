import type { FastifyRequest } from 'fastify';

const LOOPBACK = /^(127\.|::1$|::ffff:127\.)/;

/**
 * Where the person sits. The pages sign people in on their behalf from this machine and say for whom; from any other
 * machine the header is worth nothing. The last entry is the one that the nearest server wrote.
 */
export function clientAddress({ ip, headers }: Pick<FastifyRequest, 'ip' | 'headers'>): string {
  const forwarded = headers['x-forwarded-for'];
  const nearest = typeof forwarded === 'string' ? forwarded.split(',').at(-1)?.trim() : undefined;
  return LOOPBACK.test(ip) && nearest ? nearest.slice(0, 45) : ip;
}

// What a service does besides answering requests: its database, its messages, its background loops. The app starts
// these after the HTTP routes exist and stops them in reverse, whether it holds one service or all.
import type { HealthCheck } from './health.js';

export interface Lifecycle {
  readonly name: string;
  start(): Promise<void>;
  /** Stops taking new work, finishes what is open, closes connections. Called once. */
  stop(): Promise<void>;
  /** Named checks for /health/ready; each answers how that part works now. */
  checks(): Record<string, HealthCheck>;
  /** True when nothing waits: outbox empty, everything acknowledged, no background work. For tests and the demo. */
  idle(): Promise<boolean>;
  /** No background work waits, whatever is on its way between services. */
  isWorkedOff(): Promise<boolean>;
  /** No transaction of its own is open at this moment. */
  isAtRest(): boolean;
}

/** The token under which a service's module provides its Lifecycle, so that the app can collect them all. */
export const lifecycleToken = (service: string): symbol => Symbol.for(`mereau.lifecycle.${service}`);

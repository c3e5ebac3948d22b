// Puts the door in front of an app. Called once, before routes are initialised.
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AuthGuard, type TokenVerifier } from '#libs/auth';
import { ProblemFilter } from './problem.filter.js';
import type { FaultLog } from './problem-handlers.js';

/** `nowMs`: real time, but for a spec of its own. */
export type AppSecurity = Readonly<{ verifier: TokenVerifier; log: FaultLog; nowMs?: () => number }>;

/** Every controller of the app behind the guard, every failure as a problem. */
export function secureApp(app: NestFastifyApplication, { verifier, log, nowMs }: AppSecurity): void {
  app.useGlobalGuards(new AuthGuard(verifier, log, nowMs));
  app.useGlobalFilters(new ProblemFilter(log));
}

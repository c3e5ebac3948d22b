// All services in one process: what `npm start` runs. Messages still go from outbox to queue to inbox; a service is
// seen as its Nest module and nothing else.
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { routesWithoutWho, TokenVerifier } from '#libs/auth';
import { buildOpenApi } from '#libs/http';
import { INSPECTOR_ROLE, SCHEMAS, urlAs } from '#libs/persistence';
import {
  createServiceApp, lifecycleToken, localUrl, NightlyInspection, rolePasswords, runApp,
  serviceSettings, type AppModule, type MessagingLifecycle,
  type RunningApp, type SharedSettings,
} from '#libs/service';
import { AuditModule } from '../../audit/src/audit.module.js';
import { createFirstApprover, createFirstOperator, IdentityModule } from '../../identity/src/identity.module.js';
import { IssuanceModule } from '../../issuance/src/issuance.module.js';
import { RedemptionModule } from '../../redemption/src/redemption.module.js';
import { SettlementModule } from '../../settlement/src/settlement.module.js';
import { helpOf } from '../../web/src/settings.js';
import { WebModule } from '../../web/src/web.module.js';

const SERVICES = {
  issuance: IssuanceModule, redemption: RedemptionModule, settlement: SettlementModule, audit: AuditModule, identity: IdentityModule,
};

type FirstPerson = { name: string; email: string; password: string };

export type Platform = Pick<RunningApp, 'url' | 'idle' | 'close'> & Readonly<{
  /** Makes the first operator, and the one who approves what that operator does. False when there is somebody already. */
  createFirstPeople(people: Readonly<{ operator: FirstPerson; approver: FirstPerson }>): Promise<boolean>;
}>;

/** Listens when it resolves. Throws StartupFault when the port is taken or a service cannot start. */
export async function startPlatform(shared: SharedSettings): Promise<Platform> {
  const { program, logs } = shared;
  const app = await assemblePlatform(shared);
  const running = await runApp(app, { host: program.host, port: program.port, logs, services: SCHEMAS });
  const { url, idle } = running;
  const inspection = inspectNightly(app, shared);
  inspection?.start();
  return {
    url, idle,
    async close() {
      await inspection?.stop();
      await running.close();
    },
    async createFirstPeople({ operator, approver }) {
      const isFirst = (await createFirstOperator(app, operator)) !== undefined;
      // Also where a start was killed between the two.
      await createFirstApprover(app, approver);
      return isFirst;
    },
  };
}

/** Told by audit. Services with databases of their own have none that sees them all: there each inspects itself (runService). */
function inspectNightly(app: NestFastifyApplication, shared: SharedSettings): NightlyInspection | undefined {
  const { program: { databaseUrl }, keyring, logs } = shared;
  if (!databaseUrl) return undefined;
  const audit = app.get<MessagingLifecycle>(lifecycleToken('audit'), { strict: false });
  const inspectorUrl = urlAs(databaseUrl, INSPECTOR_ROLE, rolePasswords(keyring)(INSPECTOR_ROLE));
  return new NightlyInspection({ inspectorUrl, log: logs, tell: (broken) => audit.tellBroken(broken) });
}

/** What the whole offers, put together without starting anything: its OpenAPI document, and routes that forgot to say who. */
export async function describePlatform(shared: SharedSettings): Promise<{ openApi: object; routesWithoutWho: string[] }> {
  const app = await assemblePlatform(shared);
  return { openApi: buildOpenApi(app), routesWithoutWho: routesWithoutWho(app) };
}

/** Everything in one app, that does not listen yet. `verifier`: another in a spec of its own. */
export function assemblePlatform(shared: SharedSettings, verifier?: TokenVerifier): Promise<NestFastifyApplication> {
  const { program, logs } = shared;
  const url = localUrl(program);
  const modules: AppModule[] = [
    ...SCHEMAS.map((service) => SERVICES[service].register(serviceSettings(service, shared))),
    WebModule.register({ origins: allAt(url), baseUrl: serviceSettings('identity', shared).baseUrl, log: logs, ...helpOf(process.env) }),
  ];
  return createServiceApp(modules, { logs, verifier: verifier ?? TokenVerifier.of(url), trustProxy: program.trustProxy });
}

const allAt = (url: string) => ({ issuance: url, redemption: url, settlement: url, audit: url, identity: url });

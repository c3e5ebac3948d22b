// The last checkpoint of the operator that gives: over everything that audit has, by audit's own command.
import { CommandBus } from '@nestjs/cqrs';
import { TokenVerifier } from '#libs/auth';
import { isRejected } from '#libs/kernel';
import { StartupFault } from '#libs/persistence';
import { createServiceApp, lifecycleToken, localUrl, serviceSettings, type Lifecycle, type SharedSettings } from '#libs/service';
import { AuditModule } from '../../../audit/src/audit.module.js';
import { PublishCheckpoint } from '../../../audit/src/publish-checkpoint/publish-checkpoint.command.js';

/** Resolves with the size of the signed log, and leaves no connection behind. Throws StartupFault when audit refuses to sign. */
export async function signLog(shared: SharedSettings): Promise<number> {
  const app = await createServiceApp([AuditModule.register(serviceSettings('audit', shared))], {
    logs: shared.logs, verifier: TokenVerifier.of(localUrl(shared.program)),
  });
  try {
    await app.init();
    const signed = await app.get(CommandBus, { strict: false })
      .execute(new PublishCheckpoint({ kind: 'process', name: 'cession', correlationId: 'audit-log' }));
    if (isRejected(signed) || !signed) throw new StartupFault(`the audit log cannot be signed (${isRejected(signed) ? signed.code : 'nothing is due'}): look at docs/runbooks/audit-log-broken.md`);
    return signed.size;
  } finally {
    await app.get<Lifecycle>(lifecycleToken('audit'), { strict: false }).stop();
    await app.close();
  }
}

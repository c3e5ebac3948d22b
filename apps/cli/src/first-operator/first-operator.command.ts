// `mereau first-operator EMAIL NAME`, once, where services run in processes of their own: the account that creates the
// others. The password comes from MEREAU_FIRST_PASSWORD, because an argument stands in the list of processes.
import { TokenVerifier } from '#libs/auth';
import { databaseClock } from '#libs/kernel';
import { StartupFault } from '#libs/persistence';
import { createLogs, createServiceApp, keyringFor, readProgramSettings, serviceSettings } from '#libs/service';
import { createFirstOperator, IdentityModule } from '../../../identity/src/identity.module.js';

export async function firstOperatorCommand([email, ...words]: readonly string[]): Promise<number> {
  const password = process.env['MEREAU_FIRST_PASSWORD'];
  if (!email || words.length === 0 || !password) {
    throw new StartupFault('usage: MEREAU_FIRST_PASSWORD=… mereau first-operator EMAIL NAME');
  }
  const program = readProgramSettings();
  const logs = createLogs(program, 'first-operator');
  const settings = serviceSettings('identity', {
    env: process.env, program, keyring: keyringFor(['identity'], program, process.env), clock: databaseClock, logs,
  });
  const app = await createServiceApp([IdentityModule.register(settings)], { logs, verifier: TokenVerifier.of(settings.identityUrl) });
  const created = await createFirstOperator(app, { email, password, name: words.join(' ') });
  console.log(created ? `created ${email}, the first operator` : 'there are users already: nothing was created');
  return created ? 0 : 1;
}

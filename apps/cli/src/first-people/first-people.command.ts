// `mereau first-operator EMAIL NAME` and then `mereau first-approver EMAIL NAME`, each once, where services run in
// processes of their own: the two accounts that the others come from. Two people, because from then on nobody alone adds
// a colleague or lets money go. The password comes from MEREAU_FIRST_PASSWORD: an argument stands in the list of processes.
import { TokenVerifier } from '#libs/auth';
import { databaseClock } from '#libs/kernel';
import { StartupFault } from '#libs/persistence';
import { createLogs, createServiceApp, keyringFor, readProgramSettings, serviceSettings } from '#libs/service';
import { createFirstApprover, createFirstOperator, IdentityModule } from '../../../identity/src/identity.module.js';

const FIRST = {
  operator: { create: createFirstOperator, nothing: 'there are users already: nothing was created' },
  approver: {
    create: createFirstApprover,
    nothing: 'nothing was created: the operator needs exactly one person for this, and the address must be a new one',
  },
} as const;

export const firstPersonCommand = (role: keyof typeof FIRST) => async ([email, ...words]: readonly string[]): Promise<number> => {
  const password = process.env['MEREAU_FIRST_PASSWORD'];
  const command = `first-${role}`;
  if (!email || words.length === 0 || !password) {
    throw new StartupFault(`usage: MEREAU_FIRST_PASSWORD=… mereau ${command} EMAIL NAME`);
  }
  const program = readProgramSettings();
  const logs = createLogs(program, command);
  const settings = serviceSettings('identity', {
    env: process.env, program, keyring: keyringFor(['identity'], program, process.env), clock: databaseClock, logs,
  });
  const app = await createServiceApp([IdentityModule.register(settings)], { logs, verifier: TokenVerifier.of(settings.identityUrl) });
  const { create, nothing } = FIRST[role];
  const created = await create(app, { email, password, name: words.join(' ') });
  console.log(created ? `created ${email}, the first ${role}` : nothing);
  return created ? 0 : 1;
};

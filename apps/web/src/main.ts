import 'reflect-metadata';
import { localUrl, runProgram } from '#libs/service';
import { helpOf, type ServiceName } from './settings.js';
import { WebModule } from './web.module.js';

const SERVICES = ['issuance', 'redemption', 'settlement', 'audit', 'identity'] as const;

await runProgram('web', async (program, logs) => {
  // `MEREAU_ISSUANCE_URL` and so on; without one, the platform of this machine is asked.
  const origins = Object.fromEntries(SERVICES.map((name) => [name, process.env[`MEREAU_${name.toUpperCase()}_URL`] || localUrl(program)]));
  const baseUrl = process.env['MEREAU_BASE_URL'] || localUrl(program);
  const settings = { origins: origins as Record<ServiceName, string>, baseUrl, log: logs, ...helpOf(process.env) };
  return { modules: [WebModule.register(settings)], services: [], identityUrl: settings.origins.identity };
});

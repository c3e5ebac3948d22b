import 'reflect-metadata';
import { runService } from '#libs/service';
import { IdentityModule } from './identity.module.js';

await runService('identity', (settings) => IdentityModule.register(settings));

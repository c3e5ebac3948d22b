import 'reflect-metadata';
import { runService } from '#libs/service';
import { IssuanceModule } from './issuance.module.js';

await runService('issuance', (settings) => IssuanceModule.register(settings));

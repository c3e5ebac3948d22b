import 'reflect-metadata';
import { runService } from '#libs/service';
import { RedemptionModule } from './redemption.module.js';

await runService('redemption', (settings) => RedemptionModule.register(settings));

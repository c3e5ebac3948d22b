import 'reflect-metadata';
import { runService } from '#libs/service';
import { SettlementModule } from './settlement.module.js';

await runService('settlement', (settings) => SettlementModule.register(settings));

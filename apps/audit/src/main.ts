import 'reflect-metadata';
import { runService } from '#libs/service';
import { AuditModule } from './audit.module.js';

await runService('audit', (settings) => AuditModule.register(settings));

import { Module, type DynamicModule } from '@nestjs/common';
import { registerRefusals } from '#libs/http';
import { lifecycleToken, type ServiceSettings } from '#libs/service';
import { openAudit } from './audit.lifecycle.js';
import { AuditWork } from './audit.work.js';
import { ReadEventsController } from './read-events/read-events.controller.js';
import { REFUSALS } from './refusals.js';

/** Takes a copy of every event and shows it; changes nothing in any other service. */
@Module({})
export class AuditModule {
  static register(settings: ServiceSettings): DynamicModule {
    registerRefusals('audit', REFUSALS);
    const { work, lifecycle } = openAudit(settings);
    return {
      module: AuditModule,
      controllers: [ReadEventsController],
      providers: [
        { provide: AuditWork, useValue: work },
        { provide: lifecycleToken('audit'), useValue: lifecycle },
      ],
      exports: [lifecycleToken('audit')],
    };
  }
}

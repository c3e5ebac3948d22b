import { Module, type DynamicModule } from '@nestjs/common';
import { CommandBus, CqrsModule } from '@nestjs/cqrs';
import { registerRefusals } from '#libs/http';
import { Keyring } from '#libs/keys';
import { lifecycleToken, type ServiceSettings } from '#libs/service';
import { AuditLifecycle, openWork } from './audit.lifecycle.js';
import { AuditWork } from './audit.work.js';
import { ExportLogController } from './export-log/export-log.controller.js';
import { ExportLogHandler } from './export-log/export-log.handler.js';
import { ProveEventsController } from './prove-events/prove-events.controller.js';
import { ProveConsistencyHandler, ProveInclusionHandler } from './prove-events/prove-events.handler.js';
import { CheckpointFile } from './publish-checkpoint/checkpoint-file.js';
import { FindingsController } from './findings/findings.controller.js';
import { FollowFindingHandler, ListFindingsHandler, RaiseFindingHandler, ShowFindingHandler } from './findings/findings.handlers.js';
import { Notary } from './publish-checkpoint/notary.js';
import { PublishCheckpointController } from './publish-checkpoint/publish-checkpoint.controller.js';
import { PublishCheckpointHandler } from './publish-checkpoint/publish-checkpoint.handler.js';
import { ReadEventsController } from './read-events/read-events.controller.js';
import { REFUSALS } from './refusals.js';
import {
  DrawSampleHandler, ListItemsHandler, ListSamplesHandler, MarkItemHandler, RepeatSampleHandler, ShowSampleHandler,
} from './sampling/sampling.handlers.js';
import { SamplingController } from './sampling/sampling.controller.js';
import { Sealer } from './seal-events/sealer.js';
import { ShowCoverageController } from './show-coverage/show-coverage.controller.js';
import { ListCoverageHandler, ShowCoverageOfDayHandler } from './show-coverage/show-coverage.handler.js';
import { ShowCheckpointsController } from './show-checkpoints/show-checkpoints.controller.js';
import { ListCheckpointsHandler, ShowKeysHandler } from './show-checkpoints/show-checkpoints.handler.js';
import { ShowReadingsController } from './show-readings/show-readings.controller.js';
import { ShowReadingsHandler } from './show-readings/show-readings.handler.js';
import { ShowRightsController } from './show-rights/show-rights.controller.js';
import { ShowRightsHandler } from './show-rights/show-rights.handler.js';
import { ShowRulesController } from './show-rules/show-rules.controller.js';
import { ShowRulesHandler } from './show-rules/show-rules.handler.js';
import { StateCoverageController } from './state-coverage/state-coverage.controller.js';
import { StateCoverageHandler } from './state-coverage/state-coverage.handler.js';
import { TraceCentController } from './trace-cent/trace-cent.controller.js';
import { TraceCentHandler } from './trace-cent/trace-cent.handler.js';

const CONTROLLERS = [
  ReadEventsController, PublishCheckpointController, ShowCheckpointsController, ProveEventsController, ExportLogController,
  StateCoverageController, ShowCoverageController, TraceCentController, ShowReadingsController, ShowRightsController, ShowRulesController,
  SamplingController, FindingsController,
];
const HANDLERS = [
  PublishCheckpointHandler, ListCheckpointsHandler, ShowKeysHandler, ProveInclusionHandler, ProveConsistencyHandler, ExportLogHandler,
  StateCoverageHandler, ListCoverageHandler, ShowCoverageOfDayHandler, TraceCentHandler, ShowReadingsHandler,
  ShowRightsHandler, ShowRulesHandler,
  DrawSampleHandler, MarkItemHandler, ListSamplesHandler, ShowSampleHandler, ListItemsHandler, RepeatSampleHandler,
  RaiseFindingHandler, FollowFindingHandler, ListFindingsHandler, ShowFindingHandler,
];

/** Takes a copy of every event, seals it, and proves it to whoever asks; changes nothing in any other service. */
@Module({})
export class AuditModule {
  static register(settings: ServiceSettings): DynamicModule {
    registerRefusals('audit', REFUSALS);
    const work = openWork(settings);
    return {
      module: AuditModule,
      imports: [CqrsModule],
      controllers: CONTROLLERS,
      providers: [
        { provide: AuditWork, useValue: work },
        { provide: Sealer, useValue: new Sealer(work) },
        { provide: Keyring, useValue: settings.keyring },
        { provide: Notary, useValue: notaryOf(settings) },
        {
          provide: lifecycleToken('audit'), inject: [Sealer, CommandBus],
          useFactory: (sealer: Sealer, commands: CommandBus) => new AuditLifecycle(settings, work, sealer, commands),
        },
        ...HANDLERS,
      ],
      exports: [lifecycleToken('audit')],
    };
  }
}

/** A log is known by where it answers, without the scheme, as C2SP recommends. */
const notaryOf = ({ keyring, baseUrl, dataDir, log }: ServiceSettings): Notary =>
  new Notary(keyring, `${new URL(baseUrl).host}/audit`, new CheckpointFile(dataDir, log));

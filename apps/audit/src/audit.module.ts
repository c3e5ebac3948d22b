import { Module, type DynamicModule } from '@nestjs/common';
import { CommandBus, CqrsModule } from '@nestjs/cqrs';
import { registerRefusals } from '#libs/http';
import { Keyring } from '#libs/keys';
import { QueueDesk, queueControllers } from '#libs/queue-desk';
import { lifecycleToken, type ServiceSettings } from '#libs/service';
import { AlertAppealsController } from './alert-appeals/alert-appeals.controller.js';
import { AnswerAlertAppealHandler, StateAlertAppealHandler } from './alert-appeals/alert-appeal.handlers.js';
import { AlertRulesController } from './alert-rules/alert-rules.controller.js';
import { ConfirmRuleSetHandler, ListRuleSetsHandler, ProposeRuleSetHandler } from './alert-rules/alert-rules.handlers.js';
import { AlertWatch } from './alert-watch/alert-watch.js';
import { AlertsController } from './alerts/alerts.controller.js';
import { DecideAlertHandler } from './alerts/decide-alert.handler.js';
import { ListAlertsHandler, ShowAlertHandler, ShowWatchHandler } from './alerts/list-alerts.handler.js';
import { Comparer } from './compare-tallies/comparer.js';
import { DifferencesController } from './compare-tallies/differences.controller.js';
import { ConsolidateController } from './consolidate/consolidate.controller.js';
import { Restater } from './restate-ledgers/restater.js';
import { ApproveRestatementHandler, AskRestatementHandler, ListRestatementsHandler } from './restate-ledgers/restatement.handlers.js';
import { RestatementsController } from './restate-ledgers/restatements.controller.js';
import { AuditLifecycle, openWork } from './audit.lifecycle.js';
import { AuditWork } from './audit.work.js';
import { Documents } from './evidence-packet/documents.js';
import { EvidencePacketController } from './evidence-packet/evidence-packet.controller.js';
import { EvidencePacketHandler } from './evidence-packet/evidence-packet.handler.js';
import { ExportLogController } from './export-log/export-log.controller.js';
import { ExportLogHandler } from './export-log/export-log.handler.js';
import { ImpactController } from './impact/impact.controller.js';
import { ListCoefficientsHandler, PublishCoefficientHandler, ShowImpactHandler } from './impact/impact.handlers.js';
import { CountedEventsController } from './open-data/counted-events.controller.js';
import { OpenDataController } from './open-data/open-data.controller.js';
import { ListCountedEventsHandler, ListReleasesHandler, ShowReleaseHandler } from './open-data/open-data.handler.js';
import { ReleaseOpenDataHandler } from './open-data/release-open-data.handler.js';
import { CheckpointPost, MailCheckpointsHandler } from './mail-checkpoints/mail-checkpoints.handler.js';
import { ProveEventsController } from './prove-events/prove-events.controller.js';
import { ProveConsistencyHandler, ProveInclusionHandler } from './prove-events/prove-events.handler.js';
import { CheckpointFile } from './publish-checkpoint/checkpoint-file.js';
import { ProveStatementController } from './prove-statement/prove-statement.controller.js';
import { ProveStatementHandler } from './prove-statement/prove-statement.handler.js';
import { LogAlarm } from './publish-checkpoint/log-alarm.js';
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
import { TargetController } from './territory-targets/target.controller.js';
import { SetTargetHandler, ShowTargetsHandler } from './territory-targets/target.handlers.js';
import { ProofTeller } from './tell-proofs/proof-teller.js';
import { TerritoryController } from './territory/territory.controller.js';
import { ShowAreasHandler, ShowPlaceEarningsHandler } from './territory/territory.handlers.js';
import { TraceCentController } from './trace-cent/trace-cent.controller.js';
import { TraceCentHandler } from './trace-cent/trace-cent.handler.js';

const CONTROLLERS = [
  ...queueControllers('audit'),
  ReadEventsController, PublishCheckpointController, ShowCheckpointsController, ProveEventsController, ExportLogController,
  StateCoverageController, ShowCoverageController, TraceCentController, OpenDataController, ImpactController, AlertsController,
  AlertAppealsController, AlertRulesController, ProveStatementController, EvidencePacketController, DifferencesController,
  ConsolidateController, RestatementsController, ShowReadingsController, ShowRightsController, ShowRulesController,
  SamplingController, FindingsController, TerritoryController, TargetController, CountedEventsController,
];
const HANDLERS = [
  PublishCheckpointHandler, ListCheckpointsHandler, ShowKeysHandler, ProveInclusionHandler, ProveConsistencyHandler,
  ExportLogHandler, StateCoverageHandler, ListCoverageHandler, ShowCoverageOfDayHandler, TraceCentHandler,
  ReleaseOpenDataHandler, ListReleasesHandler, ShowReleaseHandler, ListCountedEventsHandler,
  PublishCoefficientHandler, ListCoefficientsHandler,
  ShowImpactHandler, ListAlertsHandler, ShowAlertHandler, ShowWatchHandler, DecideAlertHandler, StateAlertAppealHandler,
  AnswerAlertAppealHandler, ProposeRuleSetHandler, ConfirmRuleSetHandler, ListRuleSetsHandler,
  AskRestatementHandler, ApproveRestatementHandler, ListRestatementsHandler, MailCheckpointsHandler,
  ProveStatementHandler, EvidencePacketHandler, ShowReadingsHandler, ShowRightsHandler, ShowRulesHandler, DrawSampleHandler,
  MarkItemHandler, ListSamplesHandler, ShowSampleHandler, ListItemsHandler, RepeatSampleHandler, RaiseFindingHandler,
  FollowFindingHandler, ListFindingsHandler, ShowFindingHandler, ShowAreasHandler, ShowPlaceEarningsHandler,
  SetTargetHandler, ShowTargetsHandler,
];

/** Takes a copy of every event, seals it, proves it to whoever asks and asks the rules against fraud about it; moves no money. */
@Module({})
export class AuditModule {
  static register(settings: ServiceSettings): DynamicModule {
    registerRefusals('audit', REFUSALS);
    const work = openWork(settings);
    const [restater, comparer, teller] = [new Restater(work), new Comparer(work), new ProofTeller(work)];
    return {
      module: AuditModule,
      imports: [CqrsModule],
      controllers: CONTROLLERS,
      providers: [
        { provide: AuditWork, useValue: work }, { provide: QueueDesk, useValue: new QueueDesk(work) },
        { provide: Sealer, useValue: new Sealer(work) },
        { provide: AlertWatch, useValue: new AlertWatch(work) },
        { provide: Restater, useValue: restater },
        { provide: Comparer, useValue: comparer },
        { provide: ProofTeller, useValue: teller },
        { provide: Keyring, useValue: settings.keyring },
        { provide: Notary, useValue: notaryOf(settings) },
        { provide: CheckpointPost, useValue: new CheckpointPost(settings) },
        { provide: Documents, useValue: new Documents(settings.documentOrigins) },
        { provide: LogAlarm, useValue: new LogAlarm(work) },
        {
          provide: lifecycleToken('audit'), inject: [Sealer, AlertWatch, CommandBus],
          useFactory: (sealer: Sealer, watch: AlertWatch, commands: CommandBus) =>
            new AuditLifecycle(settings, work, commands, { sealer, watch, restater, comparer, teller }),
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

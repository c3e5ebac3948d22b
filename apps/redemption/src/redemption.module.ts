import { Module, type DynamicModule } from '@nestjs/common';
import { CommandBus, CqrsModule } from '@nestjs/cqrs';
import { TokenVerifier } from '#libs/auth';
import { TotalsPublisher, totalsController } from '#libs/control-totals';
import { registerRefusals } from '#libs/http';
import { keyRequestPages } from '#libs/key-requests';
import { Keyring } from '#libs/keys';
import { QueueDesk, queueControllers } from '#libs/queue-desk';
import { lifecycleToken, type ServiceSettings } from '#libs/service';
import { AccreditPlaceController } from './accredit-place/accredit-place.controller.js';
import { AccreditPlaceHandler } from './accredit-place/accredit-place.handler.js';
import { AnswerAppealController } from './answer-appeal/answer-appeal.controller.js';
import { AnswerAppealHandler } from './answer-appeal/answer-appeal.handler.js';
import { ApplyForAccreditationController } from './apply-for-accreditation/apply-for-accreditation.controller.js';
import {
  StartApplicationHandler, SubmitApplicationHandler, WriteApplicationHandler,
} from './apply-for-accreditation/apply-for-accreditation.handler.js';
import { AttendanceSheetController } from './attendance-sheet/attendance-sheet.controller.js';
import { ShowSessionHandler } from './attendance-sheet/attendance-sheet.handler.js';
import { AuthoriseRedemptionController } from './authorise-redemption/authorise-redemption.controller.js';
import { CancelAuthorisationController } from './cancel-authorisation/cancel-authorisation.controller.js';
import { CancelAuthorisationHandler } from './cancel-authorisation/cancel-authorisation.handler.js';
import { CitizenGuard } from './citizen-guard/citizen-guard.js';
import { CheckVoucherController } from './check-voucher/check-voucher.controller.js';
import { ApproveTariffController } from './approve-tariff/approve-tariff.controller.js';
import { ApproveTariffHandler } from './approve-tariff/approve-tariff.handler.js';
import { ClosePeriodController } from './close-period/close-period.controller.js';
import { ClosePeriodHandler, ShowTotalsHandler } from './close-period/close-period.handler.js';
import { ConfirmRedemptionController } from './confirm-redemption/confirm-redemption.controller.js';
import { DeviceKeys } from './device-signature/device-keys.js';
import { EnrolDeviceController } from './enrol-device/enrol-device.controller.js';
import { EnrolDeviceHandler, OpenEnrolmentHandler } from './enrol-device/enrol-device.handler.js';
import { EnrolmentCodes } from './enrol-device/enrolment-code.js';
import { ExpireBatchController } from './expire-batch/expire-batch.controller.js';
import { ExpireBatchesHandler, ListExpiryRunsHandler } from './expire-batch/expire-batch.handler.js';
import { ExpiryRunner } from './expire-batch/expiry-runner.js';
import { ExtendBatchHandler } from './extend-batch/extend-batch.handler.js';
import { ExtensionRunner } from './extend-batch/extension-runner.js';
import { FindPlacesController } from './find-places/find-places.controller.js';
import { FindPlacesHandler } from './find-places/find-places.handler.js';
import { DecideZonesController } from './decide-zones/decide-zones.controller.js';
import { CompareZonesHandler, DecideZonesHandler, ListZoneVersionsHandler } from './decide-zones/decide-zones.handler.js';
import { ImportZonesController } from './import-zones/import-zones.controller.js';
import { ImportZonesHandler, ListZoneImportRowsHandler, ShowZoneImportHandler } from './import-zones/import-zones.handler.js';
import { ShowZonesController } from './show-zones/show-zones.controller.js';
import { ShowZonesHandler } from './show-zones/show-zones.handler.js';
import { ImportPlacesController } from './import-places/import-places.controller.js';
import {
  ImportPlacesHandler, ListPlaceImportRowsHandler, ListPlaceImportsHandler, ShowPlaceImportHandler,
} from './import-places/import-places.handler.js';
import { KnowFeeRuleHandler, KnowProgrammeHandler } from './know-rules/know-rules.handler.js';
import { EndFreezeHandler, FreezeOrderHandler } from './freeze-order/freeze-order.handler.js';
import { KnowGivenBackHandler, KnowStockHandler } from './know-stock/know-stock.handler.js';
import { LookUpVoucherController } from './look-up-voucher/look-up-voucher.controller.js';
import { LookUpVoucherHandler } from './look-up-voucher/look-up-voucher.handler.js';
import { NoteStatementHandler } from './note-statement/note-statement.handler.js';
import { PreviewPlacesController } from './preview-places/preview-places.controller.js';
import { PreviewPlacesHandler } from './preview-places/preview-places.handler.js';
import { CLOSED_UP_TO } from './period-closing.store.js';
import { PublishQuestionnaireController } from './publish-questionnaire/publish-questionnaire.controller.js';
import { ListQuestionnairesHandler, PublishQuestionnaireHandler } from './publish-questionnaire/publish-questionnaire.handler.js';
import { ReadPriceTextsController } from './read-price-texts/read-price-texts.controller.js';
import { OfflineKeys } from './redeem-offline/offline-keys.js';
import { ReceiveCapturesHandler } from './redeem-offline/receive-captures.handler.js';
import { RedeemOfflineController } from './redeem-offline/redeem-offline.controller.js';
import { CaptureReader } from './redeem-offline/redeem-offline.request.js';
import { RedeemSessionController } from './redeem-session/redeem-session.controller.js';
import { CodeHasher } from './redeem-voucher/code-hasher.js';
import { TillEdge } from './redeem-voucher/till-edge.js';
import { openWork, RedemptionLifecycle } from './redemption.lifecycle.js';
import { RedemptionWork } from './redemption.work.js';
import { REFUSALS } from './refusals.js';
import { RegisterPlaceController } from './register-place/register-place.controller.js';
import { RegisterPlaceHandler } from './register-place/register-place.handler.js';
import { ReinstatePlaceController } from './reinstate-place/reinstate-place.controller.js';
import { ReinstatePlaceHandler } from './reinstate-place/reinstate-place.handler.js';
import { ReportLossController } from './report-loss/report-loss.controller.js';
import { AnswerLossHandler, ListLossesHandler, ReportLossHandler, StopByCodeHandler } from './report-loss/report-loss.handler.js';
import { ReviewApplicationController } from './review-application/review-application.controller.js';
import { DecideApplicationHandler, TakeUpApplicationHandler } from './review-application/review-application.handler.js';
import { ShowAppealsController } from './show-appeals/show-appeals.controller.js';
import { ListAppealsHandler } from './show-appeals/show-appeals.handler.js';
import { ShowApplicationsController } from './show-applications/show-applications.controller.js';
import { ListApplicationsHandler } from './show-applications/show-applications.handler.js';
import { ShowBatchesController } from './show-batches/show-batches.controller.js';
import { ListBatchesHandler } from './show-batches/show-batches.handler.js';
import { ShowMeasuresController } from './show-measures/show-measures.controller.js';
import { LeaveProgrammeController } from './leave-programme/leave-programme.controller.js';
import { LeaveProgrammeHandler, TakeDepartureBackHandler } from './leave-programme/leave-programme.handler.js';
import { ShowDeparturesController } from './show-departures/show-departures.controller.js';
import { ListDeparturesHandler } from './show-departures/show-departures.handler.js';
import { ListMeasuresHandler } from './show-measures/show-measures.handler.js';
import { SetTariffController } from './set-tariff/set-tariff.controller.js';
import { SetTariffHandler } from './set-tariff/set-tariff.handler.js';
import { ShowNomenclatureController } from './show-nomenclature/show-nomenclature.controller.js';
import { RevokeDeviceController } from './revoke-device/revoke-device.controller.js';
import { RevokeDeviceHandler } from './revoke-device/revoke-device.handler.js';
import { SetDeviceRuleController } from './set-device-rule/set-device-rule.controller.js';
import { SetDeviceRuleHandler, ShowDeviceRuleHandler } from './set-device-rule/set-device-rule.handler.js';
import { ShowDesertsController } from './show-deserts/show-deserts.controller.js';
import { ShowDesertsHandler } from './show-deserts/show-deserts.handler.js';
import { ShowDevicesController } from './show-devices/show-devices.controller.js';
import { ListDevicesHandler } from './show-devices/show-devices.handler.js';
import { ShowPlacesController } from './show-places/show-places.controller.js';
import { ListPlacesHandler } from './show-places/show-places.handler.js';
import { ComparePricesController } from './compare-prices/compare-prices.controller.js';
import { ComparePricesHandler } from './compare-prices/compare-prices.handler.js';
import { TerritoryPrices } from './compare-prices/territory-prices.js';
import { ShowOwnPlaceController } from './show-own-place/show-own-place.controller.js';
import { ShowOwnPlaceHandler } from './show-own-place/show-own-place.handler.js';
import { ShowPriceRangesController } from './show-price-ranges/show-price-ranges.controller.js';
import { ShowPriceRangesHandler } from './show-price-ranges/show-price-ranges.handler.js';
import { ShowReceiptController } from './show-receipt/show-receipt.controller.js';
import { ShowReceiptHandler } from './show-receipt/show-receipt.handler.js';
import { ShowRedemptionsController } from './show-redemptions/show-redemptions.controller.js';
import { ListRedemptionsHandler, ShowTodayHandler } from './show-redemptions/show-redemptions.handler.js';
import { ShowTariffsController } from './show-tariffs/show-tariffs.controller.js';
import { ListTariffsHandler, ShowPricesHandler } from './show-tariffs/show-tariffs.handler.js';
import { SimulateRuleController } from './simulate-rule/simulate-rule.controller.js';
import { SimulateRuleHandler } from './simulate-rule/simulate-rule.handler.js';
import { StateAppealController } from './state-appeal/state-appeal.controller.js';
import { StateAppealHandler } from './state-appeal/state-appeal.handler.js';
import { StopVouchersController } from './stop-vouchers/stop-vouchers.controller.js';
import { StopLostHandler, StopVouchersHandler } from './stop-vouchers/stop-vouchers.handler.js';
import { ActivateRangeHandler, LoadChunkHandler, TakeBatchHandler } from './take-batch/take-batch.handler.js';
import { ExpiryCalendar } from './tell-expiry/expiry-calendar.js';
import { Collector } from './till/collector.js';
import { openCollector } from './till/open-collector.js';
import { TakeMeasureController } from './take-measure/take-measure.controller.js';
import { TakeMeasureHandler } from './take-measure/take-measure.handler.js';
import { AcknowledgeTillAlarmHandler, ListTillAlarmsHandler } from './till-alarms/till-alarms.handler.js';
import { TillAlarmsController } from './till-alarms/till-alarms.controller.js';
import { DeviceUses } from './till-limits/device-uses.js';
import { TillCounts } from './till-limits/till-counts.js';
import { TillGuard } from './till-limits/till-guard.js';
import { TillLimits } from './till-limits/till-limits.js';
import { UndoRedemptionController } from './undo-redemption/undo-redemption.controller.js';
import { UndoRedemptionHandler } from './undo-redemption/undo-redemption.handler.js';
import { TryImportController } from './try-import/try-import.controller.js';
import { TryImportHandler } from './try-import/try-import.handler.js';

registerRefusals('redemption', REFUSALS);

const CONTROLLERS = [
  keyRequestPages('redemption', RedemptionWork),
  RegisterPlaceController, AccreditPlaceController, ShowPlacesController, ShowBatchesController, ShowRedemptionsController,
  ClosePeriodController, RedeemSessionController, UndoRedemptionController, StopVouchersController, ExpireBatchController,
  ImportPlacesController, PreviewPlacesController, TryImportController, SimulateRuleController, AttendanceSheetController,
  CheckVoucherController, AuthoriseRedemptionController, ConfirmRedemptionController, CancelAuthorisationController,
  TakeMeasureController, ReinstatePlaceController, ShowMeasuresController, LeaveProgrammeController, ShowDeparturesController,
  StateAppealController, AnswerAppealController, ShowAppealsController, PublishQuestionnaireController, ApplyForAccreditationController,
  ReviewApplicationController, ShowApplicationsController,
  ShowNomenclatureController, SetTariffController, ApproveTariffController, ShowTariffsController, ReadPriceTextsController,
  ImportZonesController, DecideZonesController, ShowZonesController,
  LookUpVoucherController, ShowReceiptController, ReportLossController, FindPlacesController, ShowDesertsController,
  ShowPriceRangesController, ComparePricesController, ShowOwnPlaceController, TillAlarmsController, EnrolDeviceController,
  RevokeDeviceController, ShowDevicesController,
  SetDeviceRuleController, RedeemOfflineController, totalsController('redemption'), ...queueControllers('redemption'),
];
const HANDLERS = [
  RegisterPlaceHandler, AccreditPlaceHandler, ListPlacesHandler, ListBatchesHandler, ShowTodayHandler, ListRedemptionsHandler,
  ClosePeriodHandler,
  ShowTotalsHandler, KnowProgrammeHandler, KnowFeeRuleHandler, TakeBatchHandler, LoadChunkHandler, ActivateRangeHandler,
  UndoRedemptionHandler, StopVouchersHandler, StopLostHandler, ExpireBatchesHandler, ListExpiryRunsHandler, NoteStatementHandler,
  ImportPlacesHandler, ShowPlaceImportHandler, ListPlaceImportsHandler, ListPlaceImportRowsHandler, PreviewPlacesHandler, TryImportHandler,
  DecideZonesHandler, ListZoneVersionsHandler, CompareZonesHandler,
  ImportZonesHandler, ShowZoneImportHandler, ListZoneImportRowsHandler, ShowZonesHandler,
  KnowStockHandler, KnowGivenBackHandler,
  SimulateRuleHandler, ExtendBatchHandler, FreezeOrderHandler, EndFreezeHandler, ShowSessionHandler,
  CancelAuthorisationHandler,
  LeaveProgrammeHandler, TakeDepartureBackHandler, ListDeparturesHandler,
  TakeMeasureHandler, ReinstatePlaceHandler, ListMeasuresHandler, StateAppealHandler, AnswerAppealHandler, ListAppealsHandler,
  PublishQuestionnaireHandler, ListQuestionnairesHandler, StartApplicationHandler, WriteApplicationHandler, SubmitApplicationHandler,
  TakeUpApplicationHandler, DecideApplicationHandler, ListApplicationsHandler,
  SetTariffHandler, ApproveTariffHandler, ShowPricesHandler, ListTariffsHandler, ShowPriceRangesHandler, ComparePricesHandler,
  ShowOwnPlaceHandler,
  ListTillAlarmsHandler, AcknowledgeTillAlarmHandler, OpenEnrolmentHandler, EnrolDeviceHandler, RevokeDeviceHandler,
  ListDevicesHandler, SetDeviceRuleHandler, ShowDeviceRuleHandler, ReceiveCapturesHandler,
  LookUpVoucherHandler, ShowReceiptHandler, StopByCodeHandler, ReportLossHandler, AnswerLossHandler, ListLossesHandler, FindPlacesHandler,
  ShowDesertsHandler,
];

/** What holders have left is of a programme by its batch. */
const PROGRAMME_OF = `case when account like 'outstanding:%'
  then (select b.programme_id from redemption.batch b where b.id = split_part(account, ':', 2)::uuid) end`;

/** Where vouchers are spent: places, what they may take, every voucher's balance, and the tills. */
@Module({})
export class RedemptionModule {
  static register(settings: ServiceSettings): DynamicModule {
    const { databaseUrl, clock, keyring, identityUrl, log } = settings;
    const collector = openCollector(databaseUrl, { clock, log });
    const work = openWork(settings);
    const nowMs = () => clock.override()?.getTime() ?? Date.now();
    const [limits, uses] = [new TillLimits(nowMs), new DeviceUses()];
    const counts = new TillCounts(limits, uses, work);
    return {
      module: RedemptionModule,
      imports: [CqrsModule],
      controllers: CONTROLLERS,
      providers: [
        { provide: RedemptionWork, useValue: work }, { provide: QueueDesk, useValue: new QueueDesk(work) },
        { provide: TotalsPublisher, useValue: new TotalsPublisher(work, { programmeOf: PROGRAMME_OF, closedUpTo: CLOSED_UP_TO, waiting: 'select message_id from redemption.parked_message' }) },
        { provide: Collector, useValue: collector },
        { provide: Keyring, useValue: keyring },
        { provide: CodeHasher, useValue: new CodeHasher(keyring, () => collector.pepperKeyIds(), log) },
        { provide: TokenVerifier, useValue: TokenVerifier.of(identityUrl) },
        { provide: TillGuard, useValue: new TillGuard({ limits, uses, keys: new DeviceKeys(work), nowMs }) },
        { provide: CitizenGuard, useValue: new CitizenGuard(limits, keyring.deriveSecret('citizen-address')) },
        EnrolmentCodes, OfflineKeys, CaptureReader, TerritoryPrices,
        TillEdge,
        ExpiryRunner, ExtensionRunner, ExpiryCalendar,
        {
          provide: lifecycleToken('redemption'), inject: [ExpiryRunner, ExtensionRunner, ExpiryCalendar, TotalsPublisher, CommandBus],
          useFactory: (
            runner: ExpiryRunner, extensions: ExtensionRunner, calendar: ExpiryCalendar, totals: TotalsPublisher, commands: CommandBus,
          ) => new RedemptionLifecycle(settings, work, { collector, counts, runner, extensions, calendar, totals }, commands),
        },
        ...HANDLERS,
      ],
      exports: [lifecycleToken('redemption')],
    };
  }
}

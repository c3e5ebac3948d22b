import { Module, type DynamicModule } from '@nestjs/common';
import { ApiKeysController } from './api-keys/api-keys.controller.js';
import { keyRequestsList } from './api-keys/key-requests.list.js';
import { AccountController } from './account/account.controller.js';
import { AccreditationController } from './accreditation/accreditation.controller.js';
import { alertPage } from './alerts/alert.page.js';
import { alertRulesPage } from './alerts/alert-rules.page.js';
import { AlertsController } from './alerts/alerts.controller.js';
import { AskLinkController } from './ask-link/ask-link.controller.js';
import { AssetsController } from './assets.controller.js';
import { CheckpointsController } from './checkpoints/checkpoints.controller.js';
import { ChoosePasswordController } from './choose-password/choose-password.controller.js';
import { ConsolidationController } from './consolidation/consolidation.controller.js';
import { StatementDocumentController } from './contradictory-statements/statement-document.controller.js';
import { contradictoryStatementPage } from './contradictory-statements/statement.page.js';
import { contradictoryStatementsList } from './contradictory-statements/statements.list.js';
import { CoverageController } from './coverage/coverage.controller.js';
import { DayController } from './day/day.controller.js';
import { decisionPages } from './decisions/decision.controller.js';
import { DeliveriesController } from './deliveries/deliveries.controller.js';
import { ReferenceController } from './reference/reference.controller.js';
import { DeskController } from './desk/desk.controller.js';
import { RulesController } from './desk/rules.controller.js';
import { WorksheetController } from './desk/worksheet.controller.js';
import { FindingsController } from './desk/findings.controller.js';
import { DesksController } from './desks/desks.controller.js';
import { DeparturesController } from './departures/departures.controller.js';
import { DevicesController } from './devices/devices.controller.js';
import { DraftsController } from './drafts/drafts.controller.js';
import { draftsList } from './drafts/drafts.list.js';
import { paidEarlyPage } from './early-payments/paid-early.page.js';
import { EventsController } from './events/events.controller.js';
import { EvidenceController } from './evidence/evidence.controller.js';
import { ExportsController } from './exports/exports.controller.js';
import { CommonsPoolsController } from './commons-pools/commons-pools.controller.js';
import { extensionPage } from './extensions/extension.page.js';
import { extensionsList } from './extensions/extensions.list.js';
import { FeeBookController } from './fee-book/fee-book.controller.js';
import { FiguresController } from './figures/figures.controller.js';
import { FollowUpController } from './follow-up/follow-up.controller.js';
import { FunnelController } from './funnel/funnel.controller.js';
import { HandOverListController } from './hand-over/hand-over-list.controller.js';
import { HandOverController } from './hand-over/hand-over.controller.js';
import { HelpController } from './help/help.controller.js';
import { HomeController } from './home/home.controller.js';
import { impersonationPage } from './impersonations/impersonation.page.js';
import { ImpersonationsController } from './impersonations/impersonations.controller.js';
import { impersonationsList } from './impersonations/impersonations.list.js';
import { ImpactController } from './impact/impact.controller.js';
import { InvoicesController } from './invoices/invoices.controller.js';
import { LandingController } from './landing/landing.controller.js';
import { handOversList } from './lists/hand-overs.list.js';
import { listPages } from './lists/list.controller.js';
import { redemptionsList } from './lists/redemptions.list.js';
import { stockList } from './lists/stock.list.js';
import { LossesController } from './losses/losses.controller.js';
import { LostController } from './lost/lost.controller.js';
import { mandatePage } from './mandates/mandate.page.js';
import { mandatesList } from './mandates/mandates.list.js';
import { newMandatePage } from './mandates/new-mandate.page.js';
import { MenuController } from './menu/menu.controller.js';
import { OPERATOR_PAGES } from './operator/operator-pages.js';
import { invoicesList } from './orders/invoices.list.js';
import { OrdersController } from './orders/orders.controller.js';
import { ordersList } from './orders/orders.list.js';
import { OwnSettingsController } from './own-settings/own-settings.controller.js';
import { PasskeyDoorController } from './passkeys/passkey-door.controller.js';
import { PasskeysController } from './passkeys/passkeys.controller.js';
import { Passkeys } from './passkeys/passkeys.data.js';
import { PlaceSheetController } from './place-sheet/place-sheet.controller.js';
import { PlacesController } from './places/places.controller.js';
import { ProofsController } from './proofs/proofs.controller.js';
import { ReceiptController } from './receipt/receipt.controller.js';
import { RedeemController } from './redeem/redeem.controller.js';
import { UndoController } from './redeem/undo.controller.js';
import { RedemptionController } from './redemptions/redemption.controller.js';
import { RunController } from './run/run.controller.js';
import { SearchController } from './search/search.controller.js';
import { SecondFactorController } from './second-factor/second-factor.controller.js';
import { SecondFactors } from './second-factor/second-factor.data.js';
import { newRestatementPage, restatementPage } from './restatements/restatement.page.js';
import { restatementsList } from './restatements/restatements.list.js';
import { Services } from './services.js';
import { Sessions } from './sessions.js';
import { WebSettings } from './settings.js';
import { SignInController } from './sign-in/sign-in.controller.js';
import { statementLinesList } from './statements/statement-lines.list.js';
import { StatementsController } from './statements/statements.controller.js';
import { statementsList } from './statements/statements.list.js';
import { Acts } from './stock/acts.js';
import { MovesController } from './stock/moves.controller.js';
import { TariffsController } from './tariffs/tariffs.controller.js';
import { TeamController } from './team/team.controller.js';
import { TargetsController } from './territory-targets/targets.controller.js';
import { TerritoryController } from './territory/territory.controller.js';
import { ForwardController } from './till/forward.controller.js';
import { TillAssetsController } from './till/till-assets.controller.js';
import { TillController } from './till/till.controller.js';
import { TraceController } from './trace/trace.controller.js';
import { VintagesController } from './vintages/vintages.controller.js';
import { VoucherController } from './voucher/voucher.controller.js';
import { VouchersController } from './vouchers/vouchers.controller.js';
import { WorkshopController } from './workshop/workshop.controller.js';

/** The pages. Everything that they show comes from the services over HTTP, with the token of the person who looks. */
@Module({})
export class WebModule {
  static register(settings: WebSettings): DynamicModule {
    const services = new Services(settings);
    const sessions = new Sessions(services);
    return {
      module: WebModule,
      controllers: [
        ...OPERATOR_PAGES, LandingController, VoucherController, SignInController, HomeController, RedeemController,
        StatementsController, RunController, EventsController, AssetsController, CoverageController, UndoController,
        WorkshopController, DevicesController, TillController, ForwardController, TillAssetsController, SecondFactorController,
        FiguresController, FeeBookController, CommonsPoolsController, AlertsController, decisionPages(alertPage),
        decisionPages(alertRulesPage), MenuController, TraceController, ImpactController, TerritoryController, TargetsController,
        listPages(redemptionsList), LossesController, LostController,
        ReceiptController, PlacesController, HelpController, CheckpointsController,
        EvidenceController, DeskController, WorksheetController, RulesController,
        FindingsController, AskLinkController, ChoosePasswordController,
        OwnSettingsController, TeamController, AccountController, AccreditationController, DeparturesController,
        DayController, InvoicesController,
        PlaceSheetController, RedemptionController, TariffsController, listPages(statementsList), listPages(statementLinesList),
        decisionPages(paidEarlyPage),
        listPages(ordersList), listPages(invoicesList), listPages(draftsList), DraftsController, OrdersController,
        StatementDocumentController, listPages(contradictoryStatementsList), decisionPages(contradictoryStatementPage),
        listPages(extensionsList), decisionPages(extensionPage), FunnelController, VintagesController,
        DeliveriesController, HandOverController, HandOverListController, listPages(handOversList), listPages(stockList),
        VouchersController, MovesController, DesksController,
        FollowUpController, SearchController, ConsolidationController, ProofsController, ExportsController, listPages(mandatesList),
        decisionPages(newMandatePage), decisionPages(mandatePage), listPages(restatementsList), decisionPages(newRestatementPage),
        decisionPages(restatementPage), listPages(impersonationsList), ImpersonationsController, decisionPages(impersonationPage),
        PasskeysController, PasskeyDoorController, ApiKeysController, ReferenceController,
        ...(['issuance', 'redemption', 'settlement', 'identity'] as const).map((service) => listPages(keyRequestsList(service))),
      ],
      providers: [
        { provide: WebSettings, useValue: settings },
        { provide: Services, useValue: services },
        { provide: Sessions, useValue: sessions },
        { provide: Acts, useValue: new Acts(services, sessions, settings) },
        { provide: Passkeys, useValue: new Passkeys(services, sessions) },
        { provide: SecondFactors, useValue: new SecondFactors(services, sessions) },
      ],
    };
  }
}

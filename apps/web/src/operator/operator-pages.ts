// The pages of the operator: lists, pages of one thing with its decisions, and the books.
import type { Type } from '@nestjs/common';
import { allOrdersList } from '../all-orders/all-orders.list.js';
import { orderDeskPage } from '../all-orders/order-desk.page.js';
import { allocationPage, newAllocationPage } from '../allocations/allocation.page.js';
import { allocationsList } from '../allocations/allocations.list.js';
import { BankFilesController } from '../bank-files/bank-files.controller.js';
import { bankLinePage } from '../bank/bank-line.page.js';
import { bankLinesList } from '../bank/bank-lines.list.js';
import { creditsList } from '../bank/credits.list.js';
import { BooksController } from '../books/books.controller.js';
import { closingRulesPage } from '../closing-rules/closing-rules.page.js';
import { debitNotePage } from '../debit-notes/debit-note.page.js';
import { DebitNoteFileController } from '../debit-notes/debit-note-file.controller.js';
import { debitNotesList } from '../debit-notes/debit-notes.list.js';
import { decisionPages } from '../decisions/decision.controller.js';
import { quoteDeskPage, quotesList } from '../drafts/quote-desk.js';
import { earlyPaymentRulesPage } from '../early-payments/early-payment-rules.page.js';
import { earlyPaymentsList } from '../early-payments/early-payments.list.js';
import { holdPage } from '../holds/hold.page.js';
import { holdsList } from '../holds/holds.list.js';
import { ImportsController } from '../imports/imports.controller.js';
import { incidentPage, newIncidentPage } from '../incidents/incident.page.js';
import { incidentsList } from '../incidents/incidents.list.js';
import { listPages } from '../lists/list.controller.js';
import { refundsList } from '../owed-refunds/refunds.list.js';
import { OrganisationKeysController } from '../organisation-keys/organisation-keys.controller.js';
import { ownMoneyPage } from '../own-money/own-money.page.js';
import { payeeStatementPage } from '../payee-statements/payee-statement.page.js';
import { payeeStatementsList } from '../payee-statements/payee-statements.list.js';
import { ibanSharesList } from '../payees/iban-shares.list.js';
import { payeePage } from '../payees/payee.page.js';
import { payeesList } from '../payees/payees.list.js';
import { payerPage } from '../payers/payer.page.js';
import { payersList } from '../payers/payers.list.js';
import { paymentReportPage } from '../payment-reports/payment-report.page.js';
import { paymentReportsList } from '../payment-reports/payment-reports.list.js';
import { paymentsList } from '../payments/payments.list.js';
import { payoutStopPage } from '../payout-stops/payout-stop.page.js';
import { payoutStopsList } from '../payout-stops/payout-stops.list.js';
import { placeChargesPage } from '../place-charges/place-charges.page.js';
import { deadLetterPage } from '../queues/dead-letter.page.js';
import { deadLettersList } from '../queues/dead-letters.list.js';
import { SERVICES } from '../queues/queue-words.js';
import { QueuesController } from '../queues/queues.controller.js';
import { departuresList } from '../registered-places/departures.js';
import { appealsList } from '../registered-places/appeals.js';
import { placePage } from '../registered-places/place.page.js';
import { placesList } from '../registered-places/places.list.js';
import { newProgrammePage } from '../rules/new-programme.page.js';
import { programmePage } from '../rules/programme.page.js';
import { programmesList } from '../rules/programmes.list.js';
import { sharesPage } from '../rules/shares.page.js';
import { zoneVersionPage } from '../zone-lists/zone-version.page.js';
import { runDraftPage } from '../run-drafts/run-draft.page.js';
import { sharingRulesPage } from '../sharing-rules/sharing-rules.page.js';
import { stripePage } from '../stripe/stripe.page.js';

/** `…/new` before `…/:id`, and forms before runs of that name. */
export const OPERATOR_PAGES: readonly Type[] = [
  decisionPages(newIncidentPage), decisionPages(newAllocationPage), decisionPages(newProgrammePage),
  decisionPages(runDraftPage), decisionPages(sharingRulesPage),
  listPages(incidentsList), decisionPages(incidentPage), listPages(debitNotesList), decisionPages(debitNotePage), DebitNoteFileController,
  listPages(payoutStopsList), decisionPages(payoutStopPage), listPages(allocationsList), decisionPages(allocationPage),
  BankFilesController, listPages(paymentReportsList), decisionPages(paymentReportPage),
  listPages(paymentsList), listPages(refundsList), listPages(bankLinesList), decisionPages(bankLinePage), listPages(creditsList),
  decisionPages(ownMoneyPage), decisionPages(stripePage), decisionPages(closingRulesPage), decisionPages(placeChargesPage),
  listPages(earlyPaymentsList), decisionPages(earlyPaymentRulesPage),
  listPages(holdsList), decisionPages(holdPage), listPages(payeesList), decisionPages(payeePage), listPages(ibanSharesList),
  listPages(payeeStatementsList), decisionPages(payeeStatementPage), listPages(placesList), decisionPages(placePage),
    listPages(appealsList), listPages(departuresList),
  listPages(payersList), decisionPages(payerPage), listPages(quotesList), decisionPages(quoteDeskPage),
  listPages(allOrdersList), decisionPages(orderDeskPage),
  OrganisationKeysController, ImportsController, decisionPages(zoneVersionPage),
  QueuesController, ...SERVICES.flatMap((service) => [listPages(deadLettersList(service)), decisionPages(deadLetterPage(service))]),
  listPages(programmesList), decisionPages(programmePage), decisionPages(sharesPage), BooksController,
];

// Every invariant, once. docs/invariants.md is generated from it; a test plants the fault of each and sees it named.
import { ALERT_RULES } from './alerts.js';
import { AUDIT_RULES } from './audit.js';
import { CLEARING } from './clearing.js';
import { CROSSING_RULES } from './crossing.js';
import type { Invariant } from './invariant.js';
import { DEBIT_NOTE_RULES } from './debit-notes.js';
import { INVOICE_RULES } from './invoices.js';
import { ISSUANCE_RULES } from './issuance.js';
import { LEDGER_RULES } from './ledgers.js';
import { MESSAGE_RULES } from './messages.js';
import { PLACE_DEBT_RULES } from './place-debts.js';
import { POOL_RULES } from './pools.js';
import { PROGRAMME_RULES } from './programme.js';
import { REDEMPTION_RULES } from './redemption.js';
import { EARLY_PAYMENT_RULES } from './early-payments.js';
import { RUNS_OUT_RULES } from './runs-out.js';
import { SETTLEMENT_RULES } from './settlement.js';
import { STOCK_RULES } from './stock.js';
import { TARIFF_RULES } from './tariffs.js';
import { TREASURY_RULES } from './treasury.js';

export const CATALOGUE: readonly Invariant[] = [
  ...CLEARING, ...LEDGER_RULES, ...ISSUANCE_RULES, ...INVOICE_RULES, ...PLACE_DEBT_RULES, ...REDEMPTION_RULES,
  ...SETTLEMENT_RULES, ...DEBIT_NOTE_RULES, ...RUNS_OUT_RULES, ...EARLY_PAYMENT_RULES, ...POOL_RULES,
  ...TREASURY_RULES, ...STOCK_RULES, ...PROGRAMME_RULES,
  ...TARIFF_RULES, ...MESSAGE_RULES, ...AUDIT_RULES, ...ALERT_RULES, ...CROSSING_RULES,
];

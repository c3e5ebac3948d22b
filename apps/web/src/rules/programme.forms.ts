// What the operator publishes about a programme that exists: its next rules, what places give up, what payers are charged. Each
// is tried first.
import type { DecisionForm, Values } from '../decisions/decision-page.js';
import { choicesOf } from '../operator/words.js';
import type { SignedInVisit } from '../visit.js';
import { inForce, isOperator, type ProgrammeView } from './programme.data.js';
import { creditorField, first, fromField, hundredths, ruleBody, ruleFields } from './rule-fields.js';
import { tryPayerFee, tryPlaceFee, tryRule } from './rule-trial.js';
import { VAT_REGIMES } from './rule-words.js';

export function programmeForms(view: ProgrammeView, visit: SignedInVisit): readonly DecisionForm[] {
  return isOperator(visit) ? [...ruleForm(view, visit), placeFeeForm(view, visit), payerFeeForm(view, visit)] : [];
}

const trial = ({ say }: SignedInVisit, run: NonNullable<DecisionForm['trial']>['run']): DecisionForm['trial'] => ({ button: say('Essayer', 'Try it'), run });

function ruleForm({ programmeId, rules, accounts }: ProgrammeView, visit: SignedInVisit): readonly DecisionForm[] {
  const { say } = visit;
  const rule = inForce(rules);
  const account = accounts.ok && rule ? accounts.value.find(({ bankAccountId }) => bankAccountId === rule.custodyAccountId) : undefined;
  if (!rule || !account) return [];
  const body = (values: Values) => ruleBody(values, account, rule);
  return [{
    step: 'rule', title: say('Publier une nouvelle version des règles', 'Publish a new version of the rules'), roles: ['operator'], filled: true,
    says: say('« Essayer » rejoue l’année passée et ne garde rien. Une fois publiée, la version vaut pour les commandes de son premier jour et d’après ; celles d’avant gardent la leur.',
      '“Try it” decides the past year again and keeps nothing. Once published, the version is for orders of its first day and later; those of before keep theirs.'),
    fields: [fromField(visit), ...ruleFields(visit, rule), creditorField(visit, account)],
    trial: trial(visit, (values, tryOut) => tryRule(programmeId, body(values), tryOut, visit)),
    button: say('Publier ces règles', 'Publish these rules'), send: (values) => ({ path: `/issuance/programmes/${programmeId}/rules`, body: body(values) }),
  }];
}

function placeFeeForm({ programmeId, fees }: ProgrammeView, visit: SignedInVisit): DecisionForm {
  const { say } = visit;
  const last = fees.ok ? fees.value[0] : undefined;
  return {
    step: 'place-fee', folded: true, title: say('Publier un barème des frais des lieux', 'Publish a fee rule of places'), roles: ['operator'],
    says: say('Ce qui est pris sur chaque encaissement à partir de ce jour. Prendre plus demande trente jours de préavis, et les lieux en sont avertis. Un plafond promis ne remonte jamais.',
      'What is taken of each redemption from that day on. To take more needs thirty days of notice, and places are told. A cap that is promised never rises again.'),
    fields: [
      { name: 'from', kind: 'day', label: say('À partir du', 'From') },
      { name: 'feeBasisPoints', kind: 'percent', label: say('Frais de l’opérateur, en %', 'Fee of the operator, in %'), ...first(hundredths(last?.feeBasisPoints, visit)) },
      { name: 'vatBasisPoints', kind: 'percent', label: say('TVA sur ces frais, en %', 'VAT on the fee, in %'), ...first(hundredths(last?.vatBasisPoints ?? 2_000, visit)) },
      { name: 'commonsBasisPoints', kind: 'percent', label: say('Fonds commun, en %', 'Commons, in %'), ...first(hundredths(last?.commonsBasisPoints, visit)) },
      { name: 'promisedCapBasisPoints', kind: 'percent', optional: true, label: say('Plafond promis du tout, en %', 'Cap promised for all of it, in %'), hint: say('Vide : aucune promesse nouvelle.', 'Empty: no new promise.'), ...first(hundredths(last?.promisedCapBasisPoints, visit)) },
    ],
    trial: trial(visit, async (values) => tryPlaceFee({
      feeBasisPoints: Number(values['feeBasisPoints']), vatBasisPoints: Number(values['vatBasisPoints']), commonsBasisPoints: Number(values['commonsBasisPoints']),
    }, last, visit)),
    button: say('Publier ce barème', 'Publish this fee rule'), send: (values) => ({ path: '/settlement/fee-rules', body: { programmeId, ...values } }),
  };
}

function payerFeeForm({ programmeId, payerFees, usualFees }: ProgrammeView, visit: SignedInVisit): DecisionForm {
  const { say } = visit;
  const last = (payerFees.ok ? payerFees.value[0] : undefined) ?? (usualFees.ok ? usualFees.value[0] : undefined);
  const terms = ({ from: _, forWhom: __, agreementCents: cents, agreementBasisPoints: basisPoints, ...values }: Values) => ({
    ...values, services: last?.services ?? [],
    ...(cents !== undefined && basisPoints !== undefined && { agreement: { cents, basisPoints } }),
  });
  return {
    step: 'payer-fee', folded: true, title: say('Publier les frais des financeurs', 'Publish what payers are charged'), roles: ['operator'],
    says: say('Vaut pour les commandes facturées à partir de ce jour. Les services facturés à part restent ceux de la règle d’avant.', 'For orders that are invoiced from that day on. Services that are charged beside it stay those of the rule before.'),
    fields: [
      { name: 'from', kind: 'day', label: say('À partir du', 'From') },
      { name: 'forWhom', kind: 'choice', label: say('Pour', 'For'), value: 'own', choices: [['own', say('ce programme', 'this programme')], ['all', say('tous les programmes sans règle à eux', 'all programmes without a rule of their own')]] },
      { name: 'feeBasisPoints', kind: 'percent', label: say('Frais, en % de la valeur commandée', 'Fee, in % of the value ordered'), ...first(hundredths(last?.feeBasisPoints, visit)) },
      { name: 'vatBasisPoints', kind: 'percent', label: say('TVA sur ces frais, en %', 'VAT on the fee, in %'), ...first(hundredths(last?.vatBasisPoints ?? 2_000, visit)) },
      { name: 'vatRegime', kind: 'choice', label: say('Les chèques, pour la TVA', 'The vouchers, for VAT'), choices: choicesOf(VAT_REGIMES)(visit), ...first(last?.vatRegime) },
      { name: 'vatProvision', kind: 'text', max: 120, optional: true, seldom: true, label: say('Article de loi à citer sur la facture', 'Provision of the law to be named on the invoice'), ...first(last?.vatProvision ?? undefined) },
      { name: 'orderMaxCents', kind: 'amount', optional: true, seldom: true, label: say('Jamais plus, pour une commande', 'Never more, for an order'), ...first(hundredths(last?.orderMaxCents, visit)) },
      { name: 'agreementCents', kind: 'amount', optional: true, seldom: true, label: say('Convention : jusqu’à ce montant commandé', 'Agreement: up to this amount ordered'), ...first(hundredths(last?.agreement?.cents, visit)) },
      { name: 'agreementBasisPoints', kind: 'percent', optional: true, seldom: true, label: say('Convention : frais d’au plus, en %', 'Agreement: fee of at most, in %'), ...first(hundredths(last?.agreement?.basisPoints, visit)) },
    ],
    trial: trial(visit, (values, tryOut) => tryPayerFee(programmeId, terms(values), tryOut, visit)),
    button: say('Publier ces frais', 'Publish this fee'),
    send: (values) => ({ path: '/issuance/upstream-fee-rules', body: { ...terms(values), from: values['from'], programmeId: values['forWhom'] === 'own' ? programmeId : null } }),
  };
}

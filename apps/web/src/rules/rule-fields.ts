// The rules of a programme as a form says them: read from a version that exists, and sent as a whole.
import { SERVICE_CODES } from '#libs/contracts';
import type { FormField, Values } from '../decisions/decision-page.js';
import { choicesOf } from '../operator/words.js';
import { serviceName } from '../service-choice.js';
import type { SignedInVisit } from '../visit.js';
import type { BankAccount } from './programme.data.js';
import type { Programme } from './programmes.list.js';
import { ON_EXPIRY, TARGET_PUBLICS } from './rule-words.js';

/** As people type euros and percentages, which are both hundredths. */
export const hundredths = (value: number | null | undefined, { language }: Pick<SignedInVisit, 'language'>): string | undefined =>
  (value === null || value === undefined ? undefined : (value / 100).toFixed(2).replace('.', language === 'fr' ? ',' : '.'));
/** Left out where there is nothing. */
export const first = (value: string | undefined): { value?: string } => (value === undefined || value === '' ? {} : { value });

const PARTS = [['communes', 'commune'], ['departements', 'departement'], ['regions', 'region']] as const;
const codesOf = (rule: Programme | undefined, kind: string): string | undefined => rule?.territory.filter((part) => part.kind === kind).map(({ code }) => code).join(' ');

/** What everybody has to say of a programme comes first; the rest is folded away. */
export function ruleFields(visit: SignedInVisit, rule: Programme | undefined): readonly FormField[] {
  const { say } = visit;
  return [
    { name: 'name', kind: 'text', max: 200, label: say('Nom du programme', 'Name of the programme'), ...first(rule?.name) },
    { name: 'faceCents', kind: 'amount', label: say('Valeur d’un chèque', 'Value of a voucher'), ...first(hundredths(rule?.faceCents, visit)) },
    { name: 'usableUntil', kind: 'day', label: say('Utilisable jusqu’au', 'Usable until'), ...first(rule?.usableUntil) },
    { name: 'claimableUntil', kind: 'day', label: say('Les lieux demandent leur argent jusqu’au', 'Places claim until'), hint: say('Le même jour ou plus tard.', 'The same day or later.'), ...first(rule?.claimableUntil) },
    { name: 'onExpiry', kind: 'choice', label: say('Ce qui n’est pas utilisé est', 'What is not used is'), choices: choicesOf(ON_EXPIRY)(visit), value: rule?.onExpiry ?? 'refund' },
    { name: 'services', kind: 'several', label: say('Pour quels services', 'For which services'), hint: say('Aucun coché : pour tous.', 'None ticked: for all.'), choices: SERVICE_CODES.map((code) => [code, serviceName(code, visit)] as const), ...first(rule?.services.join(' ')) },
    ...territoryFields(visit, rule), ...limitFields(visit, rule),
  ];
}

function territoryFields({ say }: SignedInVisit, rule: Programme | undefined): readonly FormField[] {
  const words = { communes: say('Communes (codes INSEE)', 'Communes (INSEE codes)'), departements: say('Départements', 'Départements'), regions: say('Régions (codes)', 'Regions (codes)') };
  return PARTS.map(([name, kind], at) => ({
    name, kind: 'text' as const, max: 1_000, optional: true as const, seldom: true as const, label: words[name], ...first(codesOf(rule, kind)),
    ...(at === 0 && { hint: say('Où des lieux peuvent être agréés. Tout vide : partout. Plusieurs codes se séparent par une espace, comme 42218 42224.', 'Where places may be accredited. All empty: everywhere. Several codes with a space between, such as 42218 42224.') }),
  }));
}

function limitFields(visit: SignedInVisit, rule: Programme | undefined): readonly FormField[] {
  const { say } = visit;
  const seldom = { optional: true, seldom: true } as const;
  const [range, limits] = [rule && rule.faceCentsMin !== rule.faceCentsMax ? rule : undefined, rule?.limits];
  const yes = [['yes', say('Oui', 'Yes')]] as const;
  return [
    { name: 'faceCentsMin', kind: 'amount', ...seldom, label: say('Valeur la plus basse qu’une commande peut choisir', 'Least value that an order may choose'), ...first(hundredths(range?.faceCentsMin, visit)) },
    { name: 'faceCentsMax', kind: 'amount', ...seldom, label: say('Valeur la plus haute', 'Most'), ...first(hundredths(range?.faceCentsMax, visit)) },
    { name: 'orderCountMin', kind: 'whole', ...seldom, label: say('Chèques d’une commande, au moins', 'Vouchers of an order, at least'), ...first(limits?.orderCountMin?.toString()) },
    { name: 'orderCountMax', kind: 'whole', ...seldom, label: say('Chèques d’une commande, au plus', 'Vouchers of an order, at most'), ...first(limits?.orderCountMax?.toString()) },
    { name: 'orderedCentsMax', kind: 'amount', ...seldom, label: say('Toutes les commandes ensemble, au plus', 'All orders together, at most'), ...first(hundredths(limits?.orderedCentsMax, visit)) },
    { name: 'redemptionCentsMax', kind: 'amount', ...seldom, label: say('Une caisse prend en une fois, au plus', 'A till takes at once, at most'), ...first(hundredths(limits?.redemptionCentsMax, visit)) },
    { name: 'targetPublics', kind: 'several', seldom: true, label: say('Publics visés', 'Whom it is meant for'), hint: say('Pour informer : rien ne le vérifie.', 'To inform: nothing checks it.'), choices: choicesOf(TARGET_PUBLICS)(visit), ...first(rule?.targetPublics.join(' ')) },
    { name: 'targetPublicLabel', kind: 'text', max: 500, ...seldom, label: say('Publics visés, dans vos mots', 'Whom it is meant for, in your words'), ...first(rule?.targetPublicLabel ?? undefined) },
    { name: 'offline', kind: 'choice', ...seldom, label: say('Les appareils des lieux encaissent sans réseau, à leurs risques', 'Devices of places redeem without a network, at their own risk'), choices: yes, ...(rule?.offline && { value: 'yes' }) },
    { name: 'tariffRaiseNeedsApproval', kind: 'choice', ...seldom, label: say('Un lieu qui relève ses tarifs attend votre accord', 'A place that raises its tariffs waits for your word'), choices: yes, ...(rule?.tariffRaiseNeedsApproval && { value: 'yes' }) },
  ];
}

/** What no field says stays as it was: associations of communes, and what a service may cost. */
export function ruleBody(values: Values, { iban, bic }: Pick<BankAccount, 'iban' | 'bic'>, rule?: Programme) {
  const { name, faceCents, faceCentsMin, faceCentsMax, usableUntil, claimableUntil, onExpiry, services, targetPublics } = values;
  const { targetPublicLabel = null } = values;
  const { orderCountMin = null, orderCountMax = null, orderedCentsMax = null, redemptionCentsMax = null } = values;
  const codes = (field: string): string[] => String(values[field] ?? '').toUpperCase().split(/[\s,;]+/).filter((code) => code !== '');
  const parts = PARTS.flatMap(([field, kind]) => codes(field).map((code) => ({ kind, code })));
  return {
    name, faceCents, usableUntil, claimableUntil, onExpiry, services, targetPublics, targetPublicLabel,
    ...(faceCentsMin !== undefined && { faceCentsMin }), ...(faceCentsMax !== undefined && { faceCentsMax }),
    territory: [...parts, ...(rule?.territory.filter(({ kind }) => kind === 'epci') ?? [])], servicePrices: rule?.servicePrices ?? [],
    offline: values['offline'] === 'yes', tariffRaiseNeedsApproval: values['tariffRaiseNeedsApproval'] === 'yes',
    limits: { orderCountMin, orderCountMax, orderedCentsMax, redemptionCentsMax }, effectiveFrom: values['effectiveFrom'] ?? null,
    creditor: { name: values['creditorName'], iban, bic },
  };
}

export type RuleBody = ReturnType<typeof ruleBody>;

export const creditorField = ({ say }: SignedInVisit, account: BankAccount | undefined): FormField => ({
  name: 'creditorName', kind: 'text', max: 140, label: say('Nom que les financeurs écrivent sur leur virement', 'Name that payers write on their transfer'), ...first(account?.name),
});
export const fromField = ({ say }: SignedInVisit): FormField => ({
  name: 'effectiveFrom', kind: 'day', optional: true, label: say('Vaut à partir du', 'Good from'), hint: say('Vide : tout de suite. Les commandes d’avant gardent leur règle.', 'Empty: at once. Orders of before keep their rule.'),
});

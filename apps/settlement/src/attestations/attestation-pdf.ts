// An attestation on paper. The same facts give the same bytes: the day they are of is the only date in it.
import { localDate } from '#libs/kernel';
import { leaving, mm, newDocument, nextPage } from '#libs/pdf';
import { day, euros, localeOf, percent, type Language } from '../statements/statement-words.js';
import { exampleOf, promisedDays, type Facts } from './attestation.decision.js';
import type { ShownAttestation } from './attestation.query.js';
import { WORDS } from './attestation-words.js';

const [LEFT, TOP, WIDTH, BOTTOM] = [20, 20, 170, 275];
type Style = Readonly<{ size?: number; font?: 'plain' | 'bold'; indent?: number }>;
type Write = (text: string, style?: Style) => void;

export function attestationPdf({ facts, sha256 }: ShownAttestation, language: Language): Buffer {
  const words = WORDS[language];
  const document = newDocument({ title: `${words.title}, ${facts.payee.legalName}`, language: localeOf(language), at: new Date(`${facts.asOf}T00:00:00Z`) });
  nextPage(document);
  let y = TOP;
  const write: Write = (text, { size = 9.5, font = 'plain', indent = 0 } = {}) => {
    const width = mm(WIDTH - indent);
    document.font(font).fontSize(size).fillColor('#000000');
    const height = document.heightOfString(text, { width }) * 25.4 / 72;
    if (y + height > BOTTOM) {
      nextPage(document);
      y = TOP;
    }
    document.font(font).fontSize(size).text(text, mm(LEFT + indent), mm(y), { width });
    y += height + 1.5;
  };
  const head = (text: string) => {
    y += 3;
    write(text, { size: 11.5, font: 'bold' });
  };
  write(words.title, { size: 18, font: 'bold' });
  write(words.subtitle, { size: 11 });
  write(`${words.asOf} ${day(language, facts.asOf)}`, { font: 'bold' });
  head(words.operator);
  writeOperator(write, facts);
  head(words.payee);
  write(`${facts.payee.legalName}, ${words.siren} ${facts.payee.siren}`);
  head(words.places);
  writePlaces(write, facts, language);
  head(words.programmes);
  for (const programme of facts.programmes) writeProgramme(write, programme, language);
  head(words.measured);
  writeMeasured(write, facts, language);
  head(words.rulesTitle);
  words.rules.forEach((rule) => { write(`• ${rule}`, { indent: 4 }); });
  y += 3;
  write(words.digest, { size: 7.5 });
  write(sha256, { size: 7.5 });
  document.end();
  return Buffer.concat([...leaving(document)]);
}

function writeOperator(write: Write, { operator: { name, legalForm, siren, registry, address } }: Facts): void {
  write(`${name}, ${legalForm}`);
  write([address.street, address.streetMore, `${address.postalCode} ${address.city}`].filter((part) => part !== null).join(', '));
  write(`SIREN ${siren}, ${registry}`);
}

function writePlaces(write: Write, { places, programmes }: Facts, language: Language): void {
  const words = WORDS[language];
  const nameOf = (id: string) => programmes.find((programme) => programme.id === id)?.name ?? id;
  for (const { id, name, siret, accreditations } of places) {
    write(`${name ?? id}${siret === null ? '' : `, ${words.siret} ${siret}`}`, { font: 'bold' });
    for (const { programmeId, from, to } of accreditations) {
      write(words.accredited(nameOf(programmeId), day(language, localDate(from)), day(language, localDate(to))), { indent: 4 });
    }
    if (accreditations.length === 0) write(words.noAccreditation, { indent: 4 });
  }
}

function writeProgramme(write: Write, { id, name, usableUntil, claimableUntil, custodyAccount, rule, fee }: Facts['programmes'][number], language: Language): void {
  const words = WORDS[language];
  const money = (amount: Parameters<typeof euros>[1]) => euros(language, amount);
  const rate = (basisPoints: number) => percent(language, basisPoints);
  write(name ?? id, { font: 'bold' });
  const say = (text: string) => { write(text, { indent: 4 }); };
  if (custodyAccount) say(words.custody(custodyAccount.name, custodyAccount.iban, custodyAccount.bic));
  if (usableUntil !== null && claimableUntil !== null) say(words.ends(day(language, usableUntil), day(language, claimableUntil)));
  if (rule) {
    const { days, smallSumDays } = promisedDays(rule);
    say(words.rule(words.frequency[rule.frequency], days));
    if (rule.minimum > 0n) say(words.minimum(money(rule.minimum), smallSumDays));
  } else say(words.noRule);
  if (fee) {
    const { gross, fee: taken, vat, commons, net } = exampleOf(fee);
    say(words.fee(rate(fee.feeBasisPoints), rate(fee.vatBasisPoints), rate(fee.commonsBasisPoints)));
    say(words.example(money(gross), money(taken), money(vat), money(commons), money(net)));
  } else say(words.noFee);
}

function writeMeasured(write: Write, { measured: { statements, paidStatements, ...delays } }: Facts, language: Language): void {
  const words = WORDS[language];
  write(words.statements(statements, paidStatements));
  for (const name of ['serviceToClosing', 'closingToDebit', 'serviceToDebit'] as const) {
    const delay = delays[name];
    if (delay) write(words.delays[name](delay));
  }
  if (paidStatements === 0) write(words.nothingMeasured);
}

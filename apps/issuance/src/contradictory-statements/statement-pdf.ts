// A contradictory statement for people: one page with the figures, who bore what, who has signed, and the digest of the CSV,
// which is what is signed. The page itself is signed by nobody and may be drawn again at any time.
import PDFDocument from 'pdfkit';
import { cents, showId, type Cents } from '#libs/kernel';
import { FONTS } from '#libs/pdf';
import { day, euros } from '../booklet-sheets/sheet-words.js';
import type { ShownStatement } from './contradictory-statements.commands.js';
import { OUTCOMES } from './statement-document.js';

const MARGIN_POINTS = 50;
const COLUMNS = [
  { title: 'Financeur', width: 155 }, { title: 'Activé', width: 68 }, { title: 'Utilisé', width: 68 }, { title: 'dont rejeté', width: 68 },
  { title: 'Périmé', width: 68 }, { title: 'Signé le', width: 68 },
] as const;

/** Resolves with the whole file: a statement has at most as many lines as an order has payers. */
export function statementPdf(statement: ShownStatement): Promise<Buffer> {
  const document = new PDFDocument({
    size: 'A4', margin: MARGIN_POINTS, lang: 'fr-FR', displayTitle: true, tagged: true, pdfVersion: '1.7',
    info: { Title: `État contradictoire ${statement.version}`, CreationDate: statement.drawnUpAt },
  });
  for (const [name, file] of Object.entries(FONTS)) document.registerFont(name, file);
  const pieces: Buffer[] = [];
  const whole = new Promise<Buffer>((done, failed) => {
    document.on('data', (piece: Buffer) => pieces.push(piece)).once('end', () => done(Buffer.concat(pieces))).once('error', failed);
  });
  drawHead(document, statement);
  drawShares(document, statement);
  drawFoot(document, statement);
  document.end();
  return whole;
}

function drawHead(document: PDFKit.PDFDocument, statement: ShownStatement): void {
  const { statementId, orderId, version, outcome, extension, activated, redeemed, rejected, expired, drawnUpAt } = statement;
  document.font('bold').fontSize(18).text('État contradictoire').font('plain').fontSize(10).moveDown(0.5);
  const until = extension && `, utilisables jusqu’au ${day(extension.usableUntil)}, remboursables au lieu jusqu’au ${day(extension.claimableUntil)}`;
  const lines = [
    `${showId('contradictoryStatement', statementId)}, version ${version}, établi le ${instant(drawnUpAt)}`,
    `Commande ${showId('order', orderId)}`,
    `Issue : ${OUTCOMES[outcome]}${until ?? ''}`,
    `Valeur activée : ${money(activated)}`,
    `Valeur utilisée : ${money(redeemed)}, dont ${money(rejected)} rejetés après contrôle et rendus à la couverture`,
    `Valeur périmée : ${money(expired)}`,
  ];
  for (const line of lines) document.text(line);
  document.moveDown();
}

function drawShares(document: PDFKit.PDFDocument, { shares }: ShownStatement): void {
  drawRow(document, COLUMNS.map(({ title }) => title), 'bold');
  for (const { name, signedAt, ...amounts } of shares) {
    const { activated, redeemed, rejected, expired } = amounts;
    const figures = [activated, redeemed, rejected, expired].map((amount) => euros(cents(amount)));
    drawRow(document, [name, ...figures, signedAt ? instant(new Date(signedAt)) : 'à signer'], 'plain');
  }
}

/** A name may take several lines: the next row begins below the highest cell. */
function drawRow(document: PDFKit.PDFDocument, cells: readonly string[], font: 'bold' | 'plain'): void {
  document.font(font).fontSize(8.5);
  const top = document.y;
  let bottom = top;
  let left = MARGIN_POINTS;
  cells.forEach((cell, at) => {
    const { width } = COLUMNS[at]!;
    document.text(cell, left, top, { width: width - 6, align: at === 0 ? 'left' : 'right' });
    bottom = Math.max(bottom, document.y);
    left += width;
  });
  document.x = MARGIN_POINTS;
  document.y = bottom + 4;
}

function drawFoot(document: PDFKit.PDFDocument, { operatorSignedAt, sha256 }: ShownStatement): void {
  document.font('plain').fontSize(10).moveDown();
  document.text(operatorSignedAt ? `Signé pour l’opérateur le ${instant(operatorSignedAt)}` : 'À signer pour l’opérateur');
  document.moveDown().fontSize(8).text('Ce qui est signé est le fichier CSV de cet état, dont l’empreinte SHA-256 est :');
  document.font('code').text(sha256);
}

const money = (amount: Cents): string => euros(cents(amount));
const instant = (at: Date): string => `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;

// The mark of a page that was printed before.
import { mm } from '#libs/pdf';

/** Across the whole page, behind what is drawn after it: light enough to read and scan through, dark enough for a copier. */
export function watermark(document: PDFKit.PDFDocument, reprint: number): void {
  if (reprint === 0) return;
  document.save().font('bold').fontSize(40).fillColor('#d0d0d0').rotate(-55, { origin: [mm(105), mm(148)] })
    .text(`RÉIMPRESSION / REPRINT ${reprint}`, mm(105 - 120), mm(140), { width: mm(240), align: 'center', lineBreak: false }).restore();
}

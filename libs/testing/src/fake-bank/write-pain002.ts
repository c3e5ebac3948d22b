// Writes what a bank answers to a payment file: pain.002.001.10, or the older 03 that some still use.
import type { InstructedFile } from './read-pain001.js';
import { writeXml } from './write-xml.js';
import type { XmlNode } from './write-xml.js';

export type PainVersion = '03' | '10';
/** End-to-end id -> the reason why the bank does not execute the payment. */
export type Rejections = Readonly<Record<string, string>>;

export type FakeReport = Readonly<{
  messageId: string;
  day: string;
  file: InstructedFile;
  rejections: Rejections;
  /** The reason for which the whole file was refused. */
  refusedFor?: string;
}>;

const reasonNode = (code: string): XmlNode => ({ Rsn: { Cd: code }, AddtlInf: `REJET ${code}` });

/** `PART` when some go through; each rejected payment by its own id, the others by the status of their part. */
function partNode({ file, rejections }: FakeReport): XmlNode[] {
  return file.groups.map(({ paymentInformationId, payments }) => {
    const rejected = payments.filter(({ endToEndId }) => rejections[endToEndId] !== undefined);
    const all = rejected.length === payments.length;
    return {
      OrgnlPmtInfId: paymentInformationId,
      PmtInfSts: rejected.length === 0 ? 'ACCP' : all ? 'RJCT' : 'PART',
      TxInfAndSts: rejected.map(({ endToEndId, instructionId }): XmlNode => ({
        OrgnlInstrId: instructionId, OrgnlEndToEndId: endToEndId, TxSts: 'RJCT', StsRsnInf: reasonNode(rejections[endToEndId]!),
      })),
    };
  });
}

export function writePain002(report: FakeReport, version: PainVersion = '10'): string {
  const { messageId, day, file, refusedFor } = report;
  return writeXml('Document', {
    '@xmlns': `urn:iso:std:iso:20022:tech:xsd:pain.002.001.${version}`,
    CstmrPmtStsRpt: {
      GrpHdr: { MsgId: messageId, CreDtTm: `${day}T18:00:00+01:00` },
      OrgnlGrpInfAndSts: {
        OrgnlMsgId: file.messageId, OrgnlMsgNmId: 'pain.001.001.09', OrgnlNbOfTxs: file.count,
        GrpSts: refusedFor === undefined ? undefined : 'RJCT', StsRsnInf: refusedFor === undefined ? undefined : reasonNode(refusedFor),
      },
      OrgnlPmtInfAndSts: refusedFor === undefined ? partNode(report) : undefined,
    },
  });
}

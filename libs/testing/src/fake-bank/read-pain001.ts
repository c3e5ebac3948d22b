// Reads a payment file as a bank does, on its own: it shares no code with the writer that it checks.
import { SaxesParser } from 'saxes';
import { cents, reject } from '#libs/kernel';
import type { Cents, Rejected } from '#libs/kernel';

export type InstructedPayment = Readonly<{
  endToEndId: string; instructionId?: string; amountCents: Cents;
  creditorName: string; creditorIban: string; text?: string;
}>;
export type PaymentGroup = Readonly<{
  paymentInformationId: string; batchBooked: boolean; executeOn: string; debtorIban: string;
  count: string; controlSum: string; payments: readonly InstructedPayment[];
}>;
export type InstructedFile = Readonly<{
  messageId: string; count: string; controlSum: string; groups: readonly PaymentGroup[];
}>;

type Node = { text: string; children: { name: string; node: Node }[] };

function parsed(xml: string): Node | undefined {
  const parser = new SaxesParser();
  const root: Node = { text: '', children: [] };
  const open = [root];
  let broken = false;
  parser.on('error', () => { broken = true; });
  parser.on('opentag', ({ name }) => {
    const node: Node = { text: '', children: [] };
    open.at(-1)?.children.push({ name, node });
    open.push(node);
  });
  parser.on('text', (text) => { const node = open.at(-1); if (node) node.text += text; });
  parser.on('closetag', () => { open.pop(); });
  parser.write(xml).close();
  return broken ? undefined : root;
}

const all = (node: Node | undefined, name: string): Node[] =>
  node?.children.filter((child) => child.name === name).map((child) => child.node) ?? [];
const one = (node: Node | undefined, ...path: readonly string[]): Node | undefined =>
  path.reduce<Node | undefined>((at, name) => all(at, name)[0], node);
const text = (node: Node | undefined, ...path: readonly string[]): string => one(node, ...path)?.text.trim() ?? '';

function centsOf(decimal: string): Cents {
  const [units = '', decimals = ''] = decimal.split('.');
  return cents(`${units}${decimals.padEnd(2, '0')}`);
}

function paymentOf(node: Node): InstructedPayment {
  return {
    endToEndId: text(node, 'PmtId', 'EndToEndId'),
    instructionId: text(node, 'PmtId', 'InstrId') || undefined,
    amountCents: centsOf(text(node, 'Amt', 'InstdAmt')),
    creditorName: text(node, 'Cdtr', 'Nm'),
    creditorIban: text(node, 'CdtrAcct', 'Id', 'IBAN'),
    text: text(node, 'RmtInf', 'Ustrd') || undefined,
  };
}

export function readPain001(xml: string): InstructedFile | Rejected<'payment_file_unreadable'> {
  const message = one(parsed(xml), 'Document', 'CstmrCdtTrfInitn');
  if (!message) return reject('payment_file_unreadable');
  return {
    messageId: text(message, 'GrpHdr', 'MsgId'),
    count: text(message, 'GrpHdr', 'NbOfTxs'),
    controlSum: text(message, 'GrpHdr', 'CtrlSum'),
    groups: all(message, 'PmtInf').map((group): PaymentGroup => ({
      paymentInformationId: text(group, 'PmtInfId'),
      batchBooked: text(group, 'BtchBookg') === 'true',
      executeOn: text(group, 'ReqdExctnDt', 'Dt'),
      debtorIban: text(group, 'DbtrAcct', 'Id', 'IBAN'),
      count: text(group, 'NbOfTxs'),
      controlSum: text(group, 'CtrlSum'),
      payments: all(group, 'CdtTrfTxInf').map(paymentOf),
    })),
  };
}

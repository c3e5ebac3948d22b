// Against a server of a few lines that speaks enough of SMTP: what leaves is one message to one recipient, and what the
// server says decides whether it is tried again.
import { createServer, type AddressInfo, type Server } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SmtpMail, type MailMessage } from './index.js';

let server: Server;
let mail: SmtpMail;
let said: string[];
let received: string;
/** What the server answers to RCPT. */
let recipient: string;

beforeEach(async () => {
  [said, received, recipient] = [[], '', '250 ok'];
  server = createServer((socket) => {
    let isData = false;
    socket.on('error', () => undefined);
    socket.write('220 test\r\n');
    socket.on('data', (bytes) => {
      for (const line of bytes.toString().split('\r\n').slice(0, -1)) {
        if (isData) {
          received += `${line}\r\n`;
          isData = line !== '.';
          if (!isData) socket.write('250 taken\r\n');
          continue;
        }
        said.push(line);
        const word = line.slice(0, 4).toUpperCase();
        isData = word === 'DATA';
        socket.write(`${{ RCPT: recipient, DATA: '354 go', QUIT: '221 bye' }[word] ?? '250 ok'}\r\n`);
      }
    });
  });
  await new Promise<void>((ready) => { server.listen(0, '127.0.0.1', ready); });
  const { port } = server.address() as AddressInfo;
  mail = new SmtpMail({ url: `smtp://127.0.0.1:${port}`, from: 'rail@example.org', now: () => new Date('2026-11-22T10:00:00Z') });
});
afterEach(() => { server.close(); });

const message = (over: Partial<MailMessage> = {}): MailMessage =>
  ({ to: 'maire@commune.example', subject: 'Fin des chèques', text: 'Bonjour.\n.\nA line of one dot.', idempotencyKey: 'notice:1', ...over });

describe('mail by SMTP', () => {
  it('goes to its one recipient, whole, under an id that comes from its key', async () => {
    const { messageId } = await mail.send(message()) as { messageId: string };
    expect(said.filter((line) => /^(MAIL|RCPT)/.test(line))).toEqual(['MAIL FROM:<rail@example.org>', 'RCPT TO:<maire@commune.example>']);
    expect(received).toContain(`Message-ID: ${messageId}`);
    expect(received).toContain('Bonjour.\r\n..\r\nA line of one dot.');
    expect(await mail.send(message())).toEqual({ kind: 'taken', messageId });
  });

  it('is refused where the server says never, and tried again where it says later or nothing', async () => {
    recipient = '550 no such mailbox';
    expect(await mail.send(message())).toMatchObject({ code: 'recipient_refused' });
    recipient = '451 later';
    await expect(mail.send(message())).rejects.toThrow('451');
    server.close();
    const away = new SmtpMail({ url: 'smtp://127.0.0.1:1', from: 'rail@example.org' });
    await expect(away.send(message())).rejects.toThrow('ECONNREFUSED');
  });

  it('asks no server about an address that is none', async () => {
    expect(await mail.send(message({ to: 'a@example.org\r\nRCPT TO:<b@example.org>' }))).toMatchObject({ code: 'address_invalid' });
    expect(said).toEqual([]);
  });

  it('has a sender that is an address', () => {
    expect(() => new SmtpMail({ url: 'smtp://127.0.0.1:1', from: 'rail@example.org\r\nBcc: b@example.org' })).toThrow('sender');
  });
});

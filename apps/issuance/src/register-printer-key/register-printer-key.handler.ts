import { CommandHandler, QueryHandler, type ICommandHandler, type IQueryHandler } from '@nestjs/cqrs';
import { idOf, reject, type PrinterKeyId, type Rejected } from '#libs/kernel';
import { readUsableKey } from '../encrypt-lines/encrypted.js';
import { actorOf, IssuanceWork } from '../issuance.work.js';
import { insertPrinterKey, listPrinterKeys, withdrawPrinterKey, type PrinterKey } from '../printer-key.store.js';
import { ListPrinterKeys, RegisterPrinterKey, WithdrawPrinterKey, type RegisteredKey } from './register-printer-key.command.js';

@CommandHandler(RegisterPrinterKey)
export class RegisterPrinterKeyHandler implements ICommandHandler<RegisterPrinterKey> {
  constructor(private readonly work: IssuanceWork) {}

  async execute({ name, publicKey, meta }: RegisterPrinterKey) {
    return this.work.once<RegisteredKey | Rejected>(meta, async (tx) => {
      const fingerprint = (await readUsableKey(publicKey, tx.now))?.getFingerprint();
      if (fingerprint === undefined) return reject('printer_key_not_usable');
      const key = { printerKeyId: idOf('printerKey', tx.newId()), name, fingerprint, publicKey };
      const inserted = await insertPrinterKey(tx, key, actorOf(tx));
      return inserted ? { printerKeyId: key.printerKeyId, fingerprint } : reject('printer_key_exists');
    });
  }
}

@CommandHandler(WithdrawPrinterKey)
export class WithdrawPrinterKeyHandler implements ICommandHandler<WithdrawPrinterKey> {
  constructor(private readonly work: IssuanceWork) {}

  execute({ printerKeyId, meta }: WithdrawPrinterKey) {
    return this.work.once<{ printerKeyId: PrinterKeyId } | Rejected>(meta, async (tx) =>
      ((await withdrawPrinterKey(tx, printerKeyId, actorOf(tx))) ? { printerKeyId } : reject('printer_key_not_found')));
  }
}

@QueryHandler(ListPrinterKeys)
export class ListPrinterKeysHandler implements IQueryHandler<ListPrinterKeys> {
  constructor(private readonly work: IssuanceWork) {}

  execute({ after, rowsMax }: ListPrinterKeys): Promise<readonly PrinterKey[]> {
    return listPrinterKeys(this.work.client, after, rowsMax);
  }
}

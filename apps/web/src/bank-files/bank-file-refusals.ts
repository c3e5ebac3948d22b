// Why a file of the bank was not booked, in plain words, and what to do next. All of a file is booked, or nothing.
import type { Say } from '../language.js';

const SENTENCES: Readonly<Record<string, readonly [french: string, english: string]>> = {
  file_missing: ['Choisissez un fichier, puis envoyez.', 'Choose a file, then send.'],
  body_too_large: ['Le fichier dépasse 10 Mo : demandez à la banque des périodes plus courtes.', 'The file is over 10 MB: ask the bank for shorter periods.'],
  body_malformed: ['Le fichier n’est pas arrivé entier : envoyez-le à nouveau.', 'The file did not arrive whole: send it again.'],
  bank_file_too_large: ['Le fichier est trop long : demandez à la banque des périodes plus courtes.', 'The file is too long: ask the bank for shorter periods.'],
  bank_file_format_unknown: ['Ce n’est ni du XML ni du CFONB 120 : demandez à la banque un relevé camt.053 ou CFONB 120.', 'It is neither XML nor CFONB 120: ask the bank for a statement as camt.053 or CFONB 120.'],
  bank_file_encoding_unknown: ['L’encodage du fichier est inconnu : demandez à la banque de l’UTF-8.', 'The encoding of the file is not known: ask the bank for UTF-8.'],
  bank_file_encoding_wrong: ['Le fichier est abîmé : téléchargez-le à nouveau auprès de la banque.', 'The file is damaged: fetch it from the bank again.'],
  bank_file_malformed: ['Le fichier est incomplet ou a été modifié : téléchargez-le à nouveau auprès de la banque.', 'The file is incomplete or was edited: fetch it from the bank again.'],
  bank_file_has_dtd: ['Aucune banque n’écrit un tel fichier : ne vous fiez pas à sa provenance.', 'No bank writes such a file: do not trust where it came from.'],
  bank_file_too_complex: ['Une écriture du fichier est plus grande que ce qu’écrit une banque : demandez des périodes plus courtes.', 'A record is larger than any bank writes: ask the bank for shorter periods.'],
  bank_file_not_statement: ['Ce fichier n’est pas un relevé. Un compte rendu de virements s’envoie dans l’autre formulaire.', 'This file is no statement. A report about payments is sent by the other form.'],
  bank_file_not_report: ['Ce fichier n’est pas un compte rendu pain.002. Un relevé s’envoie dans l’autre formulaire.', 'This file is no pain.002 report. A statement is sent by the other form.'],
  bank_file_version_unknown: ['Version inconnue : demandez à la banque camt.053.001.08 ou .02, ou pain.002.001.10 ou .03.', 'Unknown version: ask the bank for camt.053.001.08 or .02, or pain.002.001.10 or .03.'],
  bank_file_field_missing: ['Une donnée manque : téléchargez le fichier à nouveau auprès de la banque.', 'A field is missing: fetch the file from the bank again.'],
  bank_file_field_wrong: ['Une donnée est illisible : téléchargez le fichier à nouveau auprès de la banque.', 'A field cannot be read: fetch the file from the bank again.'],
  bank_account_foreign: ['Ce relevé est d’un compte qui n’est pas le nôtre : prenez celui du compte cantonné.', 'The statement is of an account that is not ours: take that of the segregated account.'],
  currency_unsupported: ['Seuls les euros sont comptés : prenez le relevé en euros.', 'Only euros are booked: take the statement in euros.'],
  balances_do_not_add_up: ['Les soldes du relevé ne correspondent pas à ses lignes : demandez à la banque un relevé complet.', 'The balances disagree with the lines: ask the bank for the whole statement.'],
  bank_statement_id_reused: ['Un relevé du même numéro et du même jour a un autre contenu : voyez avec la banque.', 'A statement of the same number and day has other content: clear it up with the bank.'],
  bank_statement_gap: ['Un relevé manque avant celui-ci : envoyez d’abord le relevé manquant.', 'A statement before this one is missing: send the missing one first.'],
  payment_report_id_reused: ['Un compte rendu du même numéro a un autre contenu : voyez avec la banque.', 'A report of the same number has other content: clear it up with the bank.'],
  role_missing: ['Votre rôle ne le permet pas : demandez à un opérateur.', 'Your role does not allow this: ask an operator.'],
  unavailable: ['Nous ne savons pas si c’est fait. Envoyez le même fichier à nouveau : il n’est jamais compté deux fois.', 'We do not know whether it is done. Send the same file again: it is never counted twice.'],
};

export function bankFileRefusal(code: string, say: Say): string {
  return say(...(SENTENCES[code] ?? SENTENCES['unavailable']!));
}

// Why an application, an appeal or an agreement is not taken, in the words of a place.
import type { Say } from '../language.js';

const SENTENCES: Readonly<Record<string, readonly [french: string, english: string]>> = {
  place_not_found: ['Votre lieu n’est pas encore enregistré. Appelez l’opérateur.', 'Your place is not registered yet. Call the operator.'],
  place_unknown: ['Les remboursements ne connaissent pas encore votre lieu : il lui faut un agrément d’abord.', 'The reimbursements do not know your place yet: it needs an accreditation first.'],
  questionnaire_not_found: ['Ce programme n’a pas de questionnaire en ce moment.', 'This programme has no questionnaire at present.'],
  application_open: ['Une demande est déjà en cours pour ce programme.', 'An application for this programme is open already.'],
  accreditation_runs: ['Votre agrément court encore : il se renouvelle dans ses derniers mois.', 'Your accreditation still runs: it is renewed in its last months.'],
  application_not_found: ['Cette demande n’existe pas.', 'This application does not exist.'],
  application_closed: ['Cette demande ne se modifie plus : l’opérateur la lit, ou en a décidé.', 'This application cannot be changed any more: the operator reads it, or has decided.'],
  application_incomplete: ['Il manque une réponse ou un document. Ce que vous avez écrit est gardé.', 'An answer or a document is missing. What you wrote is kept.'],
  answers_strange: ['Une réponse ne correspond à aucune question : rechargez la page.', 'An answer is to no question: reload the page.'],
  questionnaire_replaced: ['Le questionnaire a changé : commencez à nouveau, vos réponses qui valent encore sont gardées.', 'The questionnaire changed: begin again, answers that still hold are kept.'],
  decision_not_found: ['Cette décision ne concerne pas votre lieu.', 'This decision is not about your place.'],
  appeal_stated: ['Votre lieu a déjà contesté cette décision.', 'Your place has appealed against this decision already.'],
  appeal_too_late: ['Le délai de 60 jours est passé.', 'The 60 days are over.'],
  netting_terms_unknown: ['Aucune convention n’est publiée.', 'No agreement is published.'],
  netting_terms_superseded: ['Une version plus récente existe : relisez-la, puis acceptez.', 'There is a later version: read it, then accept.'],
  netting_terms_differ: ['Le texte a changé depuis que vous l’avez lu. Relisez-le.', 'The text changed since you read it. Read it again.'],
  request_malformed: ['Un document est mal décrit : choisissez le fichier à nouveau.', 'A document is described wrongly: choose the file again.'],
  role_missing: ['Votre rôle ne le permet pas.', 'Your role does not allow this.'],
  unavailable: ['Le service n’a pas répondu. Rechargez : la page dira si c’est fait.', 'The service did not answer. Reload: the page will say whether it is done.'],
};

export const accreditationRefusal = (code: string, say: Say): string => say(...SENTENCES[code] ?? [`Refusé : ${code}.`, `Refused: ${code}.`]);

// The services of the national nomenclature, as a choice in a form and as words in an answer.
import { SERVICE_NAMES, SERVICE_NAMES_IN_ENGLISH, type ServiceCode } from '#libs/contracts';
import { html, type Html } from './html.js';
import type { Visit } from './visit.js';

const names = ({ language }: Visit): Readonly<Record<ServiceCode, string>> => (language === 'fr' ? SERVICE_NAMES : SERVICE_NAMES_IN_ENGLISH);

export const serviceName = (code: string, visit: Visit): string => names(visit)[code as ServiceCode] ?? code;

export const serviceOptions = (visit: Visit, chosen = ''): Html => html`<option value=""></option>${
  Object.entries(names(visit)).map(([code, name]) => html`<option value="${code}" ${code === chosen ? html`selected` : ''}>${name}</option>`)}`;

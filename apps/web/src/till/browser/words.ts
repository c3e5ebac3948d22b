// The sentences stand in the page, in the language of its reader; a script only fills in numbers.
export function word(name: string, values: Readonly<Record<string, string | number>> = {}): string {
  const template = document.getElementById('till-words') as HTMLTemplateElement | null;
  const text = template?.content.querySelector(`[data-word="${name}"]`)?.textContent ?? name;
  return text.replace(/\{(\w+)\}/g, (_, key: string) => String(values[key] ?? ''));
}

/** A copy of what the page holds ready, to be filled and shown. */
export function piece(id: string): HTMLElement | undefined {
  const template = document.getElementById(id) as HTMLTemplateElement | null;
  return (template?.content.firstElementChild?.cloneNode(true) ?? undefined) as HTMLElement | undefined;
}

export function fill(within: HTMLElement, slot: string, text: string): void {
  const found = within.querySelector<HTMLElement>(`[data-slot="${slot}"]`);
  if (!found) return;
  found.textContent = text;
  found.hidden = text === '';
}

/** As the pages write amounts. */
export const euros = (cents: number): string =>
  new Intl.NumberFormat(document.documentElement.lang === 'fr' ? 'fr-FR' : 'en-IE', { style: 'currency', currency: 'EUR' })
    .format(`${Math.trunc(cents / 100)}.${String(cents % 100).padStart(2, '0')}` as `${number}`).replaceAll('\u202F', '\u00A0');

/** `14 h 32`, `14:32`, where the till stands. */
export function clock(instant: string): string {
  const time = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short' }).format(Date.parse(instant));
  return document.documentElement.lang === 'fr' ? time.replace(':', '\u00A0h\u00A0') : time;
}

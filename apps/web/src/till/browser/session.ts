// Who is signed in at this browser, as far as it knows without a network. A counter computer is shared: whoever comes after a sign-out
// must neither read nor change what waits. Where nothing is known the till goes on, because to go on is what it is for.
const NAME = 'mereau-place';

/** Of the place whose page was shown at last, or '' for nobody of a place. */
export function notePlace(placeId: string): void {
  localStorage.setItem(NAME, placeId);
}

/** Null: not known. */
export function placeNoted(): string | null {
  try {
    return localStorage.getItem(NAME);
  } catch {
    return null;
  }
}

/** `noted`: by the browser or by the page. What waits is of the place that the device is enrolled for. */
export const isClosedTo = (noted: string | null, placeId: string | undefined): boolean =>
  noted !== null && (noted === '' || (placeId !== undefined && noted !== placeId));

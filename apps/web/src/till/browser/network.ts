// Is the network away? A browser only knows that its cable is out; a request without an answer says it too.
let isAway = !navigator.onLine;

export const networkAway = (): boolean => isAway;

export function noteNetwork(away: boolean): void {
  isAway = away;
  showNetwork();
}

/** The bar says what still works and who bears the risk, before anything is taken. */
export function showNetwork(): void {
  const bar = document.getElementById('offline-bar');
  if (bar) bar.hidden = !isAway;
}

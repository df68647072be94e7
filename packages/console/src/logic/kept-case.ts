const caseKey = 'hansa.case';

/** The matter in hand stays filled in on every page of this tab, until it is changed. */
export function keptCase(): string {
  return sessionStorage.getItem(caseKey) ?? '';
}

export function keepCase(matter: string): void {
  sessionStorage.setItem(caseKey, matter.trim());
}

import type { Session } from '../api/types.ts';

/** Who works at this tab. The token is in `sessionStorage`: it ends with the tab and no other tab has it. */
export interface Login {
  readonly token: string;
  /** Name or number of the officer, for the city's own book. */
  readonly officer: string;
}

const key = 'hansa.login';

export function readLogin(storage: Pick<Storage, 'getItem'> = sessionStorage): Login | undefined {
  try {
    const value = JSON.parse(storage.getItem(key) ?? 'null') as Partial<Login> | null;
    if (typeof value?.token !== 'string' || typeof value.officer !== 'string') return undefined;
    return { token: value.token, officer: value.officer };
  } catch {
    return undefined;
  }
}

export function keepLogin(login: Login | undefined, storage: Storage = sessionStorage): void {
  if (login === undefined) storage.removeItem(key);
  else storage.setItem(key, JSON.stringify(login));
}

/** What `Session.may` says of one route. */
export function mayCall(session: Pick<Session, 'may'>, route: string): boolean {
  return session.may.includes(route);
}

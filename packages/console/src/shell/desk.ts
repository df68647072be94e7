import { createContext } from 'preact';
import { useContext, useEffect, useState } from 'preact/hooks';
import type { ApiClient, ApiProblem } from '../api/client.ts';
import type { Session } from '../api/types.ts';
import type { Live } from './live.ts';

/** What every page of somebody who is logged in has. */
export interface Desk {
  readonly session: Session;
  readonly officer: string;
  readonly api: ApiClient;
  readonly live: Live;
  may(route: string): boolean;
}

export const DeskContext = createContext<Desk | undefined>(undefined);

export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (desk === undefined) throw new Error('a page stands outside of the desk');
  return desk;
}

export type Loaded<T> =
  | { readonly state: 'loading' }
  | { readonly state: 'done'; readonly value: T }
  | { readonly state: 'failed'; readonly problem: ApiProblem };

/** Asks the daemon, and again when one of `inputs` changes; the last answer stays until the next one is there. */
export function useAnswer<T>(
  ask: (signal: AbortSignal) => Promise<T>,
  inputs: readonly unknown[],
): Loaded<T> & { readonly again: () => void } {
  const [loaded, setLoaded] = useState<Loaded<T>>({ state: 'loading' });
  const [round, setRound] = useState(0);
  useEffect(() => {
    const stopped = new AbortController();
    ask(stopped.signal).then(
      (value) => {
        if (!stopped.signal.aborted) setLoaded({ state: 'done', value });
      },
      (problem: ApiProblem) => {
        if (!stopped.signal.aborted) setLoaded({ state: 'failed', problem });
      },
    );
    return () => stopped.abort();
  }, [...inputs, round]);
  return { ...loaded, again: () => setRound((count) => count + 1) };
}

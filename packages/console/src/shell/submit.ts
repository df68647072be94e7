import { useRef, useState } from 'preact/hooks';
import { type ApiProblem, randomKey } from '../api/client.ts';

export interface Submit<T> {
  readonly working: boolean;
  readonly problem: ApiProblem | undefined;
  readonly done: T | undefined;
  run(work: (key: string) => Promise<T>): Promise<T | undefined>;
  reset(): void;
}

/**
 * One deed at a time. Its Idempotency-Key stays until the daemon has answered, so that pressing again after a lost
 * answer has no second effect.
 */
export function useSubmit<T>(): Submit<T> {
  const [working, setWorking] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | undefined>(undefined);
  const [done, setDone] = useState<T | undefined>(undefined);
  const key = useRef<string | undefined>(undefined);
  const busy = useRef(false);
  const run = async (work: (key: string) => Promise<T>): Promise<T | undefined> => {
    if (busy.current) return undefined;
    busy.current = true;
    setWorking(true);
    setProblem(undefined);
    setDone(undefined);
    key.current ??= randomKey();
    try {
      const value = await work(key.current);
      key.current = undefined;
      setDone(value);
      return value;
    } catch (error) {
      const refusal = error as ApiProblem;
      // The daemon has answered: the next attempt is a new request.
      if (refusal.status !== 0) key.current = undefined;
      setProblem(refusal);
      return undefined;
    } finally {
      busy.current = false;
      setWorking(false);
    }
  };
  const reset = () => {
    setProblem(undefined);
    setDone(undefined);
  };
  return { working, problem, done, run, reset };
}

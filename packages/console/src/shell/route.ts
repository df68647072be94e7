import { useEffect, useState } from 'preact/hooks';

/**
 * Pages are named by the part of the address behind `#`, which no request carries: what somebody looks at is in no log.
 * `#/explorer/haikou/12/0` -> `['explorer', 'haikou', '12', '0']`.
 */
export function readRoute(hash: string): readonly string[] {
  return hash
    .replace(/^#?\/?/, '')
    .split('/')
    .filter((part) => part !== '')
    .map((part) => {
      try {
        return decodeURIComponent(part);
      } catch {
        return part;
      }
    });
}

export function linkTo(...parts: readonly (string | number)[]): string {
  return `#/${parts.map((part) => encodeURIComponent(part)).join('/')}`;
}

export function useRoute(): readonly string[] {
  const [route, setRoute] = useState(() => readRoute(location.hash));
  useEffect(() => {
    const follow = () => setRoute(readRoute(location.hash));
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  return route;
}

/** What somebody typed to look up: a record, an entry, a lane or a block. */
export type Target =
  | { readonly kind: 'record'; readonly city: string; readonly sequence: number; readonly position: number }
  | { readonly kind: 'entry'; readonly city: string; readonly sequence: number }
  | { readonly kind: 'lane'; readonly city: string }
  | { readonly kind: 'block'; readonly height: number };

/** `haikou/12/0`, `haikou/12`, `haikou`, `118` or `#118`; undefined for anything else. */
export function readTarget(text: string): Target | undefined {
  const trimmed = text.trim().replace(/\/$/, '');
  const block = /^#?(\d{1,15})$/.exec(trimmed);
  if (block !== null) return { kind: 'block', height: Number(block[1]) };
  const parts = /^([a-z][a-z0-9-]{0,31})(?:\/(\d{1,15}))?(?:\/(\d{1,6}))?$/.exec(trimmed);
  if (parts === null) return undefined;
  const [, city = '', sequence, position] = parts;
  if (sequence === undefined) return { kind: 'lane', city };
  if (position === undefined) return { kind: 'entry', city, sequence: Number(sequence) };
  return { kind: 'record', city, sequence: Number(sequence), position: Number(position) };
}

/** The path of a target behind `#/explorer`. */
export function pathOf(target: Target): readonly (string | number)[] {
  switch (target.kind) {
    case 'block':
      return ['explorer', 'block', target.height];
    case 'lane':
      return ['explorer', target.city];
    case 'entry':
      return ['explorer', target.city, target.sequence];
    case 'record':
      return ['explorer', target.city, target.sequence, target.position];
  }
}

/** The target of the parts behind `#/explorer`. */
export function targetOf(path: readonly string[]): Target | undefined {
  if (path.length === 0) return undefined;
  return path[0] === 'block' && path.length === 2 ? readTarget(path[1] ?? '') : readTarget(path.join('/'));
}

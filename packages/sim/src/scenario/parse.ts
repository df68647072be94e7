import { LineCounter, parseDocument, visit } from 'yaml';
import { checkScenario, type KnownNames } from './check/check.ts';
import { Positions } from './positions.ts';
import type { Problem } from './problem.ts';
import type { Scenario } from './schema.ts';

/** A scenario, or all that is wrong with it: never nothing. */
export type Parsed =
  | { readonly ok: true; readonly scenario: Scenario }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Aliases save typing; a few bytes that mean gigabytes save none. */
const ALIASES_MAX = 1000;

/** The text of a scenario file, YAML 1.2 or JSON. `names`: what plug-ins add to the names that may be used. */
export function parseScenario(text: string, names: KnownNames = {}): Parsed {
  const lines = new LineCounter();
  const document = parseDocument(text, { version: '1.2', uniqueKeys: true, prettyErrors: false, lineCounter: lines });
  const positions = new Positions(document, lines);
  const broken = [...document.errors, ...document.warnings].map(({ code, message, pos }) => {
    const text =
      code === 'MULTIPLE_DOCS' ? 'A second document begins here. Keep one.' : `${message}. Correct this line.`;
    return positions.at(pos[0], 'SCENARIO_NOT_YAML', text);
  });
  if (broken.length > 0) return { ok: false, problems: broken };
  const dangling: Problem[] = [];
  visit(document, {
    Alias(_, node) {
      if (node.resolve(document) !== undefined) return;
      const message = `Nothing has the anchor &${node.source}. Correct the name.`;
      dangling.push(positions.at(node.range?.[0] ?? 0, 'SCENARIO_NOT_YAML', message));
    },
  });
  if (dangling.length > 0) return { ok: false, problems: dangling };
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: ALIASES_MAX });
  } catch {
    const message = 'Aliases within aliases make too much of it. Write the values out.';
    return { ok: false, problems: [positions.at(0, 'SCENARIO_NOT_YAML', message)] };
  }
  if (value === null || value === undefined) {
    const message = 'The file says nothing. Begin with: format: hansa-scenario/1.';
    return { ok: false, problems: [positions.at(0, 'SCENARIO_EMPTY', message)] };
  }
  const findings = checkScenario(value, names);
  if (findings.length > 0) return { ok: false, problems: positions.locate(findings) };
  return { ok: true, scenario: value as Scenario };
}

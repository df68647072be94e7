import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { JsonSchema } from '../src/scenario/json-schema.ts';
import * as schemas from '../src/scenario/schema.ts';
import { ScenarioSchema } from '../src/scenario/schema.ts';

const page = new URL('../../../docs/simulating/scenarios.md', import.meta.url);

type Described = JsonSchema & { readonly default?: unknown; readonly minimum?: number; readonly maximum?: number };

const plain = (schema: object | undefined) => JSON.parse(JSON.stringify(schema ?? {})) as Described;
const workload = plain(schemas.WorkloadSchema).properties ?? {};

/** Parts of the format that have a table of their own, by the anchor of their heading. */
const parts: Readonly<Record<string, Described>> = {
  scenario: plain(ScenarioSchema),
  topology: plain(schemas.TopologySchema),
  link: plain(schemas.LinkSchema),
  latency: plain(schemas.LatencySchema),
  gossip: plain(schemas.GossipSchema),
  protocol: plain(schemas.ProtocolSchema),
  processing: plain(schemas.ProcessingSchema),
  clocks: plain(schemas.ClocksSchema),
  disks: plain(schemas.DisksSchema),
  workload: plain(schemas.WorkloadSchema),
  burst: plain(workload.bursts?.items as JsonSchema),
  'double-uses': plain(workload.doubleUses),
  faults: plain(schemas.FaultSchema),
  action: plain(schemas.ActionSchema),
  predicate: plain(schemas.PredicateSchema),
  adversary: plain(schemas.AdversarySchema),
  selector: plain(schemas.SelectorSchema),
  stop: plain(schemas.StopSchema),
  checks: plain(schemas.ChecksSchema),
  liveness: plain(plain(schemas.ChecksSchema).properties?.liveness),
  seeds: plain(schemas.SeedsSchema),
  sweep: plain(schemas.SweepSchema),
};
const anchors = new Map(Object.entries(parts).map(([name, part]) => [JSON.stringify(part), name]));

/** What may stand in a place, for people. */
function valueText(schema: Described): string {
  const anchor = anchors.get(JSON.stringify(schema));
  if (anchor !== undefined) return `[${anchor}](#${anchor})`;
  if (schema.pattern?.includes('us|ms') === true) return 'time';
  if (schema.const !== undefined) return `\`${String(schema.const)}\``;
  if (schema.anyOf !== undefined) return schema.anyOf.map(valueText).join(', ');
  if (schema.type === 'array') return `list of ${valueText(plain(schema.items as JsonSchema))}`;
  if (schema.type === 'boolean') return '`true`, `false`';
  if (schema.type === 'number' && schema.maximum === 1) return 'share, 0 to 1';
  if (schema.type === 'integer' || schema.type === 'number') return numberText(schema);
  if (schema.patternProperties !== undefined) return 'names, each with a value';
  return schema.type === 'object' ? rowFields(schema).join(', ') : 'text';
}

function numberText({ type, minimum, maximum }: Described): string {
  const kind = type === 'integer' ? 'whole number' : 'number';
  if (minimum === undefined) return kind;
  return maximum === undefined ? `${kind} from ${minimum}` : `${kind}, ${minimum} to ${maximum}`;
}

function defaultText(schema: Described, isRequired: boolean): string {
  if (isRequired) return '**required**';
  return schema.default === undefined ? '' : `\`${String(schema.default)}\``;
}

const cell = (text: string) => text.replaceAll('|', '\\|');

function fieldRows(part: Described): string[] {
  const required = part.required ?? [];
  return Object.entries(part.properties ?? {}).map(([name, child]) => {
    const schema = plain(child);
    const about = schema.description ?? '';
    const standard = defaultText(schema, required.includes(name));
    return `| \`${name}\` | ${cell(valueText(schema))} | ${standard} | ${cell(about)} |`;
  });
}

/** The fields of one form, with their values: `kind: constant`, `delay` time. */
function rowFields(form: Described): string[] {
  const required = form.required ?? [];
  return Object.entries(form.properties ?? {}).map(([name, child]) => {
    const schema = plain(child);
    if (schema.const !== undefined) return `\`${name}: ${String(schema.const)}\``;
    const standard = schema.default === undefined ? '; optional' : `; unless named \`${String(schema.default)}\``;
    return `\`${name}\` (${valueText(schema)}${required.includes(name) ? '' : standard})`;
  });
}

function formRows(part: Described): string[] {
  return (part.anyOf ?? []).map((each) => {
    const form = plain(each);
    const fields = form.type === 'object' ? rowFields(form).join(', ') : valueText({ ...form, description: '' });
    return `| ${cell(fields)} | ${cell(form.description ?? '')} |`;
  });
}

function table(name: string): string {
  const part = parts[name];
  if (part === undefined) throw new Error(`there is no part ${name}`);
  const rows = part.anyOf === undefined ? fieldRows(part) : formRows(part);
  const head =
    part.anyOf === undefined
      ? ['| field | value | unless named | |', '|---|---|---|---|']
      : ['| form | |', '|---|---|'];
  return [...head, ...rows].join('\n');
}

/** Forms whose fields say all themselves. */
const plainForms = ['predicate', 'selector', 'seeds'];

/** Meanings of fields inside of forms, which have no row of their own. */
function formFieldMeanings(part: Described): string[] {
  const seen = new Map<string, string>();
  for (const form of part.anyOf ?? []) {
    for (const [name, child] of Object.entries(form.properties ?? {})) {
      const { description, const: literal } = plain(child);
      if (literal === undefined && description !== undefined && !anchors.has(JSON.stringify(plain(child)))) {
        seen.set(`${name}: ${description}`, `- \`${name}\`: ${description}`);
      }
    }
  }
  return [...seen.values()];
}

// To write the tables anew: npx vitest run packages/sim/test/scenario-reference.test.ts --update
describe('the reference of the scenario file', () => {
  const marker = /(<!-- fields: ([a-z-]+) -->\n)[\s\S]*?(<!-- end -->)/g;
  const text = readFileSync(page, 'utf8');

  it('has the fields, values and defaults of the schema', async () => {
    const written = text.replaceAll(marker, (_, start: string, name: string, end: string) => {
      const meanings = plainForms.includes(name) ? [] : formFieldMeanings(parts[name] ?? {});
      const list = meanings.length === 0 ? '' : `\n\n${meanings.join('\n')}`;
      return `${start}${table(name)}${list}\n${end}`;
    });
    await expect(written).toMatchFileSnapshot(fileURLToPath(page));
  });

  it('shows every part of the format, under a heading of its name', () => {
    const shown = [...text.matchAll(marker)].map(([, , name]) => name);
    expect(shown.sort()).toEqual(
      Object.keys(parts)
        .filter((name) => name !== 'sweep')
        .sort(),
    );
    const headings = [...text.matchAll(/^#{1,4} (.+)$/gm)].map(([, title = '']) =>
      title.toLowerCase().replaceAll(' ', '-'),
    );
    expect(Object.keys(parts).filter((name) => !headings.includes(name))).toEqual([]);
  });
});

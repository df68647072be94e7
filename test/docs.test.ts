import { limits } from '@hansa/protocol';
import { errorCodes as protocolCodes } from '@hansa/protocol/error-codes';
import { families } from '@hansa/protocol/families';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { errorCodes as nodeCodes } from '../packages/node/src/error-codes.ts';
import { strategies } from '../packages/sim/src/adversaries/catalogue.ts';
import type { StrategyDescription } from '../packages/sim/src/adversaries/define.ts';
import { type CheckFacts, catalogue } from '../packages/sim/src/checks/catalogue.ts';
import { errorCodes as simCodes } from '../packages/sim/src/error-codes.ts';
import { files, parse, read, sources, visit } from './support/tree.ts';

// Pages that are made of the sources. To write them anew: npx vitest run test/docs.test.ts --update
describe('the specification', () => {
  test('lists every limit of the protocol, with its reason', async () => {
    const reasons = limitReasons();
    const rows = Object.entries(limits).map(([name, value]) => `| \`${name}\` | ${value} | ${reasons.get(name)} |\n`);
    expect(rows.filter((row) => row.includes('undefined'))).toEqual([]);
    const page = `# Limits

Every bound of the protocol. All of them are part of the agreement: to change one is to change what is valid. Bytes, milliseconds, days and
counts, as the name's end says. The source is \`packages/protocol/src/limits.ts\`.

| name | value | reason |
|---|---|---|
${rows.join('')}`;
    await expect(page).toMatchFileSnapshot('../docs/spec/limits.md');
  });

  test('lists every check of the simulator, with its rules', () => {
    const page = read('docs/simulating/checks.md');
    const rows = Object.entries<CheckFacts>(catalogue).map(
      ([name, { rules, holds, beyondF, when }]) => `| \`${name}\` | ${rules} | ${holds} | ${beyondF} | ${when} |\n`,
    );
    expect(page).toContain(`|---|---|---|---|---|\n${rows.join('')}\n`);
  });

  test('names every record family with its types', () => {
    const page = read('docs/spec/families.md');
    for (const { number, name, types } of families.list()) {
      const list = Object.entries(types).map(([type, typeName]) => `${type} ${typeName}`);
      expect(page).toContain(`| ${number} | \`${name}\` | ${list.join(', ')} |`);
    }
  });

  test('names every rule that the sources cite', () => {
    const pages = ['records', 'families', 'encoding', 'lanes', 'consensus', 'sync', 'ledger', 'privacy'];
    const text = pages.map((page) => read(`docs/spec/${page}.md`)).join('\n');
    const cited = new Set(
      sources.flatMap((path) => read(path).match(/(?<=\/\/ (guard: )?|\* |\()[RCGLP]\d{1,2}\b/g) ?? []),
    );
    expect(cited.size).toBeGreaterThan(20);
    const explained = new Set(text.match(/(?<=^## |^- \*\*)[RCGLP]\d{1,2}\b/gm));
    expect([...cited].filter((rule) => !explained.has(rule)).sort()).toEqual([]);
  });

  test('uses only codes that exist', () => {
    const known = new Set([...Object.keys(protocolCodes), ...Object.keys(nodeCodes)]);
    const pages = ['records', 'families', 'encoding', 'lanes', 'consensus', 'sync', 'ledger', 'receipts', 'privacy'];
    for (const page of pages) {
      const quoted = read(`docs/spec/${page}.md`).match(/(?<=`)[A-Z][A-Z0-9]*(_[A-Z0-9]+)+(?=`)/g) ?? [];
      expect(quoted.filter((code) => !known.has(code))).toEqual([]);
    }
  });
});

describe('the reference of error codes', () => {
  test('lists every code of protocol, daemon and simulator, with its meaning and advice', async () => {
    const page = `# Error codes

Every code there is, with what it means and what to do. A code is stable: it never changes its meaning, because it stands on the ledger
(L1), in scripts and in what people wrote down. A message may say more than stands here, and never has a private value (P1). The page
is made of the sources, and tests keep it equal to them: \`npx vitest run test/docs.test.ts --update\` writes it anew.

- [Protocol](#protocol): records on the ledger, messages of cities, genesis files, receipts, the light client.
- [Daemon and command line](#daemon-and-command-line): the HTTP API, \`hansa\`, imports, exchange, lookups. The API gives codes of the protocol too.
- [Simulator](#simulator): scenarios, results and reports of \`hansa-sim\`, which gives codes of the other two as well.

## Protocol

${codeTable(protocolCodes)}
## Daemon and command line

${codeTable(nodeCodes)}
## Simulator

${codeTable(simCodes)}`;
    await expect(page).toMatchFileSnapshot('../docs/errors.md');
  });

  test('is the only list: other pages link to it', () => {
    const pages = files.filter((path) => path.endsWith('.md') && path !== 'docs/errors.md');
    const known = Object.keys({ ...protocolCodes, ...nodeCodes, ...simCodes });
    const tables = pages.filter((path) => {
      const rows = [...read(path).matchAll(/^\| `([A-Z][A-Z0-9_]+)` \|/gm)].map(([, code = '']) => code);
      return rows.filter((code) => known.includes(code)).length > 10;
    });
    expect(tables).toEqual([]);
    for (const path of [
      'docs/README.md',
      'docs/operating/http-api.md',
      'docs/spec/README.md',
      'docs/simulating/README.md',
      'docs/integrating/README.md',
    ])
      expect(read(path), path).toContain('errors.md');
  });
});

describe('the codes of the simulator', () => {
  test('are those that its sources give, no more and no less', () => {
    const given = refusedIn('packages/sim/');
    // src/real/ stands in for the daemon's network, and refuses as it does.
    const known = { ...simCodes, ...nodeCodes };
    expect(given.filter((code) => !Object.hasOwn(known, code))).toEqual([]);
    const written = new Set<string>();
    for (const path of sources.filter((each) => each.startsWith('packages/sim/') && !each.endsWith('error-codes.ts'))) {
      visit(parse(path), (node) => {
        if (ts.isStringLiteralLike(node)) written.add(node.text);
      });
    }
    expect(Object.keys(simCodes).filter((code) => !written.has(code))).toEqual([]);
  });
});

describe('the guide to adversaries', () => {
  test('describes every strategy with its options', async () => {
    const path = 'docs/simulating/adversaries.md';
    const [before, after] = read(path).split(/(?<=<!-- strategies: .*-->\n)[\s\S]*(?=<!-- end -->)/);
    expect(after).toBeDefined();
    const sections = strategies.map(({ description }) => strategySection(description));
    await expect(`${before}${sections.join('')}\n${after}`).toMatchFileSnapshot(`../${path}`);
  });

  test('names checks that exist, and rules', () => {
    for (const { description } of strategies) {
      expect(description.attacks, description.name).toMatch(/^[RCGL]\d+( [RCGL]\d+)*$/);
    }
  });
});

function strategySection({ name, does, attacks, seenBy, proof, options }: StrategyDescription): string {
  const rows = Object.entries(options).map(
    ([option, { means, standard, values }]) => `| \`${option}\` | ${values} | \`${standard}\` | ${means} |\n`,
  );
  const table = rows.length === 0 ? '' : `\n| option | values | unless named | |\n|---|---|---|---|\n${rows.join('')}`;
  const checks = seenBy.map((check) => `\`${check}\``).join(', ');
  const evidence = proof === undefined ? 'nothing can be proven against it' : proof;
  return `\n### ${name}\n\n${does}\n\nAttacks ${attacks.split(' ').join(', ')}. If it won: ${checks}. Evidence: ${evidence}.\n${table}`;
}

describe('the codes of the protocol', () => {
  test('are those that its sources give, no more and no less', () => {
    const given = new Set<string>();
    for (const path of sources.filter(
      (each) => each.startsWith('packages/protocol/') && !each.endsWith('error-codes.ts'),
    )) {
      visit(parse(path), (node) => {
        if (!ts.isStringLiteralLike(node) || !/^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/.test(node.text)) return;
        given.add(node.text);
        // The parser of genesis files leaves out the common beginning.
        if (path.includes('/genesis/')) given.add(`GENESIS_${node.text}`);
      });
    }
    for (const what of ['NAME', 'KEY', 'PEER_ID']) given.add(`GENESIS_DUPLICATE_${what}`);
    expect(Object.keys(protocolCodes).filter((code) => !given.has(code))).toEqual([]);
    const known = new Set([...Object.keys(protocolCodes), ...Object.keys(nodeCodes)]);
    expect(refusedIn('packages/protocol/').filter((code) => !known.has(code))).toEqual([]);
  });
});

function codeTable(codes: Readonly<Record<string, string>>): string {
  const rows = Object.entries(codes).map(([code, meaning]) => `| \`${code}\` | ${meaning.replaceAll('|', '\\|')} |\n`);
  return `| code | meaning, and what to do |\n|---|---|\n${rows.join('')}`;
}

/** The comment above each limit; a limit without one shares that of the limit before. */
function limitReasons(): Map<string, string> {
  const reasons = new Map<string, string>();
  const file = parse('packages/protocol/src/limits.ts');
  let reason = '';
  visit(file, (node) => {
    if (!ts.isPropertyAssignment(node)) return;
    const [range] = ts.getLeadingCommentRanges(file.text, node.pos) ?? [];
    if (range !== undefined) {
      const comment = file.text.slice(range.pos + 3, range.end - 2);
      reason = comment.replace(/\s*\n\s*\*\s*/g, ' ').trim();
    }
    reasons.set(node.name.getText(file), reason);
  });
  return reasons;
}

/** Codes that sources under a folder give as the first argument of a refusal, or as a `code`. */
function refusedIn(folder: string): string[] {
  const refusals = new Set(['reject', 'refuse', 'refuseBecause', 'rejection', 'encodeRefusal', 'known', 'HansaError']);
  const codes = new Set<string>();
  for (const path of sources.filter((each) => each.startsWith(folder))) {
    visit(parse(path), (node) => {
      let value: ts.Node | undefined;
      if ((ts.isCallExpression(node) || ts.isNewExpression(node)) && refusals.has(node.expression.getText())) {
        value = node.arguments?.[0];
      } else if (ts.isPropertyAssignment(node) && node.name.getText() === 'code') {
        value = node.initializer;
      }
      if (value !== undefined && ts.isStringLiteral(value)) codes.add(value.text);
    });
  }
  return [...codes].sort();
}

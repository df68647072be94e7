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
import { parse, read, sources, visit } from './support/tree.ts';

// Pages of the specification that are made of the sources. To write them anew: npx vitest run test/docs.test.ts --update
describe('the specification', () => {
  test('lists every error code of the protocol, with its meaning and advice', async () => {
    const page = `# Error codes

Codes are stable: a code never changes its meaning, because it stands on the ledger (L1) and in scripts. Messages may say more than
stands here, and never a private value (P1). These are the codes of records on the ledger, of messages, of genesis files and of
receipts; those of the daemon and its commands are in [the HTTP API](../operating/http-api.md#errors).

${codeTable(protocolCodes)}`;
    await expect(page).toMatchFileSnapshot('../docs/spec/errors.md');
  });

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

describe('the codes of the simulator', () => {
  test('are listed with their meaning and advice', async () => {
    const page = `# Error codes of the simulator

Codes are stable: a code never changes its meaning, because scripts rely on it. Messages say more than stands here: the path, the
line, what is expected. Codes of the protocol are in [its own list](../spec/errors.md).

${codeTable(simCodes)}`;
    await expect(page).toMatchFileSnapshot('../docs/simulating/errors.md');
  });

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

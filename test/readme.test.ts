import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { extractSnippets, printed, type Snippet } from './support/snippets.ts';
import { files, read, root } from './support/tree.ts';

const documents = files.filter((path) => /(^|\/)README\.md$|^docs\/.*\.md$/.test(path));

describe.each(documents.filter((path) => extractSnippets(read(path)).length > 0))('what %s shows works', (path) => {
  const snippets = extractSnippets(read(path));
  const started: ChildProcess[] = [];
  const background: { readonly child: ChildProcess; readonly output: () => string }[] = [];
  let portOffset: number;
  let directory: string;
  let programs: string;
  let modules: string;
  /** Set by the first block that fails: those after it build on it. */
  let broken: string | undefined;

  beforeAll(async () => {
    portOffset = await freePortOffset();
    expect(existsSync(join(root, 'packages/node/dist/cli/main.js')), 'run pnpm build first').toBe(true);
    directory = mkdtempSync(join(tmpdir(), 'hansa-readme-'));
    programs = mkdtempSync(join(tmpdir(), 'hansa-bin-'));
    for (const [name, program] of [
      ['hansa', 'packages/node/bin/hansa.js'],
      ['hansa-sim', 'packages/sim/bin/hansa-sim.js'],
    ] as const) {
      writeFileSync(join(programs, name), `#!/bin/sh\nexec "${process.execPath}" "${root}${program}" "$@"\n`);
      chmodSync(join(programs, name), 0o755);
    }
    // TypeScript of a document imports the packages by their names, as a program of the workspace does.
    mkdirSync(join(root, 'test', '.cache'), { recursive: true });
    modules = mkdtempSync(join(root, 'test', '.cache', 'readme-'));
  });

  afterAll(async () => {
    // Also a block that was still running when its test gave up: nothing outlives the document.
    for (const child of started) await stop(child);
    for (const each of [directory, programs, modules]) rmSync(each, { recursive: true, force: true });
  });

  test.each(snippets.map((snippet) => [snippet.line, snippet] as const))('line %i', async (line, snippet) => {
    expect(broken, 'a block before this one failed').toBeUndefined();
    broken = `line ${line}`;
    const running = start(snippet);
    if (snippet.background) {
      background.push(running);
    } else {
      const status = await new Promise((resolve) => running.child.on('close', resolve));
      expect(status, running.output() + background.map(({ output }) => output()).join('')).toBe(0);
      if (snippet.expected !== undefined) {
        const { expected } = snippet;
        expect(printed(running.output(), expected), `expected\n${expected}\nbut it printed\n${running.output()}`).toBe(
          true,
        );
      }
    }
    broken = undefined;
  });

  test('what was started in the background still runs, and stops when it is asked to', async () => {
    for (const { child, output } of background) {
      expect(child.exitCode, output()).toBeNull();
      await stop(child);
    }
  });

  function start(snippet: Snippet): { child: ChildProcess; output: () => string } {
    const code = snippet.code.replace(documentedPort, (port) => String(Number(port) + portOffset));
    const [program, ...parameters] =
      snippet.language === 'sh' ? ['bash', '-euo', 'pipefail', '-c', code] : [process.execPath, compiled(snippet)];
    // Its own process group, so that what a shell started ends with the shell.
    const child = spawn(program as string, parameters, {
      cwd: directory,
      detached: true,
      env: { ...process.env, PATH: `${programs}${delimiter}${process.env.PATH ?? ''}`, NO_COLOR: '1' },
    });
    started.push(child);
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk) => {
        output += chunk;
      });
    }
    return { child, output: () => output };
  }

  function compiled(snippet: Snippet): string {
    const options = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2023, verbatimModuleSyntax: true };
    const file = join(modules, `line-${snippet.line}.mjs`);
    writeFileSync(file, ts.transpileModule(snippet.code, { compilerOptions: options }).outputText);
    return file;
  }
});

/** The documents name ports from 17400 to 17599; 17401 to 17420 and 17501 to 17520 are in use. */
const documentedPort = /\b17[45]\d\d\b/g;

/** How far to move the documented ports, so that whoever follows the documents on this machine is not in the way. */
async function freePortOffset(): Promise<number> {
  const ports = Array.from({ length: 20 }, (_, index) => index + 1).flatMap((each) => [17_400 + each, 17_500 + each]);
  for (let attempt = 0; attempt < 70; attempt++) {
    // Two runs at once begin at different places. All of it is below the ports that systems give out themselves.
    const offset = 200 * (1 + ((process.pid + attempt) % 70));
    const free = await Promise.all(ports.map((port) => isFree(port + offset)));
    if (free.every((each) => each)) return offset;
  }
  throw new Error('no range of free ports was found: stop what listens from 17600 to 31600');
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const ended = new Promise((resolve) => child.on('close', resolve));
  const { pid } = child;
  process.kill(-pid, 'SIGTERM');
  const patience = setTimeout(() => process.kill(-pid, 'SIGKILL'), 30_000);
  await ended;
  clearTimeout(patience);
}

describe('the documents', () => {
  const markdown = files.filter((path) => path.endsWith('.md'));

  test('have links that lead somewhere', () => {
    const dead: string[] = [];
    for (const path of markdown) {
      const prose = read(path).replace(/^```[\s\S]*?^```$/gm, '');
      for (const [, target = ''] of prose.matchAll(/\]\(([^)\s]+)\)/g)) {
        if (/^(https?:|mailto:|#)/.test(target)) continue;
        const [file = ''] = decodeURI(target).split('#');
        if (!existsSync(new URL(file, `file://${root}${path}`))) dead.push(`${path}: ${target}`);
      }
    }
    expect(dead).toEqual([]);
  });

  test('index every decision, and every page of the docs', () => {
    const index = read('docs/README.md');
    const pages = files.filter((path) => /^docs\/.*\.md$/.test(path) && path !== 'docs/README.md');
    expect(pages.filter((path) => !index.includes(`(${path.slice('docs/'.length)})`))).toEqual([]);
  });

  test('of each package begin with an example that runs', () => {
    for (const path of ['packages/protocol/README.md', 'packages/node/README.md', 'packages/sim/README.md']) {
      const [first] = extractSnippets(read(path));
      expect(first?.line, `${path}: its first screen has no block that runs`).toBeLessThan(30);
    }
  });
});

describe('the extractor of snippets', () => {
  test('finds what is to be run, with what it must print', () => {
    const document =
      '# x\n\n```sh run\necho 1\n```\n\n```text expect\n1\n```\n\n```sh\nnever\n```\n\n```ts run\nconst a = 1;\n```\n';
    expect(extractSnippets(document)).toEqual([
      { language: 'sh', background: false, code: 'echo 1\n', line: 4, expected: '1\n' },
      { language: 'ts', background: false, code: 'const a = 1;\n', line: 16, expected: undefined },
    ]);
    expect(printed('a\nid 7f (haikou)\nb\n', 'id ... (haikou)\nb\n')).toBe(true);
    expect(printed('a\nid 7f (sanya)\nb\n', 'id ... (haikou)\nb\n')).toBe(false);
  });
});

// The swarm against protocols that lack one guard each: builds a bundle of the simulator in which the text of one source
// file is another one, and runs the swarm's seeds on it in a child process. The working tree is never touched.
import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { findGuards, withoutGuard } from './guard-points.mjs';

/** Rules of agreement: what a network of cities can show. */
const RULES = /^C([1-9]|1[01])$/;
/** Of C12 the rules of proposals, which lies of schemers try; seeds have schemers from `SCHEMERS_FROM_SEED` on. */
const PROPOSALS = 'packages/protocol/src/families/membership/';
const SCHEMERS_FROM_SEED = 4001;
/** Addons are loaded from where they are installed. */
const NATIVE = /^(sodium-native|classic-level|@chainsafe\/.*)$/;

/**
 * The guards of C1 to C11 in the protocol's sources, and those of C12 about proposals, in the order of the files; `firstSeed`
 * is the first that may notice.
 * @param {string} root
 */
export function agreementGuards(root) {
  const found = [];
  const walk = (folder) => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) {
        if (entry.name !== 'gen') walk(path);
      } else if (path.endsWith('.ts') && !path.endsWith('.test.ts')) {
        for (const guard of findGuards(path, readFileSync(join(root, path), 'utf8')).guards) {
          const isProposal = guard.rule === 'C12' && path.startsWith(PROPOSALS);
          if (isProposal) found.push({ path, firstSeed: SCHEMERS_FROM_SEED, ...guard });
          else if (RULES.test(guard.rule)) found.push({ path, firstSeed: 1, ...guard });
        }
      }
    }
  };
  walk('packages/protocol/src');
  return found;
}

/**
 * Runs seeds from, from + 1, ... until a check fails.
 * @param {{ root: string, guard: object | undefined, from?: number, seeds: number, name: string, timeoutMs?: number }} options
 *   `guard` undefined: the protocol as it is. `from`: the first seed, 1 unless told. `seeds`: how many at most. `name`:
 *   of the bundle; two hunts at once need two.
 * @returns {Promise<{ seeds: number, check?: string, message?: string }>} without `check`: not caught in so many
 */
export async function huntGuard({ root, guard, from = 1, seeds, name, timeoutMs = 900_000 }) {
  return run(await bundleWithout({ root, guard, name }), from, seeds, timeoutMs);
}

/**
 * A bundle of the hunt with a protocol that lacks the guard. Returns its path.
 * @param {{ root: string, guard: object | undefined, name: string }} options as `huntGuard`'s
 */
export async function bundleWithout({ root, guard, name }) {
  const folder = join(root, '.cache', 'swarm-mutants');
  mkdirSync(folder, { recursive: true });
  const outfile = join(folder, `${name}.mjs`);
  await build({
    entryPoints: [join(root, 'packages/sim/test/hunt.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    conditions: ['hansa-source'],
    logLevel: 'error',
    banner: {
      js: "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);",
    },
    plugins: [nativeAddons, ...(guard === undefined ? [] : [mutation(root, guard)])],
  });
  return outfile;
}

const nativeAddons = {
  name: 'native-addons',
  setup(builder) {
    builder.onResolve({ filter: NATIVE }, ({ path, importer }) => ({
      path: pathToFileURL(createRequire(importer).resolve(path)).href,
      external: true,
    }));
  },
};

function mutation(root, guard) {
  return {
    name: 'without-a-guard',
    setup(builder) {
      builder.onLoad({ filter: /packages[\\/]protocol[\\/]src[\\/].*\.ts$/ }, ({ path }) => {
        if (relative(root, path) !== guard.path) return undefined;
        return { contents: withoutGuard(readFileSync(path, 'utf8'), guard), loader: 'ts' };
      });
    },
  };
}

function run(file, from, seeds, timeoutMs) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [file, String(from), String(seeds)], { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    let errors = '';
    child.stdout.on('data', (chunk) => {
      output += chunk;
    });
    child.stderr.on('data', (chunk) => {
      errors += chunk;
    });
    const timer = setTimeout(() => child.kill('SIGKILL'), timeoutMs);
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      const line = output.trim().split('\n').at(-1) ?? '';
      if (code === 0 && line !== '') resolve(JSON.parse(line));
      else reject(new Error(`the hunt ended with ${signal ?? code}: ${errors.slice(0, 500)}`));
    });
  });
}

import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

export interface ConsoleFile {
  readonly type: string;
  readonly bytes: Buffer;
  readonly gzip: Buffer;
  /** Strong entity tag (RFC 9110 section 8.8.3). */
  readonly tag: string;
}

/** Where `pnpm build` puts the console: beside the compiled daemon, so that both ship together. */
export const consoleDirectory = fileURLToPath(new URL('../../dist/console/', import.meta.url));

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
};

/** The console's files, read and compressed once. A handful of them, a few hundred kilobytes. */
export class ConsoleFiles {
  readonly #directory: string;
  readonly #read = new Map<string, ConsoleFile>();

  constructor(directory = consoleDirectory) {
    this.#directory = directory;
  }

  /** Undefined when there is no such file. `path` is one that a route has checked: no dots but in names. */
  async get(path: string): Promise<ConsoleFile | undefined> {
    const known = this.#read.get(path);
    if (known !== undefined) return known;
    const type = types[extname(path)];
    if (type === undefined) return undefined;
    const bytes = await readFile(join(this.#directory, path)).catch(() => undefined);
    if (bytes === undefined) return undefined;
    const tag = `"${createHash('sha256').update(bytes).digest('base64url')}"`;
    const file = { type, bytes, gzip: gzipSync(bytes, { level: 9 }), tag };
    this.#read.set(path, file);
    return file;
  }
}

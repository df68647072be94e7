import { type FileHandle, mkdir, open, readFile, rename, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { HansaError } from '@hansa/protocol';

/** The `code` of a system error (`ENOENT`), if it has one. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** Flushes a directory, so that a file created or renamed in it survives a power failure. */
export async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}

/** A whole new file or none: written beside its place, flushed, then renamed. Replaces an old file of the name. */
export async function writeFileAtomically(path: string, data: Uint8Array | string, mode: number): Promise<void> {
  const partial = `${path}.partial-${process.pid}`;
  const file = await open(partial, 'w', mode);
  try {
    await file.writeFile(data);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(partial, path);
  await syncDirectory(dirname(path));
}

/** A new file, made with its directories; an old file of the name is kept and refused: `FILE_EXISTS`. */
export async function writeNewFile(path: string, data: Uint8Array | string, mode = 0o644): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  let file: FileHandle;
  try {
    file = await open(path, 'wx', mode);
  } catch (error) {
    if (errorCode(error) === 'EEXIST') {
      throw new HansaError('FILE_EXISTS', `${path} exists and is not overwritten. Name another file or move it away.`);
    }
    throw new HansaError('FILE_UNWRITABLE', `${path} cannot be written; check the directory and its permissions.`, {
      cause: error,
    });
  }
  try {
    await file.writeFile(data);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** A small file that the user named. Errors: `FILE_MISSING`, `FILE_TOO_LARGE`, `FILE_UNREADABLE`. */
export async function readSmallFile(path: string, bytesMax: number): Promise<Uint8Array> {
  try {
    const { size } = await stat(path);
    if (size > bytesMax) {
      throw new HansaError('FILE_TOO_LARGE', `${path} has more than ${bytesMax} bytes; this is the wrong file.`);
    }
    return await readFile(path);
  } catch (error) {
    if (error instanceof HansaError) throw error;
    if (errorCode(error) === 'ENOENT') {
      throw new HansaError('FILE_MISSING', `There is no file ${path}. Check the path.`);
    }
    throw new HansaError('FILE_UNREADABLE', `${path} cannot be read; check that it is a file and its permissions.`, {
      cause: error,
    });
  }
}

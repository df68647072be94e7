import { type FileHandle, open } from 'node:fs/promises';
import { fromHex, HansaError, toHex } from '@hansa/protocol';
import { errorCode } from '../files.ts';

/** All secrets of a city are 32 bytes: seeds, scalars and symmetric keys. */
export const KEY_BYTES = 32;

/** Longer than any key file: a wrong file is not read whole. */
const FILE_BYTES_MAX = 256;

/**
 * Reads a secret: 64 hexadecimal digits in a file of mode 0600 (or 0400).
 *
 * Errors: `KEY_MISSING`, `KEY_FILE_MODE`, `KEY_MALFORMED`. No message holds anything of the file's content.
 */
export async function readKeyFile(path: string): Promise<Uint8Array> {
  let file: FileHandle;
  try {
    file = await open(path, 'r');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') {
      throw new HansaError(
        'KEY_MISSING',
        `There is no key file ${path}. Restore it from the backup; a city without its keys cannot go on as the same member.`,
      );
    }
    throw new HansaError(
      'KEY_UNREADABLE',
      `The key file ${path} cannot be read; run the daemon as the user that owns it.`,
      {
        cause: error,
      },
    );
  }
  try {
    const stat = await file.stat();
    if (!stat.isFile()) throw new HansaError('KEY_MALFORMED', `${path} is not a file; put the key file in its place.`);
    // The open file is asked, so that the answer is about the bytes that are read.
    if ((stat.mode & 0o077) !== 0) {
      throw new HansaError(
        'KEY_FILE_MODE',
        `Others on this machine may read or write the key file ${path}. Run: chmod 600 ${path}. If others used this machine, treat the key as stolen.`,
      );
    }
    if (stat.size > FILE_BYTES_MAX) throw malformed(path);
    const text = (await file.readFile('latin1')).trim();
    const key = fromHex(text);
    if (key === undefined || key.length !== KEY_BYTES) throw malformed(path);
    return key;
  } finally {
    await file.close();
  }
}

/** Writes a secret to a new file of mode 0600, flushed. Never over an old one: `KEY_EXISTS`. */
export async function writeKeyFile(path: string, key: Uint8Array): Promise<void> {
  let file: FileHandle;
  try {
    file = await open(path, 'wx', 0o600);
  } catch (error) {
    if (errorCode(error) === 'EEXIST') {
      throw new HansaError(
        'KEY_EXISTS',
        `The key file ${path} exists and is never overwritten. Move it away first when a new key is really wanted.`,
      );
    }
    throw new HansaError(
      'KEY_UNWRITABLE',
      `The key file ${path} cannot be written; check the directory and its permissions.`,
      {
        cause: error,
      },
    );
  }
  try {
    await file.writeFile(`${toHex(key)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
}

function malformed(path: string): HansaError {
  return new HansaError(
    'KEY_MALFORMED',
    `The key file ${path} does not hold ${2 * KEY_BYTES} hexadecimal digits. Restore it from the backup.`,
  );
}

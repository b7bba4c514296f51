import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, closeSync, existsSync, fsyncSync, linkSync, openSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { renameFile } from './rename-file.ts';

/**
 * Puts a text in the place of a file in one step: whoever reads it, and whatever ends this process, finds the old text or the new one.
 * Mode and owner stay. Throws what the file system throws, and then the file is as it was.
 */
export function replaceFile(path: string, text: string): void {
  const { mode, uid, gid } = statSync(path);
  withTemporary(path, text, (temporary) => {
    keepOwner(temporary, uid, gid);
    chmodSync(temporary, mode & 0o7777);
    renameFile(temporary, path);
  });
}

/** Makes a file that is not there in one step. Throws EEXIST where something has come into being. */
export function createFile(path: string, text: string): void {
  withTemporary(path, text, (temporary) => {
    try {
      linkSync(temporary, path);
    } catch (error) {
      // Not every file system has links; there the name is at least looked at.
      if (codeOf(error) === 'EEXIST' || existsSync(path)) throw Object.assign(new Error('it exists', { cause: error }), { code: 'EEXIST' });
      renameFile(temporary, path);
    }
  });
}

/**
 * The text is whole on the disk before `put` is called. The name of the temporary file is no source name, so that one which a killed process
 * leaves behind is taken for code by nobody. Not write-file-atomic: it writes once and does not look how much of the text a full disk took.
 */
function withTemporary(path: string, text: string, put: (temporary: string) => void): void {
  const temporary = join(dirname(path), `.lifecycle-codemod-${randomBytes(6).toString('hex')}.tmp`);
  const file = openSync(temporary, 'wx');
  try {
    try {
      writeFileSync(file, text); // goes on until all of it is written
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    put(temporary);
  } finally {
    rmSync(temporary, { force: true });
  }
}

/** A group's file stays in its group only if we may say so; its content matters more. */
function keepOwner(path: string, uid: number, gid: number): void {
  try {
    chownSync(path, uid, gid);
  } catch (error) {
    if (codeOf(error) !== 'EPERM' && codeOf(error) !== 'ENOSYS') throw error;
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

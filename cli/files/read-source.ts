import { isUtf8 } from 'node:buffer';
import { closeSync, openSync, readSync } from 'node:fs';
import { describeError } from '../problem.ts';

/** Larger files are generated, and take longer to parse than anybody waits. */
const SIZE_LIMIT = 4 * 1024 * 1024;

/** What became of reading a file: its text without a byte order mark, nothing of interest, or one line why it was left. */
export type SourceText =
  | { readonly kind: 'failed' | 'skipped'; readonly why: string }
  | { readonly kind: 'text'; readonly text: string; readonly hasBom: boolean }
  | { readonly kind: 'unwanted' };

/** Shared, since files are read one after the other. One byte more than is worked on, so that a larger file shows. */
const buffer = Buffer.allocUnsafe(SIZE_LIMIT + 1);

/** Reads a file whose text `isWanted`. Throws what the file system throws. */
export function readSource(path: string, isWanted: (text: string) => boolean): SourceText {
  const bytes = buffer.subarray(0, readInto(buffer, path));
  if (bytes.length > SIZE_LIMIT) return { kind: 'skipped', why: 'larger than 4 MB' };
  const isUtf16 = bytes.length > 1 && (bytes.readUInt16LE() === 0xfe_ff || bytes.readUInt16LE() === 0xff_fe);
  const text = isUtf16 ? decodeUtf16(bytes) : bytes.toString();
  if (!isWanted(text)) return { kind: 'unwanted' };
  if (isUtf16) return { kind: 'failed', why: 'written in UTF-16: save it as UTF-8, then run again' };
  if (!isUtf8(bytes)) return { kind: 'failed', why: 'not valid UTF-8: save it as UTF-8, then run again' };
  const hasBom = text.startsWith('\uFEFF');
  return { kind: 'text', text: hasBom ? text.slice(1) : text, hasBom };
}

/** A single `read` may return less than there is. */
function readInto(target: Buffer, path: string): number {
  const file = openSync(path, 'r');
  try {
    let length = 0;
    for (;;) {
      const count = readSync(file, target, length, target.length - length, null);
      length += count;
      if (count === 0 || length === target.length) return length;
    }
  } finally {
    closeSync(file);
  }
}

function decodeUtf16(bytes: Buffer): string {
  if (bytes[0] === 0xff) return bytes.toString('utf16le');
  return Buffer.from(bytes.subarray(0, bytes.length - (bytes.length % 2))).swap16().toString('utf16le');
}

/** The same; a file that cannot be read is one that failed, with the reason. */
export function tryReadSource(path: string, isWanted: (text: string) => boolean): SourceText {
  try {
    return readSource(path, isWanted);
  } catch (error) {
    return { kind: 'failed', why: `cannot be read: ${describeError(error)}` };
  }
}

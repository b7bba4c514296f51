import wrapAnsi from 'wrap-ansi';
import type { Output } from './io.ts';

/** The columns of a terminal; undefined for a pipe or a file. */
export function columnsOf(stream: Output): number | undefined {
  return 'columns' in stream && typeof stream.columns === 'number' && stream.columns > 0 ? stream.columns : undefined;
}

/** Broken between words, and within those that are too long. */
export function wrap(text: string, width: number): readonly string[] {
  return wrapAnsi(plain(text).replaceAll(/\s+/g, ' ').trim(), width, { hard: true }).split('\n');
}

/** Source may hold what a terminal would take for a command. */
export function plain(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, ' ');
}

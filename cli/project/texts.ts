import { ts } from 'ts-morph';
import { toSlashes } from '../files/to-slashes.ts';
import { LIB_FOLDER, libText } from './lib-texts.ts';

/** The texts of files, without a byte order mark: some given, the others from the disk. */
export class Texts {
  readonly #given: ReadonlyMap<string, string>;
  readonly #folders = new Set<string>();
  readonly #read: Map<string, string | undefined>;

  constructor(given: ReadonlyMap<string, string> = new Map(), read = new Map<string, string | undefined>()) {
    this.#given = new Map(Array.from(given, ([path, text]) => [toSlashes(path), text.replace(/^\uFEFF/, '')]));
    this.#read = read;
    for (const path of this.#given.keys()) this.#addFoldersOf(path);
  }

  /** These texts, and others in some of the files. What has been read is not read again. */
  with(given: ReadonlyMap<string, string>): Texts {
    return new Texts(new Map([...this.#given, ...given]), this.#read);
  }

  read(path: string): string | undefined {
    const given = this.#given.get(path);
    if (given !== undefined) return given;
    if (this.#read.has(path)) return this.#read.get(path);
    const text = path.startsWith(`${LIB_FOLDER}/lib.`) ? libText(path) : ts.sys.readFile(path)?.replace(/^\uFEFF/, '');
    this.#read.set(path, text);
    return text;
  }

  exists(path: string): boolean {
    return this.#given.has(path) || ts.sys.fileExists(path);
  }

  hasFolder(path: string): boolean {
    return this.#folders.has(path) || ts.sys.directoryExists(path);
  }

  #addFoldersOf(path: string): void {
    for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) this.#folders.add(path.slice(0, end));
  }
}

import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fetchPackages } from '../tools/real-code/packages.ts';

const PACKAGES = ['puppeteer-core', '@grpc/grpc-js', 'libp2p'];
const NODE_TYPES = join(import.meta.dirname, '../node_modules/@types');

/** The TypeScript sources of three packages, several times over, in a folder that is removed again. */
export class Corpus {
  readonly folder: string;
  readonly fileCount: number;

  constructor(copies: number) {
    this.folder = mkdtempSync(join(tmpdir(), 'lifecycle-bench-'));
    const packages = fetchPackages(PACKAGES);
    this.fileCount = packages.reduce((sum, { files }) => sum + files.length, 0);
    for (const copy of this.copies(copies)) {
      for (const { name, folder, files } of packages) {
        for (const file of files) {
          const target = join(copy, name, file);
          mkdirSync(dirname(target), { recursive: true });
          cpSync(join(folder, file), target);
        }
      }
      writeFileSync(join(copy, 'tsconfig.json'), TSCONFIG);
    }
  }

  /** The folders of the first `count` copies. */
  copies(count: number): string[] {
    return Array.from({ length: count }, (_, index) => join(this.folder, `copy-${index + 1}`));
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** What the packages depend on is not installed, so many types are `any`: what a typed rule costs here is the least it can cost. */
const TSCONFIG = JSON.stringify({
  compilerOptions: {
    target: 'esnext',
    module: 'nodenext',
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: ['node'],
    typeRoots: [NODE_TYPES],
  },
  include: ['**/*.ts'],
});

const SOURCE = /\.[cm]?[jt]sx?$/;
const DECLARATION = /\.d\.(?:[^.]+\.)?[cm]?ts$/;

/** Whether a file of this name holds TypeScript or JavaScript that runs: not a declaration file. */
export function isSourceName(name: string): boolean {
  return SOURCE.test(name) && !isDeclarationName(name);
}

/** `x.d.ts`, `x.d.mts`, and `x.d.css.ts` for what is imported as `x.css`. */
export function isDeclarationName(name: string): boolean {
  return DECLARATION.test(name);
}

/** `package.json` with one export for each codemod, between the plugin and `./package.json`. */
export function withCodemodExports(text: string, names: readonly string[]): string {
  const manifest = JSON.parse(text) as { readonly exports: unknown };
  const exports = {
    '.': './dist/plugin.js',
    ...Object.fromEntries(names.map((name) => [`./codemods/${name}`, `./dist/codemods/${name}.js`])),
    './package.json': './package.json',
  };
  return `${JSON.stringify({ ...manifest, exports }, undefined, 2)}\n`;
}

/** `package.json` with one export for each codemod, between the plugin and what can be read as it is. */
export function withCodemodExports(text: string, names: readonly string[]): string {
  const manifest = JSON.parse(text) as { readonly exports: unknown };
  const exports = {
    '.': './dist/plugin.js',
    ...Object.fromEntries(names.map((name) => [`./codemods/${name}`, `./dist/codemods/${name}.js`])),
    './schemas/*': './schemas/*',
    './package.json': './package.json',
  };
  return `${JSON.stringify({ ...manifest, exports }, undefined, 2)}\n`;
}

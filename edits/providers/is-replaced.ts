/** `vi.mock('./bus.js', …)`, `mock.module('./bus.js', …)`, `esmock('./app.js', …)`. */
const MOCKS = /\b(?:(?:jest|vi|td|mock|t)\.(?:doMock|mock|mockModule|module|replace|replaceEsm|unstable_mockModule)|esmock(?:\.\w+)?|proxyquire(?:\.\w+)?|rewiremock(?:\.\w+)?)\s*\(\s*(?:import\(\s*)?['"`]([^'"`]+)['"`]/g;

/**
 * Whether a file, as a test does, puts something in the place of a function by its name or by that of its file: `spyOn(buses, 'createBus')`,
 * `vi.mock('./bus.js')`, or a mock of what exports it again.
 */
export function isReplaced(name: string, file: string, text: string): boolean {
  if (new RegExp(`(['"\`])${name}\\1`).test(text)) return true;
  const mocked = Array.from(text.matchAll(MOCKS), ([, path = '']) => baseOf(path));
  return mocked.includes(baseOf(file)) || (mocked.length > 0 && new RegExp(`\\b${name}\\s*(?::|\\()`).test(text));
}

function baseOf(path: string): string {
  return (path.split('/').at(-1) ?? '').replace(/\.[cm]?[jt]sx?$/, '');
}

import { expect, test } from 'vitest';
import { applyChanges } from '../../codemods/apply-changes.ts';
import { parse } from '../../codemods/parse.ts';
import { insertImport, insertImports } from '../../edits/insert-import.ts';
import type { Imported } from '../../edits/known-import.ts';
import { ordersOf } from '../orders-of.ts';

const MUTEX: Imported = { specifier: 'async-mutex', name: 'Mutex', locals: ['Mutex', 'AsyncMutex'] };
const LOCK: Imported = { specifier: 'async-lock', name: undefined, locals: ['AsyncLock'] };

function insert(text: string, imported = MUTEX, fileName = 'a.ts'): string {
  const { local, changes } = insertImport(parse(fileName, text), imported);
  return `${applyChanges(text, changes)}// ${local}`;
}

test.each([
  [
    'after the last import',
    "import a from 'a';\nimport b from './b';\na(b);\n",
    "import a from 'a';\nimport { Mutex } from 'async-mutex';\nimport b from './b';\na(b);\n// Mutex",
  ],
  [
    'after the imports of packages, where these come first',
    "import z from 'z';\nimport a from 'a';\nimport b from './b';\n",
    "import z from 'z';\nimport a from 'a';\nimport { Mutex } from 'async-mutex';\nimport b from './b';\n// Mutex",
  ],
  [
    'in order, where the packages are in order',
    "import a from 'a';\nimport z from 'z';\nimport b from './b';\n",
    "import a from 'a';\nimport { Mutex } from 'async-mutex';\nimport z from 'z';\nimport b from './b';\n// Mutex",
  ],
  [
    'at the end, where packages and files are mixed',
    "import b from './b';\nimport a from 'a';\n",
    "import b from './b';\nimport a from 'a';\nimport { Mutex } from 'async-mutex';\n// Mutex",
  ],
  [
    'before imports of types alone',
    "import a from 'a';\nimport type { B } from 'b';\n",
    "import a from 'a';\nimport { Mutex } from 'async-mutex';\nimport type { B } from 'b';\n// Mutex",
  ],
  [
    'after the comment of the last import',
    "import a from 'a'; // why\n",
    "import a from 'a'; // why\nimport { Mutex } from 'async-mutex';\n// Mutex",
  ],
  ['on a line of its own', "import a from 'a'; a();\n", "import a from 'a';\nimport { Mutex } from 'async-mutex';\n a();\n// Mutex"],
  [
    'in double quotes without semicolons',
    'import a from "a"\na()\n',
    'import a from "a"\nimport { Mutex } from "async-mutex"\na()\n// Mutex',
  ],
  ['in front of the code', 'export class A {}\n', "import { Mutex } from 'async-mutex';\n\nexport class A {}\n// Mutex"],
  [
    'after hashbang, licence and directives',
    "#!/usr/bin/env node\n'use strict';\n/* licence */\n\n// a\nexport class A {}\n",
    "#!/usr/bin/env node\n'use strict';\n/* licence */\nimport { Mutex } from 'async-mutex';\n\n// a\nexport class A {}\n// Mutex",
  ],
  [
    'after pragmas and triple slashes',
    '/* eslint-disable */\n/// <reference types="node" />\n// @ts-check\nexport class A {}\n',
    '/* eslint-disable */\n/// <reference types="node" />\n// @ts-check\nimport { Mutex } from \'async-mutex\';\n\nexport class A {}\n// Mutex',
  ],
  [
    'into the braces of an import that is there',
    "import { Semaphore } from 'async-mutex';\n",
    "import { Semaphore, Mutex } from 'async-mutex';\n// Mutex",
  ],
  [
    'beside an import of types',
    "import type { Mutex } from 'async-mutex';\n",
    "import type { Mutex } from 'async-mutex';\nimport { Mutex as AsyncMutex } from 'async-mutex';\n// AsyncMutex",
  ],
  [
    'under another name, where the usual one is taken',
    'class Mutex {}\nexport const m = new Mutex();\n',
    "import { Mutex as AsyncMutex } from 'async-mutex';\n\nclass Mutex {}\nexport const m = new Mutex();\n// AsyncMutex",
  ],
  ['not at all, where it is there', "import { Mutex as M } from 'async-mutex';\n", "import { Mutex as M } from 'async-mutex';\n// M"],
  [
    'not at all, where its namespace is there',
    "import * as locks from 'async-mutex';\n",
    "import * as locks from 'async-mutex';\n// locks.Mutex",
  ],
])('%s', (_name, before, after) => {
  expect(insert(before)).toBe(after);
});

test.each([
  [
    'after the last require',
    "'use strict'\nconst a = require('a')\nconst b = require('./b')\nmodule.exports = a(b)\n",
    "'use strict'\nconst a = require('a')\nconst { Mutex } = require('async-mutex')\nconst b = require('./b')\nmodule.exports = a(b)\n// Mutex",
    MUTEX,
  ],
  [
    'after the directives',
    "'use strict';\n\nmodule.exports = class A {};\n",
    "'use strict';\nconst { Mutex } = require('async-mutex');\n\nmodule.exports = class A {};\n// Mutex",
    MUTEX,
  ],
  [
    'under another name',
    'class Mutex {}\nmodule.exports = Mutex;\n',
    "const { Mutex: AsyncMutex } = require('async-mutex');\n\nclass Mutex {}\nmodule.exports = Mutex;\n// AsyncMutex",
    MUTEX,
  ],
  [
    'as a whole',
    "const a = require('a');\nmodule.exports = a;\n",
    "const a = require('a');\nconst AsyncLock = require('async-lock');\nmodule.exports = a;\n// AsyncLock",
    LOCK,
  ],
  [
    'not at all, where it is there',
    "const { Mutex: M } = require('async-mutex');\nmodule.exports = M;\n",
    "const { Mutex: M } = require('async-mutex');\nmodule.exports = M;\n// M",
    MUTEX,
  ],
  [
    'not at all, where the whole is there',
    "const locks = require('async-mutex');\nmodule.exports = locks;\n",
    "const locks = require('async-mutex');\nmodule.exports = locks;\n// locks.Mutex",
    MUTEX,
  ],
])('in CommonJS: %s', (_name, before, after, imported) => {
  expect(insert(before, imported, 'a.js')).toBe(after);
});

const P_TIMEOUT = [
  { name: undefined, locals: ['pTimeout'] },
  { name: 'TimeoutError', locals: ['TimeoutError', 'PTimeoutError'] },
] as const;

function insertAll(text: string, fileName = 'a.ts'): string {
  const { locals, changes } = insertImports(parse(fileName, text), 'p-timeout', P_TIMEOUT);
  return `${applyChanges(text, changes)}// ${locals.join(' ')}`;
}

test.each([
  ['in one statement', '', "import pTimeout, { TimeoutError } from 'p-timeout';\n\n// pTimeout TimeoutError"],
  [
    'beside the default that is there',
    "import limit from 'p-timeout';\n",
    "import limit, { TimeoutError } from 'p-timeout';\n// limit TimeoutError",
  ],
  [
    'beside the name that is there',
    "import { TimeoutError as Late } from 'p-timeout';\n",
    "import pTimeout, { TimeoutError as Late } from 'p-timeout';\n// pTimeout Late",
  ],
  [
    'not at all, where both are there',
    "import pTimeout, { TimeoutError } from 'p-timeout';\n",
    "import pTimeout, { TimeoutError } from 'p-timeout';\n// pTimeout TimeoutError",
  ],
  [
    'beside the whole module',
    "import * as time from 'p-timeout';\n",
    "import * as time from 'p-timeout';\nimport pTimeout from 'p-timeout';\n// pTimeout time.TimeoutError",
  ],
  [
    'under another name, where the usual one is taken',
    'class TimeoutError {}\n',
    "import pTimeout, { TimeoutError as PTimeoutError } from 'p-timeout';\n\nclass TimeoutError {}\n// pTimeout PTimeoutError",
  ],
])('a default and a name: %s', (_name, before, after) => {
  expect(insertAll(before)).toBe(after);
});

test('from what is required as a whole', () => {
  expect(insertAll("const pTimeout = require('p-timeout');\n", 'a.cjs')).toBe(
    "const pTimeout = require('p-timeout');\n// pTimeout pTimeout.TimeoutError",
  );
});

const TOGETHER: readonly Imported[] = [
  MUTEX,
  { specifier: 'p-timeout', name: 'TimeoutError', locals: ['TimeoutError'] },
  { specifier: './lifecycle-lock.js', name: 'withDeadline', locals: ['withDeadline'] },
  { specifier: './lifecycle-lock.js', name: 'LifecycleLock', locals: ['LifecycleLock'] },
  { specifier: './lifecycle-stack.js', name: 'AsyncDisposableStack', locals: ['AsyncDisposableStack'] },
];

const PACKAGES = ["import { Mutex } from 'async-mutex';", "import { TimeoutError } from 'p-timeout';"];
const OWN = ["import { LifecycleLock, withDeadline } from './lifecycle-lock.js';", "import { AsyncDisposableStack } from './lifecycle-stack.js';"];

test.each([
  ['into an empty file', '', [...PACKAGES, ...OWN, '', '']],
  ['under a licence', '/* licence */\n\na();\n', ['/* licence */', ...PACKAGES, ...OWN, '', 'a();', '']],
  ['under a comment of the code', '// a\na();\n', [...PACKAGES, ...OWN, '', '// a', 'a();', '']],
  ['after one package', "import a from 'zod';\n", ["import a from 'zod';", ...PACKAGES, ...OWN, '']],
  ['after one file', "import a from './a';\n", ["import a from './a';", ...PACKAGES, ...OWN, '']],
  [
    'among packages in order',
    "import f from 'fastify';\nimport z from 'zod';\nimport b from './b';\n",
    [
      "import f from 'fastify';",
      PACKAGES[1],
      "import z from 'zod';",
      PACKAGES[0],
      "import b from './b';",
      ...OWN,
      '',
    ],
  ],
  [
    'beside types alone',
    "import type { A } from 'async-mutex';\n",
    ["import type { A } from 'async-mutex';", ...PACKAGES, ...OWN, ''],
  ],
])('several imports come out the same in every order: %s', (_name, before, lines) => {
  const results = ordersOf(TOGETHER).map((order) =>
    order.reduce((text, imported) => applyChanges(text, insertImport(parse('a.ts', text), imported).changes), before),
  );
  expect([...new Set(results)]).toEqual([lines.join('\n')]);
});

test('an import does not come between another and the comment about it', () => {
  const text = "// eslint-disable-next-line import/order\nimport { TimeoutError } from 'p-timeout';\n";
  expect(insert(text)).toBe(`${text}import { Mutex } from 'async-mutex';\n// Mutex`);
});

test('several requires come out the same in every order', () => {
  const ours = [...TOGETHER.slice(2), { ...MUTEX, specifier: 'es-toolkit' }, { specifier: 'es-toolkit', name: 'withTimeout', locals: ['withTimeout'] } as const];
  const results = ordersOf(ours).map((order) =>
    order.reduce((text, imported) => applyChanges(text, insertImport(parse('a.cjs', text), imported).changes), "'use strict';\n"),
  );
  expect([...new Set(results)]).toEqual([
    "'use strict';\nconst { Mutex, withTimeout } = require('es-toolkit');\nconst { LifecycleLock, withDeadline } = require('./lifecycle-lock.js');\nconst { AsyncDisposableStack } = require('./lifecycle-stack.js');\n\n",
  ]);
});

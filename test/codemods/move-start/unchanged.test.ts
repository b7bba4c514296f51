import { expect, test } from 'vitest';
import { mend, unchangedNames, unchangedTexts } from './run.ts';

/** Why each project of `fixtures/projects/move-start/unchanged/` is left, place by place. */
const LEFT: Readonly<Record<string, readonly string[]>> = {
  'constructor-of-an-owner': [
    'main.ts:5 `new Poller()` in a field of App is the value of a field, and has to be started by the start of its owner',
    'main.ts:8 `new Poller()` in the constructor of App is made by a constructor, which cannot wait for it: start() has to be called by the start of its owner',
  ],
  'constructs-itself': ['poller.ts:9 Poller may construct instances by another name than its own here'],
  'decorated-owner': ['main.ts:7 Poller is a type that a decorated class asks its container for, which may construct it out of sight'],
  'escapes-through-a-mixin': ['main.ts:7 Poller is handed on as a value on line 7, and may be constructed out of sight'],
  'exported-by-its-module': ['main.ts:3 `new Poller()` in the module is exported by the statement that makes it'],
  'function-is-not-async': ['main.ts:4 `new Poller()` in run() cannot be waited for, since that function is not async'],
  'handed-to-a-container': ['main.ts:4 Poller is handed on as a value on line 4, and may be constructed out of sight'],
  'handled-failure': ['poller.ts:5 this.start().catch(…) sees here to how start() ends, and every caller would have to: decide who handles its failure, and start it there'],
  'in-place-runner': ['poller.ts:10 run() only returns when the service is stopped, so nobody can wait for it where it is constructed'],
  'kept-promise': ['poller.ts:6 it keeps the promise of start(), which others may wait for'],
  'listens-too-late': ['main.ts:4 `new Poller()` in main() may only be listened to on line 6, and what start() tells by events before would be missed'],
  'module-handed-on': ['main.ts:4 everything that ./index.js exports is handed on here, and may be constructed out of sight'],
  'module-may-not-await': ['main.ts:3 `new Poller()` in the module would need an `await` outside of all functions, and it is not known whether its module can have one'],
  'never-cleared': ['poller.ts:6 stop() does nothing with this.#timer, and a second start() would begin it twice'],
  'new-start-async-of-its-own': ['writer.ts:3 it has no start() that its callers could call, and cannot be given one: it cannot be told whether start() can be waited for'],
  'new-start-base-out-of-sight': [
    'cache.ts:5 it has no start() that its callers could call, and cannot be given one: what it extends, which cannot be seen, may have a start already',
    'cache.ts:17 it has no start() that its callers could call, and cannot be given one: what it extends, which cannot be seen, may have a start already',
    'cache.ts:31 it has no start() that its callers could call, and cannot be given one: Runner, which it extends, has a start already',
  ],
  'new-start-called-if-there': ['cache.ts:17 start() is called here of whatever has it, and of this class as well from now on'],
  'new-start-counted-on': [
    'monitor.ts:8 it reads every, which only the constructor has',
    'monitor.ts:25 the construction goes on with 4 more statements after what it begins, and they may count on that',
    'monitor.ts:43 it reads every, which only the constructor has',
  ],
  'new-start-looks-at-its-place': ['panel.ts:15 `new Panel()` in Panel.show() is kept in Panel.current, which start() looks at'],
  'new-start-made-by-a-constructor': [
    'cache.ts:13 `new Cache()` in a field of App is the value of a field or a parameter, and cannot be started where it is made',
    'cache.ts:16 `new Cache()` in the constructor of App is made by a constructor, which would begin it in its place: start() has to be called by the start of its owner',
    'cache.ts:25 `new Cache()` in make() is returned before it could be started',
    'cache.ts:28 `new Cache()` in pick() is returned before it could be started',
    'cache.ts:29 `new Cache()` in a function without a name is returned before it could be started',
    'cache.ts:29 `new Cache()` in pick() is used before it could be started',
  ],
  'new-start-may-be-told': [
    'monitors.ts:5 a string in it goes over several lines, and would change with its indentation',
    'monitors.ts:19 #timer would begin after the rest of the construction, which may count on it',
  ],
  'new-start-mocked': ['main.test.ts:5 a mock stands in for Cache here, and has no start()'],
  'new-start-name-taken': [
    'cache.ts:3 it has no start() that its callers could call, and cannot be given one: it has another start already',
    'heir.ts:4 it has no start() that its callers could call, and cannot be given one: Runner, which it extends, has a start already',
  ],
  'new-start-subclass-counts-on-it': [
    'probe.ts:18 the construction of Loud, which extends it, comes after what begins there',
    'probe.ts:27 Quiet, which extends it, has another begin, which is used there',
    'probe.ts:31 Named, which extends it, has a start of its own',
    'probe.ts:35 the construction of Told, which extends it, comes after what begins there',
  ],
  'no-start': ['cache.ts:2 it has no start() that its callers could await'],
  'not-started-today': ['main.ts:4 `new Poller()` in main() is not started there today, and start() does more than the constructor has done: start it there first'],
  published: ['poller.js:1 Poller is exported by its package, and who constructs it elsewhere would have to start it'],
  'reads-a-parameter': ['poller.ts:6 it reads every, which only the constructor has'],
  'returned-and-handed-on': [
    'main.ts:4 `new Poller()` in createPoller() is returned before it could be started',
    'main.ts:8 `new Poller()` in all() is handed on before it could be started (with --factory it would become `await Poller.create(…)`)',
    'main.ts:11 `new Poller()` in all() is put into a list before it could be started (with --factory it would become `await Poller.create(…)`)',
    'main.ts:14 `new Poller()` in make() is returned before it could be started',
  ],
  'start-needs-an-argument': ['poller.ts:5 this.start(…) is given an argument, which its callers do not have'],
  'start-returns-early': ['poller.ts:11 start() returns in the middle, and would not always come to it'],
  'started-after-it-was-used': ['main.ts:4 `new Poller()` in main() is started on line 6, and it cannot be told that nothing needs it before'],
  'static-block': ['poller.ts:6 Poller.shared.start() runs when the module is loaded, for no instance'],
  'subclass-sets-the-same-field': ['poller.ts:5 the construction of Quiet, which extends it, uses fields that start() has set by then'],
  'subclass-starts-otherwise': ['poller.ts:3 Quiet overrides start() without calling it'],
  'used-later-in-the-constructor': ['poller.ts:7 it comes after what is begun there in the construction, and uses the same fields'],
  'waits-for-another-method': ['poller.ts:10 start() waits here for something that another method may have to bring about, and who waits for start() would never come to that'],
};

test('every project of the folder is told about', () => {
  expect(unchangedNames()).toEqual(Object.keys(LEFT).sort());
});

test.each(Object.entries(LEFT))('unchanged: %s', { timeout: 60_000 }, (name, left) => {
  const texts = unchangedTexts(name);
  const result = mend(texts);
  expect(result.texts).toEqual(texts);
  expect(result.left).toEqual(left);
  expect(result.typeErrors).toEqual([]);
});

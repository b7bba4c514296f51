/** Why a rule keeps silent about a mutant that does harm. */
const REASONS: readonly (readonly [file: RegExp, what: RegExp, why: string])[] = [
  [/continuous-mode/, /the flag|takes the flag/, '`running` refuses the next start for as long as the loop goes on'],
  [/./, /the flag is set on every error/, 'the model cannot tell that the work may fail by itself'],
  [/escalation-sweeper/, /task is not kept/, 'the code behind the task empties the field that stop waits for, so that stop may still join it by that'],
  [/one-line-bodies/, /task is not kept/, 'the task waits once and cannot fail: as brief as a note, which nobody has to wait for'],
  [/subprocess-session/, /exit is not awaited/, 'the helper is still given the promise of the exit, and one that gets it is taken to wait for it'],
  [/add-startup-rollback\/stack$/, /left out of the rollback/, 'the next start throws because of the field, and so is not silent'],
  [/last-kill-unawaited/, /deadline is taken off/, 'the child has two promises of its exit, and the wait behind SIGKILL, which has a limit, is taken for that of the first signal'],
  [/listens-too-late|stream-that-stop-closes/, /the deadline/, 'the rule names the first wait of a class without a deadline, and the fixture has one before'],
  [/stream-that-stop-closes/, /the finally/, 'what is skipped is only a wait: nothing stays unreleased, and the drain is told of already'],
  [/specimens\/.*\/polling/, /SIGKILL is never sent/, 'it waits by looking at `exitCode` again and again, and the rule knows of waits for the event alone'],
  [/no-unlocked-transition\/reconnect/, /flag/, 'the model cannot tell that start goes ahead after such a stop'],
  [/public-members/, /stop does not wait for the task/, 'the promise is that of an imported function'],
  [/steps-in-own-methods/, /swallowed in silence/, 'the releases are in a helper, and each has a handler there'],
];

export function whyMissed(file: string, what: string): string {
  return REASONS.find(([inFile, of]) => inFile.test(file) && of.test(what))?.[2] ?? 'not looked into yet';
}

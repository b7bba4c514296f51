/** Why a rule keeps silent about a mutant that does harm. */
const REASONS: readonly (readonly [file: RegExp, what: RegExp, why: string])[] = [
  [/./, /nobody stops what is started/, 'it is handed on, or by its name it is there until the process ends'],
  [/continuous-mode|in-place-runner/, /the flag|takes the flag/, '`running` refuses the next start for as long as the loop goes on'],
  [/./, /the flag is set on every error/, 'the model cannot tell that the work may fail by itself'],
  [/add-startup-rollback\/stack$/, /left out of the rollback/, 'the next start throws because of the field, and so is not silent'],
  [/sse-keep-alive|interval-of-a-request/, /the timer is not cleared/, 'nothing in the text tells that the function runs once for each request'],
  [/sse-keep-alive|interval-of-a-request/, /the unref/, 'keep-alives are known in services only'],
  [/handle-nobody-keeps/, /the timer is not cleared/, 'only a second start would set it again, which is a matter of the lock'],
  [/public-members/, /stop does not wait for the task/, 'the promise is that of an imported function'],
  [/helpers/, /swallowed in silence/, 'the releases are in a helper, and each has a handler there'],
];

export function whyMissed(file: string, what: string): string {
  return REASONS.find(([inFile, of]) => inFile.test(file) && of.test(what))?.[2] ?? 'not looked into yet';
}

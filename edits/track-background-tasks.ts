import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../model/ast/callee-name.ts';
import { contains } from '../model/ast/contains.ts';
import { isFunction } from '../model/ast/is-function.ts';
import { someBelow } from '../model/ast/some-below.ts';
import { thisMember } from '../model/ast/this-member.ts';
import { unwrap } from '../model/ast/unwrap.ts';
import { RUNNERS } from '../model/flow/callee-names.ts';
import type { Task } from '../model/ledger/ledger.ts';
import { taskGapsOf } from '../model/ledger/task-gaps.ts';
import { positionOf } from '../model/line-of.ts';
import type { Service } from '../model/service.ts';
import type { Source } from '../model/source.ts';
import { isPromiseType } from './deadline/is-surely-promise.ts';
import type { DrainTimeoutOptions } from './drain-timeout-options.ts';
import { insertField, joinNext } from './insert-field.ts';
import type { Obstacle } from './lock-obstacle.ts';
import { freeMemberName, type MemberNaming, memberNamingOf } from './member-naming.ts';
import type { Change, Outcome } from './outcome.ts';
import { type Room, stopRooms } from './stop-rooms.ts';
import { drainLines, type Waited } from './tasks/drain-lines.ts';
import { endsWithStop } from './tasks/ends-with-stop.ts';
import { observing, resultOf } from './tasks/observe.ts';
import { isOfMethod, isOfTimer, type Spawn, spawnOf } from './tasks/spawn.ts';
import { stopSignsOf } from './tasks/stop-signs.ts';
import { waitInStop } from './tasks/wait-in-stop.ts';
import { insertAfter } from './text/beside.ts';
import { eolAt } from './text/eol-at.ts';
import { fileStyleOf } from './text/file-style.ts';
import { freeName } from './text/free-name.ts';
import { indentAt } from './text/indent-at.ts';
import { indentUnit } from './text/indent-unit.ts';
import { lostComment } from './text/lost-comment.ts';
import { takenNames } from './text/taken-names.ts';

/**
 * Keeps what a service begins in the background in a field, logs its failure, and lets stop wait for it under a deadline once it has told
 * it to end. A task that stop cannot end is left: waiting for it would last until the deadline.
 */
export function trackBackgroundTasks(
  service: Service,
  source: Source,
  options: DrainTimeoutOptions = {},
  tasks: readonly Task[] = service.ledger.tasks,
): Outcome | undefined {
  const plan = new TaskPlan(service, source, options);
  for (const task of tasks) {
    const obstacle = plan.mend(task);
    if (obstacle !== undefined) return { kind: 'leftover', ...obstacle };
  }
  return plan.outcome();
}

class TaskPlan {
  readonly #service: Service;
  readonly #source: Source;
  readonly #options: DrainTimeoutOptions;
  readonly #naming: MemberNaming;
  readonly #fields: Change[] = [];
  readonly #changes: Change[] = [];
  readonly #waited: Waited[] = [];
  readonly #signs = new Set<TSESTree.Node>();
  readonly #names = new Set<string>();
  #room: Room | undefined;
  /** The field of the tasks that are begun over and over. */
  #set: string | undefined;

  constructor(service: Service, source: Source, options: DrainTimeoutOptions) {
    this.#service = service;
    this.#source = source;
    this.#options = options;
    this.#naming = memberNamingOf(service.facts, source);
  }

  mend(task: Task): Obstacle | undefined {
    const { isLost, isUnseen } = taskGapsOf(task, true);
    if (!isLost && !isUnseen) return undefined;
    const { node, text, work } = task;
    const leave = (why: string): Obstacle => ({ node, why: `${text} ${why}` });
    if (work === 'foreign') return leave('is begun by something out of sight, which may be no promise');
    if (task.isCallback) return leave('is called by the timer itself, with nobody to take its promise; put its work into a method');
    if (isHold(node)) return leave('is work under a lock that nobody waits for; return its promise, or await it');
    const spawn = spawnOf(this.#service, task);
    if (spawn === undefined) return leave('is begun where its promise goes nowhere');
    return isLost ? this.#track(task, spawn, isUnseen) : this.#observe(task, spawn);
  }

  outcome(): Outcome | undefined {
    const lost = lostComment(this.#changes, this.#source);
    if (lost !== undefined) return { kind: 'leftover', node: this.#service.node, why: `a comment stands at line ${String(positionOf(this.#source, lost.range[0]).line)} in what would be replaced` };
    const [first, ...more] = this.#waited;
    if (first === undefined || this.#room === undefined) {
      return this.#changes.length === 0 ? undefined : { kind: 'edit', safety: 'review', changes: this.#changes, added: 'catch for background tasks', needs: [] };
    }
    const waited = more.length === 0 ? first : { text: `Promise.all([${this.#waited.map(({ text }) => text).join(', ')}])`, isPromise: true };
    const lines = drainLines(this.#service, this.#source, waited, this.#options);
    if ('why' in lines) return { kind: 'leftover', ...lines };
    const wait = waitInStop(this.#service, this.#source, this.#room, this.#signs, lines);
    if ('why' in wait) return { kind: 'leftover', ...wait };
    const declared = [...lines.fields, ...this.#fields];
    const fields = declared.map((field, index) => declared.slice(index + 1).reduce((joined, next) => joinNext(this.#source, joined, next), field));
    const changes = [...lines.imports, ...fields, ...lines.tests, ...wait, ...this.#changes];
    return { kind: 'edit', safety: 'review', changes, added: 'tracked background task', needs: lines.needs };
  }

  #track(task: Task, spawn: Spawn, isUnseen: boolean): Obstacle | undefined {
    const { node, text, keep, origins } = task;
    const leave = (why: string): Obstacle => ({ node, why: `${text} ${why}` });
    if (origins.has('event')) return leave('is begun by a listener, and may be begun many times');
    if (origins.has('call') || origins.has('construction') || origins.has('stop')) return leave('is begun by other methods than start(), and may be begun many times');
    const ended = this.#endOf(task);
    if (ended !== undefined) return ended;
    if (spawn.isInLoop) return leave('is begun in a loop, and needs more than one field');
    if (keep.in === 'field') return this.#waitForField(task, spawn, keep.name, isUnseen);
    if (keep.in !== 'nowhere') return leave(`is kept in ${keep.in === 'collection' ? `this.${keep.name}` : 'a local'}, which stop does not wait for`);
    if (origins.size === 1 && origins.has('start') && isOfMethod(spawn)) return this.#keepOne(task, spawn, isUnseen);
    if (origins.size === 1 && origins.has('timer') && isOfTimer(spawn)) return this.#keepAll(task, spawn, isUnseen);
    return leave('is begun in a callback that may outlive the service');
  }

  /** Finds out how stop ends the task, and where it does so. */
  #endOf(task: Task): Obstacle | undefined {
    const rooms = stopRooms(this.#service);
    if ('why' in rooms) return rooms;
    const [room, ...others] = rooms;
    if (others.length > 0) return { node: room.method.node, why: `has several methods that stop it: ${rooms.map(({ method }) => `${method.name}()`).join(', ')}` };
    this.#room = room;
    const signs = stopSignsOf(this.#service.facts, room.method);
    const seen = endsWithStop(this.#service, this.#source, task, signs);
    if ('why' in seen) return seen;
    seen.forEach((sign) => this.#signs.add(sign));
    if (!task.origins.has('timer')) return undefined;
    const timers = this.#service.ledger.timers.filter((timer) => timer.callback !== undefined && timer.isRecurring);
    const open = timers.find(({ released, settles }) => released !== 'yes' && !settles);
    if (open !== undefined) return { node: open.node, why: `${open.text} is not surely cleared by stop; release-timers comes first` };
    const setter = this.#service.ledger.timers.find((timer) => contains(timer.node, task.node));
    if (setter !== undefined && setter.released !== 'yes' && !task.isGated) return { node: setter.node, why: `${setter.text} is not surely cleared by stop, and would begin it afterwards` };
    const own = timers.flatMap(({ releases }) => releases.filter(({ isInStop }) => isInStop));
    own.forEach(({ node }) => this.#signs.add(node));
    return undefined;
  }

  #keepOne(task: Task, spawn: Spawn, isUnseen: boolean): Obstacle | undefined {
    const { statement, call } = spawn;
    if (statement === undefined) return { node: task.node, why: `${task.text} is begun where no statement can keep its promise` };
    const name = this.#nameFor('task', 'backgroundTask');
    const { isTypeScript } = fileStyleOf(this.#source);
    const type = isTypeScript ? `Promise<${resultOf(task, spawn)}> | undefined` : '';
    this.#fields.push(insertField(this.#source, this.#service.node, this.#naming, name, 'undefined', 'handle', type));
    this.#changes.push({ start: statement.range[0], end: call.range[0], text: `this.${name} = ` });
    if (isUnseen) this.#changes.push({ start: call.range[1], end: call.range[1], text: observing(this.#service, this.#source, task, spawn) });
    this.#waited.push({ text: `this.${name}`, isPromise: false });
    return undefined;
  }

  /** A set holds each of them until it has ended. */
  #keepAll(task: Task, spawn: Spawn, isUnseen: boolean): Obstacle | undefined {
    const { statement, arrow, call } = spawn;
    const { text, program } = this.#source;
    const { isTypeScript, semicolon } = fileStyleOf(this.#source);
    const local = freeName(['task', 'backgroundTask'], (name) => takenNames(program).has(name));
    const set = this.#set ?? this.#nameFor('tasks', 'backgroundTasks');
    const type = isTypeScript ? `<Promise<${resultOf(task, spawn)}>>` : '';
    if (this.#set === undefined) {
      this.#set = set;
      this.#fields.push(insertField(this.#source, this.#service.node, this.#naming, set, `new Set${type}()`, 'handle'));
      this.#waited.push({ text: `Promise.all(this.${set})`, isPromise: true });
    }
    const seen = isUnseen ? observing(this.#service, this.#source, task, spawn) : '';
    const begun = `const ${local} = `;
    const ended = `${seen}.finally(() => this.${set}.delete(${local}))${semicolon}`;
    const kept = `this.${set}.add(${local})${semicolon}`;
    const [start, end] = call.range;
    if (statement !== undefined) {
      this.#changes.push({ start: statement.range[0], end: start, text: begun }, { start: end, end: statement.range[1], text: ended }, insertAfter(this.#source, statement, [kept]));
      return undefined;
    }
    if (arrow === undefined) return { node: task.node, why: `${task.text} is begun where no statement can keep its promise` };
    const eol = eolAt(text, start);
    const outer = indentAt(text, start);
    const inner = outer + indentUnit(text, this.#service.node);
    this.#changes.push(
      { start: arrow.body.range[0], end: start, text: `{${eol}${inner}${begun}` },
      { start: end, end: arrow.body.range[1], text: `${ended}${eol}${inner}${kept}${eol}${outer}}` },
    );
    return undefined;
  }

  #waitForField(task: Task, spawn: Spawn, field: string, isUnseen: boolean): Obstacle | undefined {
    const { facts } = this.#service;
    const leave = (why: string): Obstacle => ({ node: task.node, why: `${task.text} ${why}` });
    const isLate = this.#room !== undefined && someBelow(this.#room.method.value.body, (node) => thisMember(node) === field);
    if (isLate) return leave(`is kept in this.${field}, with which stop does something else`);
    const count = this.#service.ledger.tasks.filter(({ keep }) => 'name' in keep && keep.name === field).length;
    if (count > 1 || !isOfMethod(spawn)) return leave(`is kept in this.${field}, which may hold another one by then`);
    const obstacle = isUnseen ? this.#observe(task, spawn) : undefined;
    this.#waited.push({ text: `this.${field}`, isPromise: isPromiseType(facts.fields.get(field)?.typeAnnotation) });
    return obstacle;
  }

  /** The catch stands in the chain where nobody has the promise, else beside it: who awaits the promise is still to get its error. */
  #observe(task: Task, spawn: Spawn): Obstacle | undefined {
    const { call, statement } = spawn;
    const seen = observing(this.#service, this.#source, task, spawn);
    if (task.keep.in === 'nowhere') {
      this.#changes.push({ start: call.range[1], end: call.range[1], text: seen });
      return undefined;
    }
    const assigned = statement === undefined ? undefined : unwrap(statement.expression);
    if (statement === undefined || assigned?.type !== 'AssignmentExpression' || task.keep.in !== 'field' || thisMember(assigned.left) !== task.keep.name)
      return { node: task.node, why: `${task.text} is kept where there is no place for a catch beside it` };
    const { semicolon } = fileStyleOf(this.#source);
    this.#changes.push(insertAfter(this.#source, statement, [`this.${task.keep.name}${seen}${semicolon}`]));
    return undefined;
  }

  #nameFor(first: string, second: string): string {
    const { facts, node } = this.#service;
    const isTaken = (plain: string): boolean =>
      this.#names.has(this.#naming.prefix + plain) || someBelow(node, (below) => below.type === 'MemberExpression' && thisMember(below)?.replace(/^[#_]/, '') === plain);
    const free = freeName([first, second], isTaken);
    const name = freeMemberName(facts, this.#naming, [free, freeName([second], (plain) => plain === free || isTaken(plain))]);
    this.#names.add(name);
    return name;
  }
}

/** `this.#lock.runExclusive(async () => { … })` */
function isHold(node: TSESTree.Node): boolean {
  return node.type === 'CallExpression' && RUNNERS.has(calleeName(node) ?? '') && thisMember(node.callee) === undefined && node.arguments.some((argument) => isFunction(argument));
}

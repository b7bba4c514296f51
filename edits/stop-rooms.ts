import type { TSESTree } from '@typescript-eslint/utils';
import { someBelow } from '../model/ast/some-below.ts';
import { thisMember } from '../model/ast/this-member.ts';
import type { Method, Service } from '../model/service.ts';
import type { Obstacle } from './lock-obstacle.ts';
import { heldPlace } from './flag/test-in-start.ts';

/** The statements that a stop runs one after the other, under the lock where it takes one. */
export interface Room {
  readonly method: Method;
  readonly block: TSESTree.BlockStatement;
  /** Those of the block; after a `using` guard, the later ones. */
  readonly statements: readonly TSESTree.Statement[];
}

/** Where every way to stop the service comes through: each method that stops it and does not call another one that does. */
export function stopRooms(service: Service): Obstacle | readonly [Room, ...Room[]] {
  const { methods } = service.stop;
  const others = (method: Method): boolean => methods.some((other) => other !== method && someBelow(method.value.body, (node) => thisMember(node) === other.name));
  const rooms: Room[] = [];
  for (const method of methods.filter((one) => !others(one))) {
    const room = roomIn(service, method);
    if ('why' in room) return room;
    if (!rooms.some(({ block }) => block === room.block)) rooms.push(room);
  }
  const [first, ...rest] = rooms;
  return first === undefined ? { node: service.stop.main.node, why: 'has methods to stop it that call one another' } : [first, ...rest];
}

function roomIn(service: Service, method: Method): Obstacle | Room {
  const { facts, lock } = service;
  const leave = (why: string): Obstacle => ({ node: method.node, why: `${method.name}() ${why}` });
  if (facts.methods.get(method.name) !== method) return leave('stands in another class');
  if (method.isGenerator) return leave('is a generator, and runs only when it is resumed');
  const holds = lock.holds.filter((one) => one.method.name === method.name && one.lock.key === lock.lifecycle?.key);
  const [hold] = [...holds].sort((one, other) => one.node.range[0] - other.node.range[0]);
  if (hold?.gap?.kind === 'nested') return leave(`takes ${hold.lock.key} only on some of its ways`);
  const place = hold === undefined ? method.value.body : heldPlace(service, hold);
  if (place?.type === 'BlockStatement') return { method, block: place, statements: place.body };
  const { body } = method.value;
  const from = body.type === 'BlockStatement' ? body.body.findIndex((statement) => statement === place) : -1;
  if (body.type !== 'BlockStatement' || from === -1) return leave('has no block to put a statement in');
  return { method, block: body, statements: body.body.slice(from) };
}

import type { Step } from './step.ts';

/** Whether control that passes the earlier step can go on to the later one. Both are of one flow, in its order. */
export function reaches(earlier: Step, later: Step): boolean {
  return earlier.arms.every((arm) => {
    const twin = later.arms.find(({ branch, frame }) => branch === arm.branch && frame === arm.frame);
    if (twin !== undefined) return twin.side === arm.side || isHandler(arm.branch, twin.side);
    return !arm.exits || !later.frames.includes(arm.frame);
  });
}

/** A catch clause can follow any step of its try block, which is no arm of its own. */
function isHandler(branch: Step['node'], side: number): boolean {
  return branch.type === 'TryStatement' && side === 1;
}

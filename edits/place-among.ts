/**
 * The index at which to insert an item of ours in a list, so that those of ours come out in one order, whichever was inserted first.
 * They stand together at the end; `ranks` says where each item of the list belongs among them, undefined for what is not ours.
 */
export function placeAmong<Rank extends number | string>(ranks: readonly (Rank | undefined)[], rank: Rank): number {
  const first = ranks.findLastIndex((one) => one === undefined) + 1;
  const later = ranks.findIndex((one, index) => index >= first && one !== undefined && one > rank);
  return later === -1 ? ranks.length : later;
}

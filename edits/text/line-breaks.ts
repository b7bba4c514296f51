let last: { readonly text: string; readonly places: readonly number[] } = { text: '', places: [] };

/** Where the line feeds round an offset stand: the last one before it and the first one from it on; -1 where there is none. The text asked about last is remembered, since edits ask about one text many times. */
export function lineBreaksRound(text: string, offset: number): { readonly before: number; readonly after: number } {
  if (last.text !== text) last = { text, places: Array.from(text.matchAll(/\n/g), ({ index }) => index) };
  const { places } = last;
  let [low, high] = [0, places.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((places[middle] ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return { before: places[low - 1] ?? -1, after: places[low] ?? -1 };
}

/** `29 of 32`, or a dash for none of none. */
export function ratio(part: number, whole: number): string {
  return whole === 0 ? '–' : `${part} of ${whole}`;
}

/** In whole percent, rounded down, so that only all is 100 %. */
export function share(part: number, whole: number): string {
  return whole === 0 ? '–' : `${Math.floor((part / whole) * 100)} %`;
}

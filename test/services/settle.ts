const nextTurn = setImmediate; // the real one, whatever is installed later

/** Resolves when nothing is left to do without time passing or the outside world answering: the quiescent point. */
export function settle(): Promise<void> {
  return new Promise((resolve) => {
    nextTurn(resolve);
  });
}

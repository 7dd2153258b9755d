/**
 * (hits + 1)/(draws + 1), where `isHit` tells of each draw whether it is as far out as what was seen; 1 as soon as it can only
 * exceed `alpha`, since then nobody asks how large it is.
 *
 * Source of the +1: Davison & Hinkley, Bootstrap Methods (1997), 4.2.
 */
export function simulatedP(draws: number, alpha: number, isHit: (draw: number) => boolean): number {
  let reached = 1;
  for (let draw = 0; draw < draws; draw += 1) {
    if (isHit(draw)) reached += 1;
    if (reached > alpha * (draws + 1)) return 1;
  }
  return reached / (draws + 1);
}

/** What `draw` gives when it is asked for the first time, the second, …; it is asked no more often than somebody wants to know. */
export function drawnOnce<Drawn>(draw: () => Drawn): (index: number) => Drawn {
  const drawn: Drawn[] = [];
  return (index) => {
    while (drawn.length <= index) drawn.push(draw());
    return drawn[index] as Drawn;
  };
}

import type { Move } from "../../checker/result.ts";
import type { Coverage } from "./coverage.ts";

/** A whole number from 0 up to, but not including, the limit. */
export type Draw = (limit: number) => number;

/** How a walk picks its next move among those that it has. */
export type Choose = (moves: readonly Move[], coverage: Coverage, draw: Draw) => Move | undefined;

export const uniform: Choose = (moves, _, draw) => moves[draw(moves.length)];

const SCALE = 1000;
const NEARER = 4;

/**
 * Prefers what leads to a step that no walk has taken, then what was seldom done; anything may be picked,
 * since a transition that was never taken may be one that never can be.
 */
export const guided: Choose = (moves, coverage, draw) => {
  const nearest = Math.min(...moves.map((move) => coverage.distance(move)));
  const weights = moves.map((move) => weightOf(move, nearest, coverage));
  let rest = draw(weights.reduce((sum, weight) => sum + weight, 0));
  return moves.find((_, at) => {
    rest -= weights[at] ?? 0;
    return rest < 0;
  });
};

function weightOf(move: Move, nearest: number, coverage: Coverage): number {
  const isNearer = Number.isFinite(nearest) && coverage.distance(move) === nearest;
  return Math.max(1, Math.round(((isNearer ? NEARER : 1) * SCALE) / Math.sqrt(1 + coverage.count(move))));
}

import type { Action, Condition, Flow, FlowNode } from "./graph.ts";

/**
 * A counter that only goes up by one from 0 comes to its bound where the loop's test fails: `i == n` asks then the
 * same as `i < n`, the other way round.
 */
export function withCounters(flow: Flow): Flow {
  const asked = new Set(flow.nodes.flatMap(({ action }) => truthOf(action)?.text ?? []));
  const nodes = flow.nodes.map((node): FlowNode => {
    const { action } = node;
    if (action.kind !== "branch") return node;
    const [variable, bound] = equalityOf(action.condition).find(
      ([name, other]) => asked.has(`${name} < ${other}`) && countsUp(name, flow),
    ) ?? [undefined, undefined];
    if (variable === undefined || bound === undefined) return node;
    const condition: Condition = {
      kind: "truth",
      text: `${variable} < ${bound}`,
      reads: [variable, ...(/^[a-z_]\w*$/.test(bound) ? [bound] : [])],
      pure: /^\w+$/.test(bound),
    };
    const swapped = { ...action, condition, holds: action.fails, fails: action.holds };
    return { ...node, action: swapped, next: node.otherwise, otherwise: node.next };
  });
  return { ...flow, nodes };
}

const truthOf = (action: Action): (Condition & { kind: "truth" }) | undefined =>
  action.kind === "branch" && action.condition.kind === "truth" ? action.condition : undefined;

/** A variable and what it is found to equal, either way round. */
function equalityOf(condition: Condition): readonly (readonly [string, string])[] {
  if (condition.kind === "named") return [[condition.variable, condition.name]];
  const [left, right, ...rest] = condition.kind === "truth" ? condition.text.split(" == ") : [];
  if (left === undefined || right === undefined || rest.length > 0) return [];
  return [
    [left, right],
    [right, left],
  ];
}

function countsUp(name: string, { nodes }: Flow): boolean {
  if (!/^[a-z_]\w*$/i.test(name)) return false;
  const actions = nodes.map(({ action }) => action);
  const assigns = actions.flatMap((each) => (each.kind === "assign" && each.target === name ? [each] : []));
  const isStep = ({ from, value }: (typeof assigns)[number]) =>
    value.kind === "raised" && from?.kind === "step";
  const isZero = ({ value }: (typeof assigns)[number]) => value.kind === "mask" && value.mask === 2;
  const isLost = actions.some((each) => each.kind === "forget" && each.variables.includes(name));
  return (
    !isLost &&
    assigns.some(isStep) &&
    assigns.some(isZero) &&
    assigns.every((each) => isStep(each) || isZero(each))
  );
}

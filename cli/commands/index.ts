import type { CommandRow } from "../command.ts";

/** What `holdfast` can do. */
export const commands: readonly CommandRow[] = [
  {
    name: "explore",
    summary: "search a scenario, or a model of your own, for property violations",
    load: () => import("./explore.ts"),
  },
  {
    name: "check",
    summary: "check functions of kernel C files on all their paths",
    load: () => import("./check.ts"),
  },
  {
    name: "merge",
    summary: "make one report of those of all parts of a check",
    load: () => import("./merge.ts"),
  },
  {
    name: "gate",
    summary: "compare what the checker says before and after a patch, and fail on what is new",
    load: () => import("./gate.ts"),
  },
  {
    name: "index",
    summary: "read a whole tree: what is defined, called and handed on where",
    load: () => import("./index-tree.ts"),
  },
  {
    name: "replay",
    summary: "replay a trace without a search",
    load: () => import("./replay.ts"),
  },
  {
    name: "graph",
    summary: "draw all states of a small model, violations marked",
    load: () => import("./graph.ts"),
  },
  {
    name: "explain",
    summary: "tell what is believed of a kernel call, and on whose word",
    load: () => import("./explain.ts"),
  },
  {
    name: "rules",
    summary: "list the rules for C, or explain some with an example",
    load: () => import("./rules.ts"),
  },
  {
    name: "list",
    summary: "list scenarios with their versions and parameters, and properties",
    load: () => import("./list.ts"),
  },
];

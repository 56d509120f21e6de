import { execFileSync } from "node:child_process";
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Program } from "./measure.ts";

/** The protocol's sizes. */
export interface Size {
  readonly tasks: number;
  readonly ptes: number;
  readonly folios: number;
}

export interface Contestant {
  readonly name: string;
  /** What must be installed for it. */
  readonly needs: readonly string[];
  /** False where it stores fewer states than there are, so that its count is no other's. */
  readonly full: boolean;
  /** Builds what is to run, in the directory. */
  prepare(size: Size, directory: string): Program;
}

const root = fileURLToPath(new URL("../..", import.meta.url));
const model = (name: string) => join(root, "bench/models", name);

function holdfast(name: string, ...words: readonly string[]): Contestant {
  return {
    name,
    needs: [],
    full: words.includes("--no-reduce"),
    prepare: ({ tasks, ptes, folios }) => ({
      command: process.execPath,
      words: [
        join(root, "dist/cli/main.js"),
        "explore",
        "ptl-protocol",
        ...["--tasks", String(tasks), "--ptes", String(ptes), "--folios", String(folios)],
        ...words,
      ],
      states: /(\d+) states,/,
    }),
  };
}

/** Just above the depth that the race reaches: below it, pan cuts the search without an error. */
const DEPTH = "1100000";
const PAN_STATES = /(\d+(?:\.\d+)?(?:e\+\d+)?) states, stored/;

function pan(name: string, flags: readonly string[], full: boolean): Contestant {
  return {
    name,
    needs: ["spin", "gcc"],
    full,
    prepare: ({ tasks, ptes, folios }, directory) => {
      const sizes = [`-DT=${tasks}`, `-DP=${ptes}`, `-DF=${folios}`];
      const promela = model("ptl-protocol.pml");
      execFileSync("spin", [...sizes, "-a", promela], { cwd: directory, stdio: "ignore" });
      const options = ["-O3", "-DNOFAIR", "-DMEMLIM=12000", ...flags, "-o", "pan", "pan.c"];
      execFileSync("gcc", options, { cwd: directory, stdio: "ignore" });
      return { command: join(directory, "pan"), words: ["-w24", `-m${DEPTH}`], states: PAN_STATES };
    },
  };
}

const rumur: Contestant = {
  name: "rumur",
  needs: ["rumur", "gcc"],
  full: true,
  prepare: ({ tasks, ptes, folios }, directory) => {
    const text = readFileSync(model("ptl-protocol.m"), "utf8");
    const sized = text.replace(/T: \d+; P: \d+; F: \d+;/, `T: ${tasks}; P: ${ptes}; F: ${folios};`);
    writeFileSync(join(directory, "protocol.m"), sized);
    const generate = ["--symmetry-reduction", "off", "--threads", "1", "protocol.m", "-o", "protocol.c"];
    execFileSync("rumur", generate, { cwd: directory, stdio: "ignore" });
    const compile = ["-std=c11", "-O3", "-mcx16", "protocol.c", "-o", "protocol", "-lpthread"];
    execFileSync("gcc", compile, { cwd: directory, stdio: "ignore" });
    return { command: join(directory, "protocol"), words: [], states: /(\d+) states,/ };
  },
};

const tlc: Contestant = {
  name: "TLC",
  needs: ["java", "tlc"],
  full: true,
  prepare: ({ tasks, ptes, folios }, directory) => {
    copyFileSync(model("Ptl.tla"), join(directory, "Ptl.tla"));
    const sizes = `CONSTANTS T=${tasks} P=${ptes} F=${folios}\n`;
    writeFileSync(join(directory, "Ptl.cfg"), `${sizes}INIT Init\nNEXT Next\nINVARIANT Inv\n`);
    const words = ["-workers", "1", "-config", "Ptl.cfg", "Ptl.tla"];
    return { command: "tlc", words, states: /([\d,]+) distinct states found, 0 states left/ };
  },
};

const byHand: Contestant = {
  name: "a loop in C, by hand",
  needs: ["gcc"],
  full: true,
  prepare: ({ tasks, ptes }, directory) => {
    copyFileSync(join(root, "bench/speed/by-hand.c"), join(directory, "by-hand.c"));
    const options = ["-O3", `-DT=${tasks}`, `-DP=${ptes}`, "-o", "by-hand", "by-hand.c"];
    execFileSync("gcc", options, { cwd: directory });
    return { command: join(directory, "by-hand"), words: [], states: /(\d+) states,/ };
  },
};

/** The one that the others' speed is given in. */
export const REFERENCE = "pan, full";

export const contestants: readonly Contestant[] = [
  pan(REFERENCE, ["-DNOREDUCE"], true),
  pan("pan, 2 cores, depth first", ["-DNOREDUCE", "-DNCORE=2"], true),
  pan("pan, 2 cores, breadth first", ["-DNOREDUCE", "-DBFS_PAR"], true),
  pan("pan, reduced", [], false),
  rumur,
  tlc,
  byHand,
  holdfast("holdfast, packed-js", "--no-reduce", "--back-end", "packed-js"),
  holdfast("holdfast, wasm", "--no-reduce", "--back-end", "wasm"),
  holdfast("holdfast, wasm, 2 workers", "--no-reduce", "--back-end", "wasm", "--workers", "2"),
  holdfast("holdfast, reduced"),
];

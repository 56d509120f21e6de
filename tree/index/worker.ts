import { parentPort, workerData } from "node:worker_threads";
import { openStore } from "../cache/store.ts";
import { type Assignment, readGroup } from "./group.ts";
import type { Source } from "./sources.ts";

const { place, program, directory } = workerData as Assignment;
const store = directory === undefined ? undefined : openStore(directory);

parentPort?.on("message", (group: readonly Source[]) =>
  parentPort?.postMessage(readGroup({ place, store, program }, group)),
);

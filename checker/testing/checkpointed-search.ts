import { argv } from "node:process";
import { writeCheckpoint } from "../checkpoint/file.ts";
import { search } from "../search/search.ts";
import { ptlProtocol } from "./ptl-protocol.ts";

/** A process to be killed: searches the protocol in full and keeps a checkpoint of every slice. */
const [path = "", backEnd = ""] = argv.slice(2);
search(ptlProtocol({ tasks: 3, ptes: 2, folios: 2 }), {
  backEnd: backEnd === "table" ? "table" : "auto",
  reduce: false,
  checkpoint: { every: 0, save: (snapshot) => writeCheckpoint(path, snapshot) },
});

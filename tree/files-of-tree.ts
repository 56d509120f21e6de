import { commitSource } from "./commit-source.ts";
import type { Place } from "./index/sources.ts";
import { NearFiles } from "./near-files.ts";

/** The files of a tree to look around in, by their paths below `root`. */
export interface FilesOfTree {
  readonly root: string;
  readonly files: NearFiles;
}

export function filesOfTree(place: Place): FilesOfTree {
  if (place.kind === "folder") return { root: place.root, files: new NearFiles(place.root) };
  return { root: "/", files: new NearFiles("/", commitSource(place.repository, place.commit)) };
}

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  blankOpaque,
  type CallText,
  callsIn,
  macrosIn,
  readUnit,
  splitTop,
} from "../../model/c/source/index.ts";
import { lockWordOf } from "../../model/kernel/lock-name.ts";
import { asksCaller } from "../../model/kernel/table/context-test.ts";
import { mainPath } from "./main-path.ts";

/** A function or a macro of the kernel, as far as it matters to what it sleeps by. */
export interface Definition {
  readonly name: string;
  readonly file: string;
  /** Its own file alone can call it. */
  readonly isPrivate: boolean;
  /** It calls nothing, as stubs do. */
  readonly isStub: boolean;
  /** What it calls on its main path; nothing of what asks for its context or gives up a lock first. */
  readonly calls: readonly CallText[];
  /** Its parameter of type gfp_t, and the calls that get it. */
  readonly flags?: { readonly position: number; readonly handedTo: readonly CallText[] };
}

const CORE =
  "block/* crypto fs/* include/* init io_uring ipc kernel/* lib mm/* net/* security sound/core/* sound/soc virt/*";
const DRIVERS = `base/* block char clk dma-buf extcon firmware/* gpio gpu/drm hid hwmon i2c iio infiniband/core input
  iommu leds mailbox md media/common/* media/mc media/v4l2-core mfd misc mmc/core mtd net net/phy net/mdio nvme/host
  nvmem of opp pci pcmcia phy pinctrl platform power/supply powercap pps ptp pwm regulator remoteproc reset rpmsg rtc
  scsi soundwire spi spmi target tee thermal tty/* uio usb/class usb/common usb/core usb/gadget/* usb/host usb/serial
  usb/typec vfio video/fbdev/core virtio w1 watchdog xen`;
/** Folders whose functions other code calls; of those without a star what stands in them alone. */
const FOLDERS = [...CORE.split(" "), ...DRIVERS.split(/\s+/).map((each) => `drivers/${each}`)];

const filesIn = (tree: string, folder: string): readonly string[] => {
  const [start = "", star] = folder.split("/*");
  const names = readdirSync(join(tree, start), { recursive: star !== undefined, encoding: "utf8" });
  return names
    .filter((each) => /\.[ch]$/.test(each) && !/(?:^|\/)uapi\//.test(each))
    .map((each) => join(start, each))
    .sort();
};

export function* definitionsIn(tree: string): Generator<Definition> {
  for (const file of FOLDERS.flatMap((folder) => filesIn(tree, folder)))
    yield* definitionsOf(file, readFileSync(join(tree, file), "latin1"));
}

/** The names that some header for all declares or defines. */
export function publicNames(tree: string): ReadonlySet<string> {
  const texts = filesIn(tree, "include/*").map((file) => readFileSync(join(tree, file), "latin1"));
  return new Set(texts.flatMap(namesIn));
}

/** What is declared, defined or called there by itself: no comment names a function for all, and no member of a structure does. */
export function namesIn(header: string): readonly string[] {
  const text = blankOpaque(header);
  const calls = text.matchAll(/((?:\.|->)\s*)?\b([A-Za-z_]\w*)\s*\(/g);
  return [
    ...[...calls].flatMap(([, member, name = ""]) => (member === undefined ? [name] : [])),
    ...[...text.matchAll(ALIAS)].map(([, name = ""]) => name),
  ];
}

/** `#define box_remove_all box_remove` */
const ALIAS = /^[ \t]*#[ \t]*define[ \t]+([a-z_]\w*)[ \t]+[a-z]\w*[ \t]*$/gm;

export function definitionsOf(file: string, source: string): readonly Definition[] {
  const { functions, text } = readUnit(source);
  const isHeader = file.endsWith(".h");
  const found = functions.map((each): Definition => {
    const body = each.body ?? text.slice(each.bodyStart, each.bodyEnd);
    const isStatic = /\bstatic\b/.test(text.slice(each.start, each.bodyStart));
    const about = { name: each.name, file, isPrivate: isStatic && !isHeader };
    const position = gfpParameter(each.headText);
    const parameter = position === undefined ? undefined : each.parameters[position];
    return { ...about, ...contents(body, each.annotated, each.calls, position, parameter) };
  });
  const macros = file.startsWith("include/")
    ? macrosIn(text).map(({ name, body = "" }) => ({ name, body }))
    : [];
  const written = macros.map(({ name, body }) => ({
    name,
    body: /^\s*[a-z]\w*\s*$/.test(body) && body.trim() !== name ? `${body.trim()}()` : body,
  }));
  const calling = written.filter(({ body }) => /\w\s*\(/.test(body) && !/^\s*\(?\s*[A-Z]/.test(body));
  const ofMacros = calling.map(({ name, body }): Definition => {
    const calls = callsIn(body);
    const pieces = mainPath(`{ ${body.replace(/^\s*\(\s*\{|\}\s*\)\s*$/g, "").replace(/\\\n/g, " \n")}; }`);
    return {
      name,
      file,
      isPrivate: false,
      isStub: calls.length === 0,
      calls: pieces.flatMap((each) => callsIn(each)),
    };
  });
  return [...found, ...ofMacros];
}

/** What stubs call at the most. */
const HARMLESS = /^(?:ERR_PTR|ERR_CAST|WARN\w*|BUG|pr_\w+|if|return)$/;

function contents(
  body: string,
  annotated: boolean,
  names: ReadonlySet<string>,
  position: number | undefined,
  parameter: string | undefined,
): Pick<Definition, "isStub" | "calls" | "flags"> {
  const isPlain = !annotated && ![...names].some(asksCaller);
  const calls = isPlain ? beforeRelease(mainPath(body).flatMap((each) => callsIn(each))) : [];
  const isHanded = (each: CallText) =>
    splitTop(each.arguments).some((arg) => new RegExp(`^\\W*${parameter}\\b`).test(arg));
  const handedTo = parameter === undefined || !isPlain ? [] : callsIn(body).filter(isHanded);
  return {
    isStub: [...names].every((name) => HARMLESS.test(name)),
    calls,
    ...(position !== undefined && { flags: { position, handedTo } }),
  };
}

/** Behind the release of a lock that it did not take, it is no longer in its caller's context. */
function beforeRelease(calls: readonly CallText[]): readonly CallText[] {
  const first = calls.findIndex(
    ({ name }) => lockWordOf(name) !== undefined || /_(?:en|dis)able$/.test(name),
  );
  const word = first < 0 ? undefined : lockWordOf(calls[first]?.name ?? "");
  return word === "releases" ? calls.slice(0, first) : calls;
}

function gfpParameter(head: string): number | undefined {
  const inside = head.slice(head.indexOf("(") + 1, head.lastIndexOf(")"));
  const position = splitTop(inside).findIndex((each) => /^\s*gfp_t\s+\w+\s*$/.test(each));
  return position < 0 ? undefined : position;
}

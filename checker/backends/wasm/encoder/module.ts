import { type Bytes, flatten, name, unsigned, vector } from "./bytes.ts";
import { I32, i32 } from "./instructions.ts";

export interface FunctionCode {
  readonly parameters: readonly number[];
  readonly results: readonly number[];
  /** Types of the locals behind the parameters. */
  readonly locals: readonly number[];
  readonly body: Bytes;
}

export interface ModuleCode {
  /** Pages of 64 KiB. */
  readonly memory: { readonly initial: number; readonly maximum: number; readonly shared: boolean };
  /** Names of immutable 32-bit globals to import; they come first. */
  readonly constants: readonly string[];
  /** Names of mutable 32-bit globals, all exported and 0 at first. */
  readonly globals: readonly string[];
  readonly functions: readonly FunctionCode[];
  readonly exports: Readonly<Record<string, number>>;
}

const HEADER = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];
const FUNCTION = 0x60;

/** A binary module that imports `env.memory` and its constants from `env`. */
export function encodeModule(module: ModuleCode): Uint8Array<ArrayBuffer> {
  const { functions } = module;
  return flatten([
    HEADER,
    section(1, vector(functions.map(typeOf))),
    section(2, vector(importsOf(module))),
    section(3, vector(functions.map((_, index) => unsigned(index)))),
    section(6, vector(module.globals.map(() => [I32, 0x01, i32(0), 0x0b]))),
    section(7, vector(exportsOf(module))),
    section(10, vector(functions.map(bodyOf))),
  ]);
}

function section(id: number, content: Bytes): Bytes {
  const bytes = flatten(content);
  return [id, unsigned(bytes.length), bytes];
}

function typeOf({ parameters, results }: FunctionCode): Bytes {
  return [FUNCTION, vector(parameters.map((each) => [each])), vector(results.map((each) => [each]))];
}

function importsOf({ memory, constants }: ModuleCode): readonly Bytes[] {
  const limits = [memory.shared ? 0x03 : 0x01, unsigned(memory.initial), unsigned(memory.maximum)];
  return [
    [name("env"), name("memory"), 0x02, limits],
    ...constants.map((each) => [name("env"), name(each), 0x03, I32, 0x00]),
  ];
}

function exportsOf({ constants, globals, exports }: ModuleCode): readonly Bytes[] {
  const functions = Object.entries(exports).map(([each, index]) => [name(each), 0x00, unsigned(index)]);
  const variables = globals.map((each, index) => [name(each), 0x03, unsigned(constants.length + index)]);
  return [...functions, ...variables];
}

function bodyOf({ locals, body }: FunctionCode): Bytes {
  const declared = vector(locals.map((type) => [unsigned(1), type]));
  const code = flatten([declared, body, 0x0b]);
  return [unsigned(code.length), code];
}

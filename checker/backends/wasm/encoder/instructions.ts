import { type Bytes, signed, signedWide, unsigned } from "./bytes.ts";

/** Instructions of WebAssembly that the back end uses, as functions from operands to code. */

const VOID = 0x40;
export const I32 = 0x7f;
export const I64 = 0x7e;
export const V128 = 0x7b;

export const i32 = (value: number): Bytes => [0x41, signed(value | 0)];
export const i64 = (value: bigint): Bytes => [0x42, signedWide(BigInt.asIntN(64, value))];
export const get = (local: number): Bytes => [0x20, unsigned(local)];
export const set = (local: number, value: Bytes): Bytes => [value, 0x21, unsigned(local)];
export const tee = (local: number, value: Bytes): Bytes => [value, 0x22, unsigned(local)];
export const globalGet = (global: number): Bytes => [0x23, unsigned(global)];
export const globalSet = (global: number, value: Bytes): Bytes => [value, 0x24, unsigned(global)];
export const call = (callee: number, ...operands: readonly Bytes[]): Bytes => [
  ...operands,
  0x10,
  unsigned(callee),
];

export const UNREACHABLE: Bytes = [0x00];
export const RETURN: Bytes = [0x0f];
export const block = (...body: readonly Bytes[]): Bytes => [0x02, VOID, ...body, 0x0b];
export const loop = (...body: readonly Bytes[]): Bytes => [0x03, VOID, ...body, 0x0b];
export const when = (condition: Bytes, ...body: readonly Bytes[]): Bytes => [
  condition,
  0x04,
  VOID,
  ...body,
  0x0b,
];
export const choose = (type: number, condition: Bytes, yes: Bytes, no: Bytes): Bytes => [
  condition,
  0x04,
  type,
  yes,
  0x05,
  no,
  0x0b,
];
export const branch = (depth: number): Bytes => [0x0c, unsigned(depth)];
export const branchIf = (depth: number, condition: Bytes): Bytes => [condition, 0x0d, unsigned(depth)];
/** Jumps out of as many blocks as the index says; out of `otherwise` beyond the last. */
export const branchTable = (index: Bytes, depths: readonly number[], otherwise: number): Bytes => [
  index,
  0x0e,
  unsigned(depths.length),
  depths.map(unsigned),
  unsigned(otherwise),
];
export const select = (yes: Bytes, no: Bytes, condition: Bytes): Bytes => [yes, no, condition, 0x1b];

type Unary = (operand: Bytes) => Bytes;
type Binary = (left: Bytes, right: Bytes) => Bytes;
const unary =
  (opcode: number): Unary =>
  (operand) => [operand, opcode];
const binary =
  (opcode: number): Binary =>
  (left, right) => [left, right, opcode];

export const ctz = unary(0x68);
export const eqz = unary(0x45);
export const eq = binary(0x46);
export const ne = binary(0x47);
export const ltS = binary(0x48);
export const ltU = binary(0x49);
export const gtS = binary(0x4a);
export const gtU = binary(0x4b);
export const geU = binary(0x4f);
export const add = binary(0x6a);
export const sub = binary(0x6b);
export const mul = binary(0x6c);
export const divide = binary(0x6e);
export const and = binary(0x71);
export const or = binary(0x72);
export const xor = binary(0x73);
export const shl = binary(0x74);
export const shrU = binary(0x76);

export const eqz64 = unary(0x50);
export const eq64 = binary(0x51);
export const ne64 = binary(0x52);
export const mul64 = binary(0x7e);
export const and64 = binary(0x83);
export const or64 = binary(0x84);
export const xor64 = binary(0x85);
export const shl64 = binary(0x86);
export const shrU64 = binary(0x88);
export const wrap = unary(0xa7);
export const extend = unary(0xad);

type Load = (address: Bytes, offset?: number) => Bytes;
type Store = (address: Bytes, value: Bytes, offset?: number) => Bytes;
const load =
  (opcode: number): Load =>
  (address, offset = 0) => [address, opcode, 0, unsigned(offset)];
const store =
  (opcode: number): Store =>
  (address, value, offset = 0) => [address, value, opcode, 0, unsigned(offset)];

export const load32 = load(0x28);
export const load64 = load(0x29);
export const load8 = load(0x2d);
export const load32To64 = load(0x35);
export const store32 = store(0x36);
export const store64 = store(0x37);
export const store8 = store(0x3a);
export const store32From64 = store(0x3e);
export const fill = (address: Bytes, value: Bytes, bytes: Bytes): Bytes => [
  address,
  value,
  bytes,
  0xfc,
  unsigned(11),
  0x00,
];

const SIMD = 0xfd;
const vectorUnary =
  (opcode: number): Unary =>
  (operand) => [operand, SIMD, unsigned(opcode)];
const vectorBinary =
  (opcode: number): Binary =>
  (left, right) => [left, right, SIMD, unsigned(opcode)];
/** The address need not be aligned. */
export const load128: Load = (address, offset = 0) => [address, SIMD, 0, 0, unsigned(offset)];
/** Four times the same 32 bits. */
export const splat = vectorUnary(0x11);
export const and128 = vectorBinary(0x4e);
export const or128 = vectorBinary(0x50);
export const xor128 = vectorBinary(0x51);
/** Per 32 bits: all ones where they are the same, else 0. */
export const eq32x4 = vectorBinary(0x37);
/** Halves the width of each 32 bits, of both operands. */
export const narrow32 = vectorBinary(0x85);
/** The highest bit of each 16 bits. */
export const bitmask16 = vectorUnary(0x84);

const ATOMIC = 0xfe;
/** log2 of the alignment that atomic accesses of 32 bits must have. */
const ALIGNED = 2;
export const atomicLoad = (address: Bytes, offset = 0): Bytes => [
  address,
  ATOMIC,
  0x10,
  ALIGNED,
  unsigned(offset),
];
export const atomicStore = (address: Bytes, value: Bytes, offset = 0): Bytes => [
  address,
  value,
  ATOMIC,
  0x17,
  ALIGNED,
  unsigned(offset),
];
export const atomicAdd = (address: Bytes, value: Bytes, offset = 0): Bytes => [
  address,
  value,
  ATOMIC,
  0x1e,
  ALIGNED,
  unsigned(offset),
];
/** Yields what was there; replaced only where that was `expected`. */
export const atomicExchange = (address: Bytes, expected: Bytes, replacement: Bytes): Bytes => [
  address,
  expected,
  replacement,
  ATOMIC,
  0x48,
  ALIGNED,
  0x00,
];

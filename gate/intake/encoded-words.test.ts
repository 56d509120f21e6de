import { expect, test } from "vitest";
import { decodeWords } from "./encoded-words.ts";

test.each([
  ["=?UTF-8?Q?J=C3=B6rg_M=C3=BCller?= <j@example.org>", "Jörg Müller <j@example.org>"],
  ["=?utf-8?B?SsO2cmc=?= <j@example.org>", "Jörg <j@example.org>"],
  ["=?ISO-8859-1?Q?J=F6rg?=", "Jörg"],
  ["[PATCH] =?UTF-8?Q?mm:_=C3=A4?= =?UTF-8?Q?=C3=B6?= end", "[PATCH] mm: äö end"],
  ["=?no-such?Q?x?=", "=?no-such?Q?x?="],
  ["plain <p@example.org>", "plain <p@example.org>"],
])("%s", (header, text) => expect(decodeWords(header)).toBe(text));

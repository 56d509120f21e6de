export type ParsedJson =
  | { readonly kind: "value"; readonly value: unknown }
  | { readonly kind: "no JSON"; readonly reason: string };

export function parseJson(text: string): ParsedJson {
  try {
    return { kind: "value", value: JSON.parse(text) };
  } catch (error) {
    if (error instanceof SyntaxError) return { kind: "no JSON", reason: String(error) };
    throw error;
  }
}

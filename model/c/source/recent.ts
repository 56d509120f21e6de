/**
 * Makes something of texts that are asked about again and again, one after the other: of so many of the latest
 * it is made once.
 */
export function ofRecent<T>(most: number, make: (text: string) => T): (text: string) => T {
  const recent = new Map<string, T>();
  return (text) => {
    const known = recent.get(text);
    if (known !== undefined) return known;
    const made = make(text);
    if (recent.size >= most) recent.clear();
    recent.set(text, made);
    return made;
  };
}

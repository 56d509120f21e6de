/** Absolute, with a drive letter, with a `..` or `.git` part, or with a character no file name has. */
export function leavesTree(path: string): boolean {
  const parts = path.split(/[/\\]/);
  return (
    path === "" ||
    parts[0] === "" ||
    /^[A-Za-z]:/.test(path) ||
    path.includes("\0") ||
    parts.some((part) => part === ".." || part.toLowerCase() === ".git")
  );
}

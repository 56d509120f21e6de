import type { Tree, TreeCursor } from "web-tree-sitter";

/** A syntax tree copied out of the parser's memory: named nodes alone. */
export interface TreeNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  /** The role in the parent, e.g. `condition`; empty where there is none. */
  readonly field: string;
  readonly children: readonly TreeNode[];
}

/** Copies a tree. Iterative, so that no nesting is too deep. */
export function copyTree(tree: Tree): TreeNode {
  const cursor = tree.walk();
  const root = nodeAt(cursor);
  const parents: { children: TreeNode[] }[] = [];
  let current = root;
  for (let entering = true; ; ) {
    if (entering && cursor.gotoFirstChild()) {
      parents.push(current);
    } else if (cursor.gotoNextSibling()) {
      entering = true;
    } else if (cursor.gotoParent()) {
      if (parents.pop() === root) break;
      entering = false;
      continue;
    } else break;
    if (!cursor.nodeIsNamed && !cursor.nodeIsMissing) {
      entering = false;
      continue;
    }
    entering = true;
    current = nodeAt(cursor);
    parents.at(-1)?.children.push(current);
  }
  cursor.delete();
  return root;
}

function nodeAt(cursor: TreeCursor): TreeNode & { children: TreeNode[] } {
  return {
    type: cursor.nodeIsMissing ? "MISSING" : cursor.nodeType,
    start: cursor.startIndex,
    end: cursor.endIndex,
    field: cursor.currentFieldName ?? "",
    children: [],
  };
}

export const fieldOf = (node: TreeNode, field: string): TreeNode | undefined =>
  node.children.find((each) => each.field === field);

/** The boundary table as a lint rule. */
import path from "node:path";
import { refusal } from "./boundaries.ts";

interface Node {
  readonly source?: { readonly value?: unknown } | null;
}
interface Context {
  readonly filename: string;
  readonly cwd: string;
  report(finding: { readonly node: unknown; readonly message: string }): void;
}

const boundary = {
  create(context: Context) {
    const file = path.relative(context.cwd, context.filename).split(path.sep).join("/");
    const check = (node: Node) => {
      if (typeof node.source?.value !== "string") return;
      const message = refusal(file, node.source.value);
      if (message !== null) context.report({ node, message });
    };
    return { ImportDeclaration: check, ExportNamedDeclaration: check, ExportAllDeclaration: check, ImportExpression: check };
  },
};

// The lint tool loads a plugin by its default export: the one place in the house that has one.
export default { meta: { name: "house" }, rules: { boundary } };

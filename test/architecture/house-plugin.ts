/** Rules of the house that no linter knows, as lint rules. */
import path from "node:path";
import { refusal } from "./boundaries.ts";
import { proseIn, type TextNode } from "./prose.ts";

interface Node {
  readonly source?: { readonly value?: unknown } | null;
}
interface Context {
  readonly filename: string;
  readonly cwd: string;
  report(finding: { readonly node: unknown; readonly message: string }): void;
}

function fileOf(context: Context): string {
  return path.relative(context.cwd, context.filename).split(path.sep).join("/");
}

/** The boundary table. */
const boundary = {
  create(context: Context) {
    const file = fileOf(context);
    const check = (node: Node) => {
      if (typeof node.source?.value !== "string") return;
      const message = refusal(file, node.source.value);
      if (message !== null) context.report({ node, message });
    };
    return { ImportDeclaration: check, ExportNamedDeclaration: check, ExportAllDeclaration: check, ImportExpression: check };
  },
};

/** No sentences in main or shared. */
const prose = {
  create(context: Context) {
    const file = fileOf(context);
    const check = (node: TextNode) => {
      const message = proseIn(file, node);
      if (message !== null) context.report({ node, message });
    };
    return { Literal: check, TemplateLiteral: check };
  },
};

interface Call {
  readonly callee: { readonly object?: { readonly name?: string }; readonly property?: { readonly name?: string } };
  readonly arguments: readonly unknown[];
}

/** Vitest's own wait gives up after a second, in which a busy machine may not have come to what is waited for. */
const patience = {
  create(context: Context) {
    return {
      CallExpression(node: Call) {
        const { object, property } = node.callee;
        const waits = object?.name === "vi" && (property?.name === "waitFor" || property?.name === "waitUntil");
        if (waits && node.arguments.length < 2) context.report({ node, message: "Wait with eventually (test/lab/eventually.ts), which gives a busy machine its time." });
      },
    };
  },
};

// The lint tool loads a plugin by its default export: the one place in the house that has one.
export default { meta: { name: "house" }, rules: { boundary, prose, patience } };

import { oc } from "@orpc/contract";
import { z } from "zod";
import { resultSchema } from "../fault.ts";
import { aliasAnswerSchema, aliasQuestionSchema } from "../model/alias.ts";
import { ALIAS_LIST_PAGE } from "../rules/file-limits.ts";
import { aliasListFilterSchema, aliasListPageSchema, aliasListSummarySchema, aliasRuleSchema } from "../model/alias-list.ts";
import { work } from "./progress.ts";

export const aliasesContract = {
  /** Asks .NET where PowerShell is present, JavaScript elsewhere. A catastrophic pattern is stopped after 250 ms. */
  evaluate: oc.input(aliasQuestionSchema).output(resultSchema(aliasAnswerSchema)),
  /**
   * Judges every name of a held file: one a line, or a column of a CSV, by its name in the first line; null for the column
   * that is called like an alias, else the first. The result is held for pages of it.
   */
  judgeList: oc.input(z.object({ file: z.string(), column: z.string().max(255).nullable(), rule: aliasRuleSchema })).output(work(aliasListSummarySchema)),
  /** Rows from a place on that pass the filter and hold the search text, without case, in the name. */
  listPage: oc
    .input(
      z.object({
        list: z.string(),
        filter: aliasListFilterSchema,
        search: z.string().max(255),
        from: z.number().int().min(0),
        most: z.number().int().min(1).max(ALIAS_LIST_PAGE),
      }),
    )
    .output(resultSchema(aliasListPageSchema)),
  /** Forgets a judged list that nobody looks at any more. */
  releaseList: oc.input(z.object({ list: z.string() })).output(resultSchema(z.null())),
};

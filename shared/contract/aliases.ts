import { oc } from "@orpc/contract";
import { resultSchema } from "../fault.ts";
import { aliasAnswerSchema, aliasQuestionSchema } from "../model/alias.ts";

export const aliasesContract = {
  /** Asks .NET where PowerShell is present, JavaScript elsewhere. A catastrophic pattern is stopped after 250 ms. */
  evaluate: oc.input(aliasQuestionSchema).output(resultSchema(aliasAnswerSchema)),
};

/** The wizard's last step: what a save changes, or what is missing for one. */
import { useCallback, useEffect, useState } from "react";
import { useStore } from "zustand";
import type { Result } from "../../../shared/result.ts";
import type { Review } from "../../../shared/model/draft.ts";
import type { Editor } from "../../stores/editor.ts";
import { currentDescriptor, currentForm } from "../../stores/editor-model.ts";
import { say } from "../../text/text.ts";
import { DelayedLoading } from "../../ui/delayed-loading.tsx";
import { ErrorBox } from "../../ui/error-box.tsx";
import { FormSection } from "../identity-stores/form-section.tsx";
import { MissingList } from "./missing-list.tsx";
import type { Problem } from "./problems.ts";
import { ReviewContent } from "./review-content.tsx";
import { useReturns } from "../identity-stores/use-returns.ts";

interface ReviewStepProps {
  readonly editor: Editor;
  readonly onGo: (problem: Problem) => void;
}

export function ReviewStep({ editor, onGo }: ReviewStepProps) {
  const [result, setResult] = useState<Result<Review> | null>(null);
  const form = useStore(editor.state, currentForm);
  const descriptor = useStore(editor.state, currentDescriptor);
  const returns = useReturns();
  const review = useCallback(() => {
    let gone = false;
    const review = () => void editor.review().then((answer) => gone || setResult(answer));
    // What another window changes meanwhile is reviewed as well: only what was reviewed is saved.
    const unlisten = editor.state.subscribe((now, before) => now.draft?.version !== before.draft?.version && review());
    review();
    return () => {
      gone = true;
      unlisten();
    };
  }, [editor]);
  useEffect(review, [review, returns]);
  const fault = result?.ok === false ? result.fault : null;
  return (
    <FormSection place="review" title={say("messaging-system.step-review")}>
      {result === null && <DelayedLoading label={say("messaging-system.review-loading")} />}
      {result?.ok === true && form !== null && descriptor !== null && (
        <ReviewContent review={result.value} tested={form.tested} descriptor={descriptor} />
      )}
      {fault?.kind === "invalid" && descriptor !== null && <MissingList descriptor={descriptor} issues={fault.issues} onGo={onGo} />}
      {fault !== null && fault.kind !== "invalid" && <ErrorBox fault={fault} />}
    </FormSection>
  );
}

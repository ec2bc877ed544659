// @vitest-environment jsdom
/** A verdict belongs to the rule and the alias it is of. */
import { act, useEffect, useState } from "react";
import { afterEach, expect, it } from "vitest";
import { AliasBenchPage } from "../../../../../renderer/features/alias-bench/alias-bench-page.tsx";
import { fillIn } from "../../../../../renderer/features/alias-bench/bench-state.ts";
import { PatternField } from "../../../../../renderer/features/messaging-system/fields/pattern-field.tsx";
import { provideClient } from "../../../../../renderer/host/client.ts";
import { say } from "../../../../../renderer/text/text.ts";
import type { FieldValue } from "../../../../../shared/model/messaging.ts";
import { evaluateAliases } from "../../../../../main/aliases/index.ts";
import { aliasQuestionSchema } from "../../../../../shared/model/alias.ts";
import { silentLogger } from "../../../../lab/loggers.ts";
import { click, render, type Rendered } from "../../render.tsx";
import { standInClient } from "../../stand-in-client.ts";

let rendered: Rendered | null = null;
let change: (values: Readonly<Record<string, FieldValue>>) => void = () => undefined;
let answered: Promise<unknown> = Promise.resolve();
afterEach(() => rendered?.unmount());

/** The real judge, whose answer waits until it is let go. */
function judge(letGo: Promise<void> = Promise.resolve()) {
  provideClient(
    standInClient({
      "aliases.evaluate": (input) => {
        const answer = letGo.then(() => evaluateAliases(aliasQuestionSchema.parse(input), { powershell: null, logger: silentLogger }));
        answered = answer;
        return answer;
      },
    }),
  );
}

async function drawn(): Promise<void> {
  await act(async () => {
    await answered;
    await new Promise((resolve) => setTimeout(resolve, 0));
  });
}

function Field() {
  const [values, setValues] = useState<Readonly<Record<string, FieldValue>>>({ example: "john.doe", most: 12, domain: "contoso.com", rule: "^[a-z.]+$" });
  const enter = (more: Readonly<Record<string, FieldValue>>) => setValues((before) => ({ ...before, ...more }));
  useEffect(() => {
    change = enter;
  });
  return (
    <PatternField
      field={{ kind: "pattern", name: "rule", required: false, exampleField: "example", maxLengthField: "most", domainField: "domain" }}
      words={{ label: "Rule", hint: null, option: (option) => option }}
      value={values["rule"]}
      values={values}
      problem={undefined}
      onChange={(rule) => enter({ rule })}
      onExample={(example) => enter({ example })}
      onPreset={() => undefined}
    />
  );
}

it.each([{ rule: "^x$" }, { example: "jane" }, { most: 3 }, { domain: "fabrikam.com" }])("the form's goes when %j is entered", async (values) => {
  judge();
  rendered = await render(<Field />);
  await click(rendered.button("Validate"));
  await drawn();
  expect(document.body.textContent).toContain("matches, 8 of 12 characters");
  await act(async () => change(values));
  expect(document.body.textContent).not.toContain("matches");
});

it("the form's is not shown beside a rule that was typed while it was on its way", async () => {
  const letGo = Promise.withResolvers<void>();
  judge(letGo.promise);
  rendered = await render(<Field />);
  await click(rendered.button("Validate"));
  await act(async () => change({ rule: "^x$" }));
  letGo.resolve();
  await drawn();
  expect(document.body.textContent).not.toContain("matches");
});

it("the bench's is told to be of another rule, until it is that rule again", async () => {
  judge();
  rendered = await render(<AliasBenchPage />);
  await act(async () => fillIn({ pattern: "^[a-z.]+$", aliases: "john.doe", maximumLength: "12", domain: "" }));
  await click(rendered.button("Validate"));
  await drawn();
  const outdated = say("alias-bench.answer-outdated");
  expect(document.body.textContent).toContain("john.doe");
  expect(document.body.textContent).not.toContain(outdated);
  await act(async () => fillIn({ pattern: "^x$" }));
  expect(document.body.textContent).toContain(outdated);
  await act(async () => fillIn({ pattern: "^[a-z.]+$" }));
  expect(document.body.textContent).not.toContain(outdated);
});

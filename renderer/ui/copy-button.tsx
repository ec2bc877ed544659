/** Copies a text and says so in its own label for two seconds. */
import { Button } from "@fluentui/react-components";
import { CheckmarkRegular, CopyRegular } from "@fluentui/react-icons";
import { useEffect, useState } from "react";
import { say } from "../text/text.ts";
import { useNotify } from "./notify.tsx";

interface CopyButtonProps {
  readonly text: string;
  readonly label: string;
  readonly doneLabel: string;
}

export function CopyButton({ text, label, doneLabel }: CopyButtonProps) {
  const [done, setDone] = useState(false);
  useEffect(() => {
    if (!done) return undefined;
    const timer = setTimeout(() => setDone(false), 2000);
    return () => clearTimeout(timer);
  }, [done]);
  const notify = useNotify();
  const copy = () =>
    void navigator.clipboard.writeText(text).then(
      () => setDone(true),
      () => notify({ text: say("ui.copy-refused"), intent: "warning" }),
    );
  return (
    <Button size="small" icon={done ? <CheckmarkRegular /> : <CopyRegular />} onClick={copy}>
      {done ? doneLabel : label}
    </Button>
  );
}

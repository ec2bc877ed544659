/** Copies a text and says so in its own label for two seconds. */
import { Button } from "@fluentui/react-components";
import { CheckmarkRegular, CopyRegular } from "@fluentui/react-icons";
import { say } from "../text/text.ts";
import { useCopy } from "./copy.ts";

interface CopyButtonProps {
  readonly text: string;
  readonly label: string;
}

export function CopyButton({ text, label }: CopyButtonProps) {
  const { copied, copy } = useCopy();
  return (
    <Button size="small" icon={copied ? <CheckmarkRegular /> : <CopyRegular />} onClick={() => copy(text)}>
      {copied ? say("ui.copied") : label}
    </Button>
  );
}

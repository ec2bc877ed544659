/** Certificate files of the practice organisation, to look into without having one. */
import { Menu, MenuButton, MenuItem, MenuList, MenuPopover, MenuTrigger } from "@fluentui/react-components";
import { useEffect, useState } from "react";
import type { HeldFile } from "../../../shared/contract/files.ts";
import type { PracticeFacts } from "../../../shared/contract/practice.ts";
import type { Result } from "../../../shared/fault.ts";
import { ask } from "../../host/ask.ts";
import { client } from "../../host/client.ts";
import { say } from "../../text/text.ts";

interface PracticeFilesProps {
  /** The file, and the password it is opened with. */
  readonly onFile: (held: Result<HeldFile>, password: string) => void;
}

export function PracticeFiles({ onFile }: PracticeFilesProps) {
  const [files, setFiles] = useState<PracticeFacts["files"]>([]);
  useEffect(() => {
    let gone = false;
    void ask(() => client().practice.facts()).then((facts) => {
      if (!gone && facts.ok) setFiles(facts.value.files);
    });
    return () => {
      gone = true;
    };
  }, []);
  if (files.length === 0) return null;
  const hold = async (name: string, password: string) => onFile(await ask(() => client().practice.holdFile({ name })), password);
  return (
    <Menu positioning={{ autoSize: true }}>
      <MenuTrigger disableButtonEnhancement>
        <MenuButton>{say("certificate-bench.practice-file")}</MenuButton>
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          {files.map(({ name, password }) => (
            <MenuItem key={name} onClick={() => void hold(name, password)}>
              {name}
            </MenuItem>
          ))}
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}

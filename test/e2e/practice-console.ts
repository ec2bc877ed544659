/** A console of its own over a practice organisation of its own, for as long as a test takes. */
import type { Page } from "@playwright/test";
import { openConsole } from "./console-page.ts";
import { temporaryFolder, type HostProcess } from "./host-process.ts";
import { practiceOrganisation, type Subject } from "./organisations.ts";

export interface PracticeConsole {
  readonly subject: Subject;
  readonly host: HostProcess;
  /** The path of its data folder. */
  readonly data: string;
}

/** `prepare`: what is done before its page is opened. */
export async function inPracticeConsole(page: Page, work: (console: PracticeConsole) => Promise<void>, prepare: (data: string) => Promise<void> = () => Promise.resolve()): Promise<void> {
  const data = temporaryFolder();
  const subject = await practiceOrganisation();
  const host = await subject.startConsole(data.path);
  try {
    await prepare(data.path);
    await openConsole(page, host.address);
    await work({ subject, host, data: data.path });
  } finally {
    await host.kill();
    await subject.dispose();
    data.remove();
  }
}

/** What the certificate bench knows: the chosen file and what reading it brought. */
import { useCallback, useRef, useState } from "react";
import type { HeldFile } from "../../../shared/contract/files.ts";
import type { Fault, Result } from "../../../shared/fault.ts";
import type { CertificateInspection } from "../../../shared/model/certificate.ts";
import { ask } from "../../host/ask.ts";
import { client } from "../../host/client.ts";

export interface Bench {
  readonly file: HeldFile | null;
  /** Why a file could not be taken, or could not be read at all. */
  readonly fault: Fault | null;
  readonly checking: boolean;
  readonly inspection: CertificateInspection | null;
  /** Takes over a file that was picked, dropped or handed out; null when the person cancelled. Answers whether there is a new one. */
  readonly take: (held: Result<HeldFile | null>) => boolean;
  /** Answers what was found; null when there is no answer or a newer question. The empty text is nothing typed. */
  readonly check: (password: string) => Promise<CertificateInspection | null>;
  /** What came of a password says nothing of another one, nor does an answer that is still on its way. */
  readonly forgetPassword: () => void;
}

export function useBench(): Bench {
  const [file, setFile] = useState<HeldFile | null>(null);
  const [fault, setFault] = useState<Fault | null>(null);
  const [checking, setChecking] = useState(false);
  const [inspection, setInspection] = useState<CertificateInspection | null>(null);
  const latest = useRef(0);

  /** Shows what can be said without a password, so that none is asked for in vain. */
  const glance = useCallback(async ({ file: token }: HeldFile, question: number) => {
    const answer = await ask(() => client().certificates.inspect({ file: token, password: null }));
    if (question !== latest.current || !answer.ok) return;
    if (answer.value.opens || answer.value.fault.kind !== "wrong-password") setInspection(answer.value);
  }, []);

  const take = useCallback((held: Result<HeldFile | null>) => {
    if (held.ok && held.value === null) return false;
    latest.current += 1;
    setChecking(false);
    setInspection(null);
    setFault(held.ok ? null : held.fault);
    setFile(held.ok ? held.value : null);
    if (held.ok && held.value !== null) void glance(held.value, latest.current);
    return held.ok;
  }, [glance]);

  const check = async (password: string) => {
    if (file === null) return null;
    latest.current += 1;
    const question = latest.current;
    setChecking(true);
    setFault(null);
    setInspection(null);
    const answer = await ask(() => client().certificates.inspect({ file: file.file, password }));
    if (question !== latest.current) return null;
    setChecking(false);
    if (!answer.ok) {
      setFault(answer.fault);
      if (answer.fault.kind === "not-found") setFile(null);
      return null;
    }
    setInspection(answer.value);
    return answer.value;
  };

  const forgetPassword = () => {
    if (checking) {
      latest.current += 1;
      setChecking(false);
    }
    setInspection((shown) => (shown?.opens === false && shown.verdict !== "wrong-password" ? shown : null));
  };

  return { file, fault, checking, inspection, take, check, forgetPassword };
}

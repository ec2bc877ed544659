/** Files that are brought where a certificate container is asked for. */
import { z } from "zod";

/** What a file is that was brought instead of a certificate container, told from its content. */
export const otherFileSchema = z.enum([
  "empty",
  "certificate",
  "certificate-chain",
  "certificate-and-key",
  "private-key",
  "encrypted-private-key",
  "certificate-request",
  "pkcs7",
  "other-pem",
  "openssh-key",
  "putty-key",
  "java-keystore",
  "bouncy-castle-keystore",
  "windows-certificate-store",
  "google-key-json",
  "json",
  "zip",
  "office-document",
  "pdf",
  "html",
  "text",
]);
export type OtherFile = z.infer<typeof otherFileSchema>;

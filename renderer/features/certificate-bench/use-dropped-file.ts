/** Takes a file that is dropped anywhere on the window. */
import { useEffect, useRef, useState } from "react";

/** Answers whether a file is being held over the window. */
export function useDroppedFile(onFile: (file: File) => void): boolean {
  const latest = useRef(onFile);
  const [over, setOver] = useState(false);
  useEffect(() => {
    latest.current = onFile;
  });
  useEffect(() => {
    const onOver = (event: DragEvent) => {
      event.preventDefault();
      const isFile = event.dataTransfer?.types.includes("Files") ?? false;
      if (isFile && event.dataTransfer !== null) event.dataTransfer.dropEffect = "copy";
      setOver(isFile);
    };
    const onLeave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false);
    };
    const onDrop = (event: DragEvent) => {
      event.preventDefault();
      setOver(false);
      const file = event.dataTransfer?.files[0];
      if (file !== undefined) latest.current(file);
    };
    window.addEventListener("dragover", onOver);
    window.addEventListener("dragleave", onLeave);
    window.addEventListener("drop", onDrop);
    return () => {
      window.removeEventListener("dragover", onOver);
      window.removeEventListener("dragleave", onLeave);
      window.removeEventListener("drop", onDrop);
    };
  }, []);
  return over;
}

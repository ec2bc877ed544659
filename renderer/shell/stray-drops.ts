/** A file that is dropped beside its place must not take the console's place in the window. */

/** Whether something may be dropped here by itself: text into a box, and no file anywhere. */
function isForText({ target, dataTransfer }: DragEvent): boolean {
  const box = target instanceof Element && target.closest("input, textarea, [contenteditable='true']") !== null;
  return box && dataTransfer !== null && !dataTransfer.types.includes("Files");
}

/** Lets nothing be dropped but where a part of the page takes it. The returned function stops. */
export function refuseStrayDrops(): () => void {
  const refuse = (event: DragEvent) => {
    // Who takes what is dropped has said so by now.
    if (event.defaultPrevented || isForText(event)) return;
    event.preventDefault();
    if (event.dataTransfer !== null) event.dataTransfer.dropEffect = "none";
  };
  window.addEventListener("dragover", refuse);
  window.addEventListener("drop", refuse);
  return () => {
    window.removeEventListener("dragover", refuse);
    window.removeEventListener("drop", refuse);
  };
}

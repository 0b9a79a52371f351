// Counts what a person does at a page, in the page itself; injected by the tests and never part of the product.
//
// One interaction is: a click on something that can be pressed or filled in (a label and its box are one click); a
// choice in a drop-down list (opening it and choosing is one choice, for a keyboard never opens it); a key chord,
// that is a key with Ctrl, Alt or Meta; any other key outside a text field that is not Tab (a shortcut, an arrow).
// Enter or Space that presses something counts once, as the click that it becomes. A submit counts with the click or
// the key that caused it, and by itself only when neither did. Tab, and typing of free text, count nothing.
(() => {
  const KEPT = "counted interactions";
  const PRESSABLE = "a[href], button, summary, input, select, textarea, label, option, [role=button], [tabindex]:not([tabindex='-1'])";
  const WRITTEN = "textarea, select, [contenteditable], input:not([type=checkbox], [type=radio], [type=submit], [type=button])";
  const ALONE = ["Control", "Alt", "Meta", "Shift", "AltGraph", "CapsLock", "Tab"];
  const PRESSES = ["Enter", " "];
  let byKey = false;
  let byLabel = null;
  let latest = -Infinity;

  function count(what, node) {
    latest = performance.now();
    const words = (node.getAttribute?.("aria-label") || node.innerText || node.name || node.tagName || "").trim().slice(0, 40);
    const found = JSON.parse(sessionStorage.getItem(KEPT) || "[]");
    sessionStorage.setItem(KEPT, JSON.stringify([...found, `${what}: ${words}`]));
  }

  addEventListener("click", (event) => {
    const node = event.target.closest?.(PRESSABLE);
    if (!event.isTrusted || !node || byKey) return;
    if (byLabel && node === byLabel) {
      byLabel = null;
      return;
    }
    byLabel = event.target.closest("label")?.control ?? null;
    if (byLabel === node) byLabel = null;
    count("click", node);
  }, true);

  addEventListener("change", (event) => {
    if (event.target.matches?.("select")) count("choice", event.target);
  }, true);

  addEventListener("keydown", (event) => {
    if (!event.isTrusted || event.repeat || ALONE.includes(event.key)) return;
    const chord = event.ctrlKey || event.altKey || event.metaKey;
    const written = event.target.matches?.(WRITTEN);
    if (!chord && (written || PRESSES.includes(event.key))) return;
    byKey = true;
    count("key", { innerText: event.key });
  }, true);

  addEventListener("keyup", () => { byKey = false; }, true);

  addEventListener("submit", (event) => {
    if (performance.now() - latest > 100) count("submit", event.target);
  }, true);

  window.print = () => sessionStorage.setItem("printed", document.title);
})();

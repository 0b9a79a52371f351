// Ctrl+K (Cmd+K) goes to the field where a case reference is typed.
(() => {
  const field = document.querySelector("[data-go]");
  const menu = document.querySelector("[data-menu]");

  document.addEventListener("keydown", (event) => {
    if (!field || event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    if (!field.offsetParent) menu?.click();
    field.focus();
    field.select();
  });
})();

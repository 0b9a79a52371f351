// Keys in the lists of Min dag. They only act while a row has the focus, and only follow links that are on the page.
(() => {
  const lists = document.querySelector("[data-lists]");
  const help = document.querySelector("[data-keys]");
  const FOLLOWS = { k: "[data-settle]", a: "[data-check-in]", s: "[data-later]" };
  if (!lists) return;

  // Rows inside something folded cannot take the focus.
  const rows = () => [...lists.querySelectorAll("[data-row]")].filter((row) => !row.closest("details:not([open])"));

  function move(row, steps) {
    const all = rows();
    all[all.indexOf(row) + steps]?.querySelector("[data-open]").focus();
  }

  function showHelp() {
    if (!help) return;
    help.open = !help.open;
    if (help.open) help.scrollIntoView({ block: "nearest" });
  }

  lists.addEventListener("keydown", (event) => {
    const row = event.target.closest("[data-row]");
    if (!row || event.ctrlKey || event.metaKey || event.altKey) return;
    const key = event.key.toLowerCase();
    const link = FOLLOWS[key] && row.querySelector(FOLLOWS[key]);
    if (key === "arrowdown") move(row, 1);
    else if (key === "arrowup") move(row, -1);
    else if (key === "?") showHelp();
    else if (link) link.click();
    else return;
    event.preventDefault();
  });
})();

// Opens and closes the menu on narrow screens, closes open pop-ups, and prints.
(() => {
  const button = document.querySelector("[data-menu]");
  const parts = button && document.getElementById(button.getAttribute("aria-controls"));

  function show(open) {
    button.setAttribute("aria-expanded", String(open));
    parts.classList.toggle("is-open", open);
  }

  button?.addEventListener("click", () => show(button.getAttribute("aria-expanded") !== "true"));

  document.addEventListener("click", (event) => {
    for (const pop of document.querySelectorAll("details.pop[open]")) {
      if (!pop.contains(event.target)) pop.open = false;
    }
    if (event.target.closest("[data-print]")) window.print();
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const pop = document.querySelector("details.pop[open]");
    if (pop) {
      pop.open = false;
      pop.querySelector("summary").focus();
      event.stopImmediatePropagation();
    } else if (button?.getAttribute("aria-expanded") === "true") {
      show(false);
      button.focus();
    }
  });
})();

// Takes shown details off the screen when their time is over, on Esc, and when the page is left.
(() => {
  const note = document.querySelector("[data-until]");
  if (!note) return;

  function hide() {
    for (const value of document.querySelectorAll("[data-revealed]")) value.textContent = "••••••••••";
  }

  function leave() {
    hide();
    const call = document.querySelector("[data-end-call]");
    if (call) call.submit();
    else window.location.replace(note.dataset.home);
  }

  // Both times are the server's: the clock of this computer may be wrong.
  const left = new Date(note.dataset.until) - new Date(note.dataset.now);
  window.setTimeout(leave, Math.max(0, Math.min(left, 2147483647)));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") leave();
  });
  window.addEventListener("pagehide", hide);
})();
